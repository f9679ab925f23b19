"""The first migrations of the apps: all tables at once, each whole."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import CreateModel, RunPython, RunSQL
from django.db.migrations.state import ProjectState

from festival.migrations import AllAtOnce

APPS = ("program", "tickets", "awards")


@pytest.mark.parametrize("app", APPS)
def test_the_tables_of_an_app_are_made_at_once(app):
    """Made anew by `makemigrations`, the class has to be named again; without it `migrate` takes twice as long."""
    assert issubclass(import_module(f"{app}.migrations.0001_initial").Migration, AllAtOnce)


@pytest.mark.django_db
@pytest.mark.parametrize("app", APPS)
def test_each_table_holds_all_that_its_model_names(app):
    missing = []
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        written = cursor.fetchall()  # Django's own reading fails where an expression holds a comma
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            meta = model._meta
            assert meta.db_table in tables
            cursor.execute(f'SELECT * FROM "{meta.db_table}" LIMIT 0')
            there = {column[0] for column in cursor.description}
            there |= {name for table, sql in written if table == meta.db_table for name in re.findall(r'"(\w+)"', sql)}
            named = {field.column for field in meta.local_concrete_fields}
            named |= {each.name for each in (*meta.constraints, *meta.indexes)}
            missing += [f"{meta.db_table}: {name}" for name in sorted(named - there)]

    assert missing == []


@pytest.mark.parametrize("step", [RunSQL(""), RunPython(RunPython.noop)])
def test_what_does_more_than_to_make_tables_is_refused(step):
    migration = AllAtOnce("0001_initial", "awards")
    migration.operations = [CreateModel("Call", fields=[]), step]

    with pytest.raises(TypeError, match="is more than a table made"):
        migration.apply(ProjectState(), None)
