"""Writing in turn."""

import fcntl
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from festival.core.transactions import write_transaction
from festival.models import SiteGeneration


def lock_is_free():
    with Path(f"{connection.settings_dict['NAME']}.lock").open("w") as side_file:
        try:
            fcntl.flock(side_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def write_and_fail():
    with write_transaction():
        SiteGeneration.objects.update_or_create(pk=1, defaults={"number": 99})
        raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_a_writer_holds_the_turn_until_its_commit():
    with write_transaction():
        SiteGeneration.objects.update_or_create(pk=1, defaults={"number": 7})
        assert not lock_is_free()

    assert lock_is_free()
    assert SiteGeneration.objects.get(pk=1).number == 7


@pytest.mark.django_db(transaction=True)
def test_a_failed_writer_leaves_nothing_and_gives_the_turn_back():
    before = list(SiteGeneration.objects.values())
    with pytest.raises(RuntimeError):
        write_and_fail()

    assert lock_is_free()
    assert list(SiteGeneration.objects.values()) == before


@pytest.mark.django_db(transaction=True)
def test_a_transaction_within_a_transaction_does_not_wait_for_itself():
    done = threading.Event()

    def nested():
        with write_transaction(), write_transaction():
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
        assert not SiteGeneration.objects.filter(number=99).exists()
