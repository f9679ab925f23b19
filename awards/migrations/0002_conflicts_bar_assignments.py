"""The database itself refuses to give a project to a juror whom a conflict keeps from it.

On PostgreSQL both sides hold the juror's row first: a conflict declared at this moment comes before or after, never
between. Django makes a SQLite table anew when a column changes, and the trigger is lost then: a migration that changes
the table must end with `forbid` again. A test tries the trigger.
"""

from pathlib import Path

from django.db import migrations

MESSAGE = "a conflict keeps this juror from this project"
BARRED = (
    "EXISTS (SELECT 1 FROM awards_recusal WHERE juror_id = NEW.juror_id AND entry_id = NEW.entry_id "
    "AND lifted_at IS NULL)"
)
LATER = ("0003_frozen_results_stay",)
NAMES = {"awards_assignment_is_free_on_insert": "INSERT", "awards_assignment_is_free_on_update": "UPDATE"}


def _sqlite():
    for name, moment in NAMES.items():
        yield (
            f"CREATE TRIGGER {name} BEFORE {moment} ON awards_assignment WHEN NEW.state = 'open' AND {BARRED} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def _postgresql():
    yield f"""
    CREATE FUNCTION awards_refuse_barred() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      PERFORM 1 FROM awards_juror WHERE id = NEW.juror_id FOR UPDATE;
      IF {BARRED} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
      RETURN NEW;
    END $$
    """
    for name, moment in NAMES.items():
        yield (
            f"CREATE TRIGGER {name} BEFORE {moment} ON awards_assignment FOR EACH ROW WHEN (NEW.state = 'open') "
            "EXECUTE FUNCTION awards_refuse_barred()"
        )


def forbid(apps, schema_editor):
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def permit(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name in NAMES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if is_sqlite else " ON awards_assignment"))
    if not is_sqlite:
        schema_editor.execute("DROP FUNCTION IF EXISTS awards_refuse_barred()")


class Migration(migrations.Migration):
    dependencies = [("awards", "0001_initial")]
    # The guards of the results come after these, where they are.
    run_before = [("awards", name) for name in LATER if Path(__file__).with_name(f"{name}.py").exists()]

    operations = [migrations.RunPython(forbid, permit)]
