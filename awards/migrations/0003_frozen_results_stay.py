"""The database itself refuses to rewrite frozen results, and the cards that went into them.

A frozen result may only get another moment of publication. A sealed card may only be voided, or sealed again by a later
result; a card that was saved before its seal, because the clock was put back for a rehearsal, loses it.

Django makes a SQLite table anew when a column changes, and its triggers are lost then: a migration that changes one of
these tables must end with `forbid` again. A test tries each.
"""

from django.db import migrations

TALLY = (
    "id", "uuid", "round_id", "method", "code_version", "seed", "parameters", "input", "input_sha256", "names",
    "names_sha256", "frozen_at", "frozen_by_id", "reason",
)  # fmt: skip
CARD = ("assignment_id", "submitted_at", "updated_at")  # the comment may be blanked, by an erasure
RESULT_STAYS = "a frozen result is written once"
CARD_STAYS = "the card counted in a frozen result"


def _differ(names, differs):
    return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in names)


def _card_rewritten(differs):
    other_state = f"(NEW.state {differs} OLD.state AND NEW.state <> 'voided')"
    comment = f"(NEW.comment {differs} OLD.comment AND NEW.comment <> '')"
    unsealed = "NEW.sealed_at IS NULL"
    rehearsal = "(NEW.sealed_at IS NULL AND NEW.version > OLD.version AND NEW.updated_at < OLD.sealed_at)"
    changed = f"({_differ(CARD, differs)} OR {other_state} OR {comment} OR {unsealed})"
    return f"OLD.sealed_at IS NOT NULL AND {changed} AND NOT {rehearsal}"


def _sealed(row):
    return f"EXISTS (SELECT 1 FROM awards_scorecard WHERE id = {row}.card_id AND sealed_at IS NOT NULL)"


def _late(row):
    return (
        "EXISTS (SELECT 1 FROM awards_tally JOIN awards_assignment ON awards_assignment.round_id = awards_tally.round_id "
        f"WHERE awards_assignment.id = {row}.assignment_id AND awards_tally.frozen_at <= {row}.updated_at)"
    )


def _triggers(differs):
    """Return name, moment, table, condition and what is said; None as condition refuses always."""
    yield "awards_tally_stays", "UPDATE", "awards_tally", _differ(TALLY, differs), RESULT_STAYS
    yield "awards_tally_is_kept", "DELETE", "awards_tally", None, RESULT_STAYS
    yield "awards_tallyrow_stays", "UPDATE", "awards_tallyrow", None, RESULT_STAYS
    yield "awards_tallyrow_is_kept", "DELETE", "awards_tallyrow", None, RESULT_STAYS
    yield "awards_card_stays", "UPDATE", "awards_scorecard", _card_rewritten(differs), CARD_STAYS
    yield "awards_card_is_kept", "DELETE", "awards_scorecard", "OLD.sealed_at IS NOT NULL", CARD_STAYS
    yield "awards_card_is_not_late", "INSERT", "awards_scorecard", _late("NEW"), CARD_STAYS
    yield "awards_score_is_not_late", "INSERT", "awards_score", _sealed("NEW"), CARD_STAYS
    yield "awards_score_stays", "UPDATE", "awards_score", f"{_sealed('OLD')} OR {_sealed('NEW')}", CARD_STAYS
    yield "awards_score_is_kept", "DELETE", "awards_score", _sealed("OLD"), CARD_STAYS


def _sqlite():
    for name, moment, table, condition, said in _triggers("IS NOT"):
        when = f"WHEN {condition} " if condition else ""
        yield f"CREATE TRIGGER {name} BEFORE {moment} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{said}'); END"


def _postgresql():
    for name, moment, table, condition, said in _triggers("IS DISTINCT FROM"):
        back = "OLD" if moment == "DELETE" else "NEW"
        refusal = f"RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation';"
        body = f"IF {condition} THEN {refusal} END IF;" if condition else refusal
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN {back}; END $$"
        )
        yield f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def forbid(apps, schema_editor):
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def permit(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, _moment, table, _condition, _said in _triggers(""):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if is_sqlite else f" ON {table}"))
        if not is_sqlite:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_conflicts_bar_assignments")]

    operations = [migrations.RunPython(forbid, permit)]
