"""These tests run on a PostgreSQL server that they start themselves.

Nobody's database is touched: the server lives in a temporary folder, and `default` points to it only inside a test.
"""

import os
from functools import cache
from importlib import import_module

import environ
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from tests.postgres.server import NoServer, running_server

frozen = import_module("awards.migrations.0003_frozen_results_stay")
FILLED = {"tickets", "awards", "program", "festival", "django_tasks_database"}
REACHED = """
WITH RECURSIVE reached (name) AS (
  SELECT oid FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r'
  UNION SELECT conrelid FROM pg_constraint JOIN reached ON confrelid = name WHERE contype = 'f'
) SELECT name::regclass::text FROM reached
"""


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
        _empty_again()


def _empty_again():
    """Take out all rows of our tables and of those that refer to them.

    To truncate a hundred tables takes ten times as long as to look which of them a test has filled.
    """
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in _reached()))
        filled = [name for (name,) in cursor.fetchall()]
        kept = [name for name in filled if name in _guarded()]
        for name in kept:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        for name in filled:
            cursor.execute(f"DELETE FROM {name}")  # keys to other tables are checked when all are empty
    with transaction.atomic(), connections["default"].cursor() as cursor:
        for name in kept:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _guarded():
    """Return the tables of which the database lets nothing be taken out."""
    return {table for _name, moment, table, *_ in frozen._triggers("") if moment == "DELETE"}


@cache
def _reached():
    names = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in FILLED]
    with connections["default"].cursor() as cursor:
        cursor.execute(REACHED, [names])
        return [name for (name,) in cursor.fetchall()]
