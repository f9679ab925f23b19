"""Shared by all tests: a database that is migrated once and then copied, and `fsck` after every test that writes."""

import fcntl
import gc
import hashlib
import os
import shutil
import subprocess
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site
from wagtail.signal_handlers import reference_index_auto_update_disabled

from festival.core import writing
from tests import books, remembered

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("kermesse", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("kermesse")

ROOT = Path(__file__).resolve().parent.parent

# Python's search for cycles walks over all that was imported, again and again: a seventh of the time of the tests.
gc.disable()


def pytest_collection_finish(session):
    """Leave out of the search for cycles what stays to the end, and search less often for the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def _schema_fingerprint() -> str:
    """Hash everything that shapes an empty database: migrations, what runs after them, packages, languages."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes() + repr(settings.LANGUAGES).encode())
    for path in sorted(
        [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("tests/**/migrations/*.py"), ROOT / "festival/pages/locales.py"]
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, tmp_path_factory):
    """Migrating takes about 15 seconds, so it is done once per schema and the file is copied for each worker."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        request.getfixturevalue("postgres_database")
        yield
        return
    store = ROOT / "var" / "test-db"
    store.mkdir(parents=True, exist_ok=True)
    template = store / f"{_schema_fingerprint()}.sqlite3"
    mine = tmp_path_factory.mktemp("db") / "test.sqlite3"
    with django_db_blocker.unblock(), (store / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            building = template.with_suffix(".building")
            building.unlink(missing_ok=True)
            _use_database(building)
            call_command("migrate", verbosity=0)
            with connections["default"].cursor() as cursor:
                cursor.execute("PRAGMA journal_mode=DELETE")
            connections["default"].close()
            building.rename(template)
        shutil.copyfile(template, mine)
    with django_db_blocker.unblock():
        _use_database(mine)
        _copy.template, _copy.mine = template, mine
        # The copy is thrown away, so it need not survive a power cut.
        settings.DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    with pytest.MonkeyPatch.context() as patch:
        # Emptying 150 tables after a test that really commits would cost half a second; a new copy costs nothing.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield
    with django_db_blocker.unblock():
        connections["default"].close()


class _Copy:
    """The database of this worker, and whether the last test committed to it."""

    template: Path
    mine: Path | None = None
    is_used = False


_copy = _Copy()


def _use_database(path: Path) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = str(path)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Copy the database anew for a test that really commits, and for the one after it."""
    marker = item.get_closest_marker("django_db")
    # A fixture may ask for the database where the test says nothing of it.
    if _copy.mine is None or (marker is None and "db" not in item.fixturenames):
        return
    commits = bool(marker and marker.kwargs.get("transaction"))
    if commits or _copy.is_used:
        connections["default"].close()
        for leftover in _copy.mine.parent.glob(f"{_copy.mine.name}-*"):
            leftover.unlink()
        # A new file: what a thread of an earlier test still holds open is not written over.
        _copy.mine.unlink()
        shutil.copyfile(_copy.template, _copy.mine)
        ContentType.objects.clear_cache()
        Site.clear_site_root_paths_cache()
    _copy.is_used = commits


@pytest.fixture(scope="session")
def empty_template(django_db_setup):
    """The path of a database as `migrate` leaves it in the languages of the tests."""
    return ROOT / "var" / "test-db" / f"{_schema_fingerprint()}.sqlite3"


@pytest.fixture(scope="session")
def demo_template(django_db_setup):
    """The path of a database with the demo week in it, made once for each state of the code that loads it."""
    digest = hashlib.sha256(_schema_fingerprint().encode())
    for path in sorted((ROOT / "festival" / "demo").rglob("*")):
        if path.suffix in {".py", ".json"}:
            digest.update(path.read_bytes())
    store = ROOT / "var" / "test-db"
    template = store / f"demo-{digest.hexdigest()[:20]}.sqlite3"
    with (store / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            building = template.with_suffix(".building")
            building.unlink(missing_ok=True)
            shutil.copyfile(store / f"{_schema_fingerprint()}.sqlite3", building)
            environment = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "festival.project.settings",
                "DEMO": "1",
                "BASE_URL": "http://testserver",
                "DATABASE_URL": f"sqlite:///{building}",
                "VAR_DIR": str(store / "demo"),
            }
            command = [sys.executable, "manage.py", "load_demo"]
            done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
            building.rename(template)
    return template


@contextmanager
def demo_database(template, folder, blocker):
    """Use a copy of the demo week within the block, and check its books at the end."""
    before = connections["default"].settings_dict["NAME"]
    mine = Path(folder) / "demo.sqlite3"
    shutil.copyfile(template, mine)
    with blocker.unblock():
        _use_database(mine)
        writing.forget_generation()
        cache.clear()  # what another database left in it may bear the same generation
        try:
            with books.kept():
                yield
        finally:
            _use_database(Path(before))
            cache.clear()


@pytest.fixture
def demo(demo_template, django_db_blocker, tmp_path):
    """The demo week, in a copy that this test may change."""
    with demo_database(demo_template, tmp_path, django_db_blocker):
        yield


@pytest.fixture(scope="module")
def world(demo_template, django_db_blocker, tmp_path_factory):
    """The demo week, a second edition, and a browser for every role; the second factor has tests of its own."""
    from tests import authorisation_world  # models are there only now

    folder = tmp_path_factory.mktemp("world")
    on_disk = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    with (
        override_settings(
            SECOND_FACTOR_REQUIRED=False,
            ACCOUNT_REAUTHENTICATION_TIMEOUT=86400,
            STORAGES=on_disk,
            MEDIA_ROOT=str(folder),
        ),
        demo_database(demo_template, folder, django_db_blocker),
    ):
        yield authorisation_world.build()


@pytest.fixture
def run_outbox():
    """Return a function that runs the background work that is due, in this test's transaction."""

    def run():
        worker = Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="outbox",
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid.uuid4().hex,
            excluded_queue_names=[],
        )
        while (result := DBTaskResult.objects.ready().first()) is not None:
            result.claim(worker.worker_id)
            worker.run_task(result)

    return run


@pytest.fixture(autouse=True)
def fresh_state():
    """Start every test with an empty cache, the main language, and a generation that is read anew."""
    cache.clear()
    writing.forget_generation()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def no_reference_index():
    """Spare Wagtail's table of who refers to whom, which no test reads and which costs six queries a row."""
    reference_index_auto_update_disabled.value = True
    yield
    reference_index_auto_update_disabled.value = False


@pytest.fixture(autouse=True)
def commits_open_caches():
    """A test runs in a transaction that never ends; for the caches, what it commits within is committed."""
    connection = connections["default"]

    def note(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("RELEASE") and all(block._from_testcase for block in connection.atomic_blocks):
            for hook in [each for each in connection.run_on_commit if writing.forget_generation in each]:
                connection.run_on_commit.remove(hook)
                writing.forget_generation()
        return result

    with connection.execute_wrapper(note):
        yield


@pytest.fixture(autouse=True)
def watched_worlds():
    """Let a fixture that is `remembered` know what was written before it."""
    with remembered.watched():
        yield


@pytest.fixture(autouse=True)
def sound_books(request):
    """Run the checks of `fsck` after each test that writes; mark `unsound` on a test that falsifies on purpose."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or request.node.get_closest_marker("unsound"):
        yield
        return
    # What threads write goes through connections of their own.
    with books.kept(everything=bool(marker.kwargs.get("transaction"))):
        yield
