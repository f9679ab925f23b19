"""These tests run on a PostgreSQL server that they start themselves.

Nobody's database is touched: the server lives in a temporary folder, and `default` points to it only inside a test.
"""

import os

import environ
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from tests.postgres.server import NoServer, running_server

FILLED = {"tickets", "awards", "program", "festival", "django_tasks_database"}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/postgres" in item.path.as_posix():
            item.add_marker("postgres")


@pytest.fixture(scope="session")
def postgres_settings(django_test_environment, django_db_blocker):
    """Start a server, migrate an empty database once, and return its Django settings."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield from _migrated(url, django_db_blocker)
        return
    try:
        with running_server() as url:
            yield from _migrated(url, django_db_blocker)
    except NoServer as error:
        message = f"No PostgreSQL could be started.\n{error}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def _migrated(url, django_db_blocker):
    defaults = connections["default"].settings_dict
    plain = {"OPTIONS": {}, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    database = {**defaults, **plain, **environ.Env.db_url_config(url)}
    with django_db_blocker.unblock(), default_is(database):
        call_command("migrate", verbosity=0)
    yield database


class default_is:
    """Let the alias `default` mean another database, in every thread, for a while."""

    def __init__(self, database):
        self.database = database

    def __enter__(self):
        connections["default"].close()
        self.before, self.wrapper = connections.settings["default"], connections["default"]
        connections.settings["default"] = settings.DATABASES["default"] = self.database
        del connections["default"]

    def __exit__(self, *error):
        connections["default"].close()
        connections.settings["default"] = settings.DATABASES["default"] = self.before
        connections["default"] = self.wrapper


@pytest.fixture(autouse=True)
def postgres(postgres_settings, django_db_blocker):
    """Point `default` to the throwaway server, and empty what the test filled."""
    with django_db_blocker.unblock(), default_is(postgres_settings):
        yield
        names = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in FILLED]
        with connections["default"].cursor() as cursor:
            cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in names) + " CASCADE")
