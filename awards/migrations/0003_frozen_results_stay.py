"""The database itself refuses to rewrite frozen results, and the cards that went into them.

A frozen result may only get another moment of publication. A sealed card may only be voided, or sealed again by a later
result; a card that was saved before its seal, because the clock was put back for a rehearsal, loses it. The same holds
for the ballots of a public vote and whether they count; only their network is blanked.

Django makes a SQLite table anew when a column changes, and its triggers are lost then: a migration that changes one of
these tables must end with `forbid` again. A test tries each.
"""

from django.db import migrations

TALLY = (
    "id", "uuid", "round_id", "method", "code_version", "seed", "parameters", "input", "input_sha256", "names",
    "names_sha256", "frozen_at", "frozen_by_id", "reason",
)  # fmt: skip
CARD = ("assignment_id", "submitted_at", "updated_at")  # the comment may be blanked, by an erasure
BALLOT = ("round_id", "voter", "ticket", "domain", "state", "state_reason", "state_at", "sent_at", "confirmed_at")
RESULT_STAYS = "a frozen result is written once"
CARD_STAYS = "the card counted in a frozen result"
BALLOT_STAYS = "the vote was counted with this ballot"


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


def _ballot_rewritten(differs):
    unsealed = "NEW.sealed_at IS NULL"
    network = f"(NEW.network {differs} OLD.network AND NEW.network <> '')"
    cast = f"(NEW.confirmed_at {differs} OLD.confirmed_at AND NEW.confirmed_at < OLD.sealed_at)"
    decided = f"(NEW.state_at {differs} OLD.state_at AND NEW.state_at < OLD.sealed_at)"
    changed = f"({_differ(BALLOT, differs)} OR {network} OR {unsealed})"
    return f"OLD.sealed_at IS NOT NULL AND {changed} AND NOT ({unsealed} AND ({cast} OR {decided}))"


def _ballot_late(row):
    return f"EXISTS (SELECT 1 FROM awards_tally WHERE round_id = {row}.round_id AND frozen_at <= {row}.confirmed_at)"


def _ballot_sealed(row):
    return f"EXISTS (SELECT 1 FROM awards_publicballot WHERE id = {row}.ballot_id AND sealed_at IS NOT NULL)"


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
    ballot, grade = "awards_publicballot", "awards_publicgrade"
    yield "awards_ballot_stays", "UPDATE", ballot, _ballot_rewritten(differs), BALLOT_STAYS
    yield "awards_ballot_is_kept", "DELETE", ballot, "OLD.sealed_at IS NOT NULL", BALLOT_STAYS
    yield "awards_ballot_is_not_late", "INSERT", ballot, _ballot_late("NEW"), BALLOT_STAYS
    yield "awards_grade_is_not_late", "INSERT", grade, _ballot_sealed("NEW"), BALLOT_STAYS
    changed = f"{_ballot_sealed('OLD')} OR {_ballot_sealed('NEW')}"
    yield "awards_grade_stays", "UPDATE", grade, changed, BALLOT_STAYS
    yield "awards_grade_is_kept", "DELETE", grade, _ballot_sealed("OLD"), BALLOT_STAYS


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
