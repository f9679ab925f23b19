"""The database itself refuses another ballot, or answer about a pair, once the result of their round is frozen.

As with frozen cards: a migration that changes one of these tables must end with `forbid` again.
"""

from django.db import migrations

SAID = "the ballot counted in a frozen result"
OF_A_ROUND = "EXISTS (SELECT 1 FROM awards_tally WHERE round_id = {row}.round_id)"
OF_A_BALLOT = (
    "EXISTS (SELECT 1 FROM awards_tally JOIN awards_juryballot ON awards_juryballot.round_id = awards_tally.round_id "
    "WHERE awards_juryballot.id = {row}.ballot_id)"
)
TABLES = {
    "juryballot": OF_A_ROUND,
    "pairanswer": OF_A_ROUND,
    "ballotline": OF_A_BALLOT,
    "ballotversion": OF_A_BALLOT,
}
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def _triggers():
    """Yield name, moment, table and condition."""
    for table, condition in TABLES.items():
        for moment, rows in ROWS.items():
            refused = " OR ".join(condition.format(row=row) for row in rows)
            yield f"awards_{table}_stays_{moment.lower()}", moment, f"awards_{table}", refused


def _sqlite():
    for name, moment, table, condition in _triggers():
        yield f"CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{SAID}'); END"


def _postgresql():
    for name, moment, table, condition in _triggers():
        back = "OLD" if moment == "DELETE" else "NEW"
        refusal = f"RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation';"
        body = f"IF {condition} THEN {refusal} END IF; RETURN {back};"
        yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        yield f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def forbid(apps, schema_editor):
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def permit(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, _moment, table, _condition in _triggers():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if is_sqlite else f" ON {table}"))
        if not is_sqlite:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


class Migration(migrations.Migration):
    dependencies = [("awards", "0003_frozen_results_stay")]

    operations = [migrations.RunPython(forbid, permit)]
