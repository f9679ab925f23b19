"""Writing in turn, and what the caches may keep meanwhile."""

import fcntl
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.tasks import task

from festival.core.writing import (
    forbid_transaction,
    forget_generation,
    require_transaction,
    site_generation,
    writing,
    writing_statement,
)
from festival.models import Series, SiteGeneration

pytestmark = pytest.mark.django_db


def lock_is_free():
    with Path(f"{connection.settings_dict['NAME']}.lock").open("w") as side_file:
        try:
            fcntl.flock(side_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def write_and_fail(*, public=False):
    with writing(public=public):
        Series.objects.create(kind="lost")
        raise RuntimeError("no luck")


def test_public_must_be_said():
    with pytest.raises(TypeError):
        writing()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("block", [lambda: writing(public=False), lambda: writing(public=True), writing_statement])
def test_a_writer_holds_the_turn_until_its_commit(block):
    with block():
        Series.objects.create(kind="kept")
        assert not lock_is_free()

    assert lock_is_free()
    assert Series.objects.get().kind == "kept"


@pytest.mark.django_db(transaction=True)
def test_a_database_in_memory_has_no_file_to_lock(monkeypatch):
    connection.ensure_connection()
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "NAME", "file:memorydb_default?mode=memory")
        with writing(public=False):
            Series.objects.create(kind="kept")

    assert Series.objects.exists()
    assert not Path("file:memorydb_default?mode=memory.lock").exists()


@pytest.mark.django_db(transaction=True)
def test_what_must_not_wait_for_others_is_refused_within_a_block():
    forbid_transaction("Somebody is called")
    with writing(public=False), pytest.raises(RuntimeError, match="Somebody is called"):
        forbid_transaction("Somebody is called")
    forbid_transaction("Somebody is called")


def test_a_failed_writer_leaves_nothing_and_gives_the_turn_back():
    with pytest.raises(RuntimeError):
        write_and_fail(public=True)

    assert lock_is_free()
    assert not Series.objects.exists()
    assert site_generation() == "0"


@pytest.mark.django_db(transaction=True)
def test_a_block_within_a_block_does_not_wait_for_itself():
    done = threading.Event()

    def nested():
        with writing(public=False), writing(public=True), writing_statement():
            done.set()
        connection.close()

    thread = threading.Thread(target=nested, daemon=True)
    thread.start()
    thread.join(timeout=10)
    assert done.is_set()


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_it_is_a_savepoint():
    with transaction.atomic():
        with pytest.raises(RuntimeError):
            write_and_fail()
        assert not Series.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_statement_in_a_transaction_is_a_savepoint():
    def fail():
        with writing_statement():
            Series.objects.create(kind="lost")
            raise RuntimeError

    with transaction.atomic():
        with pytest.raises(RuntimeError):
            fail()
        assert not Series.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_is_required():
    with pytest.raises(RuntimeError, match="Numbers are given only within"):
        require_transaction("Numbers are given")
    with transaction.atomic():
        require_transaction("Numbers are given")


def test_generation_starts_at_zero_and_is_asked_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [site_generation(), site_generation()] == ["0", "0"]


def test_only_public_changes_start_a_generation():
    with writing(public=False):
        pass
    assert site_generation() == "0"

    with writing(public=True):
        pass
    with writing(public=True):
        pass
    assert site_generation() == "2"


def test_nested_public_changes_are_one_generation():
    with writing(public=False):
        with writing(public=True):
            pass
        with writing(public=True):
            assert not SiteGeneration.objects.filter(number__gt=0).exists()

    assert site_generation() == "1"


def test_what_another_process_did_is_seen_by_the_next_request(client):
    assert site_generation() == "0"
    SiteGeneration.objects.update_or_create(pk=1, defaults={"number": 9})
    assert site_generation() == "0"

    client.get("/healthz")

    assert site_generation() == "9"


@task(backend="outbox")
def read_generation():
    return site_generation()


def test_what_another_process_did_is_seen_by_the_next_task(run_outbox):
    """A worker serves no request, so it remembered the first number that it saw until its end."""
    site_generation()
    SiteGeneration.objects.update_or_create(pk=1, defaults={"number": 9})
    result = read_generation.enqueue()

    run_outbox()

    result.refresh()
    assert result.return_value == "9"


# What is read before the commit ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_nothing_read_in_a_public_change_is_found_again():
    before = site_generation()
    with writing(public=True):
        seen = [site_generation(), site_generation()]

    assert len({before, *seen, site_generation()}) == 4


@pytest.mark.django_db(transaction=True)
def test_nothing_read_before_a_rollback_is_found_again():
    """The finding: facts of a change that was given up lived on in the caches, under the number it had taken."""
    seen = []

    def change():
        with writing(public=True):
            seen.append(site_generation())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    with writing(public=True):
        pass
    forget_generation()

    assert site_generation() == "1"
    assert seen[0] not in {"0", "1"}


@pytest.mark.django_db(transaction=True)
def test_caches_stay_closed_until_the_transaction_around_is_committed():
    """Wagtail's screens open the transaction; our block within it commits nothing yet."""
    with transaction.atomic():
        with writing(public=True):
            pass
        within = site_generation()
        assert within != site_generation()

    assert site_generation() == "1"
    assert within != "1"


@pytest.mark.django_db(transaction=True)
def test_caches_open_again_when_the_public_part_is_rolled_back():
    with writing(public=False):
        with pytest.raises(RuntimeError):
            write_and_fail(public=True)
        assert site_generation() == "0"

    assert site_generation() == "1"  # one too many, which is harmless
