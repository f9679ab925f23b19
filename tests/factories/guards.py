"""Takes the database's guards away, for tests that falsify a frozen result on purpose."""

from importlib import import_module

from django.db import connection


def unguard():
    """Drop the triggers that keep frozen results and their cards, until the test's transaction is undone."""
    migration = import_module("awards.migrations.0003_frozen_results_stay")
    of_ballots = import_module("awards.migrations.0004_frozen_ballots_stay")
    with connection.cursor() as cursor:
        for name, _moment, table, _condition in of_ballots._triggers():
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
        for name, _moment, table, _condition, _said in migration._triggers(""):
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
