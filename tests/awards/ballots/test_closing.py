"""A round of ballots is frozen as one of marks is: with its rows, its hash, and a dossier that is counted again."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.forms import model_to_dict

from awards.ballots.closing import freeze_ballots, silent_in
from awards.ballots.invariants import violations
from awards.exceptions import CardsMissing, JudgingNotOpen, JuryStillAtWork
from awards.jury.rounds import entries_of
from awards.models import BallotLine, BallotVersion, JuryBallot, PairAnswer, Tally
from awards.results.dossier_file import write_dossier
from festival.models import AuditEntry
from tests.factories.awards import DURING, JurorFactory, at, second_round
from tests.factories.ballots import ballot_round, prefer, project, vote
from tests.factories.guards import unguard

pytestmark = pytest.mark.django_db
VALUES = {
    "grade": {"a": 5, "b": 3, "c": 1},
    "rank": {"a": 1, "b": 2, "c": 3},
    "approve": {"a": 1, "b": 0, "c": 0},
    "check": {"a": 1, "b": 1, "c": 0},
}
LATER = at("2027-04-06T10:00")


def over(mode, **changes):
    """A round that has been voted in and is over at `LATER`."""
    judged = ballot_round(mode, closes=LATER - timedelta(days=1), finalists_per_category=1, **changes)
    if mode == "pairwise":
        juror = JurorFactory(call=judged.call)
        for winner, loser in (("a", "b"), ("b", "c"), ("a", "c")):
            prefer(judged, juror, winner, loser)
    else:
        vote(judged, **VALUES[mode])
    return judged


def freeze(judged, **more):
    return freeze_ballots(round_id=judged.pk, by=None, now=LATER, **more)


@pytest.mark.parametrize(
    ("mode", "method", "finalists"),
    [
        ("grade", "majority", "a"),
        ("rank", "schulze", "a"),
        ("approve", "approval", "a"),
        ("check", "approval", "ab"),
        ("pairwise", "pairs", "a"),
    ],
)
def test_freeze_ballots_and_count_the_dossier_again(mode, method, finalists, tmp_path):
    judged = over(mode)
    tally = freeze(judged)
    rows = list(tally.rows.select_related("entry"))
    assert (tally.method, len(rows)) == (method, 3)
    assert "".join(sorted(row.entry.slug for row in rows if row.is_finalist)) == "".join(sorted(finalists))
    assert AuditEntry.objects.get(verb="result.frozen").facts["finalists"] == len(finalists)
    file = tmp_path / "dossier.json"
    content = write_dossier(model_to_dict(tally))
    file.write_text(json.dumps(content), encoding="utf-8")
    out = io.StringIO()
    call_command("tally", str(file), "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["input_sha256"] == tally.input_sha256
    assert [(row["entry"], row["rank"]) for row in answer["rows"]] == [(row.entry.slug, row.rank) for row in rows]
    assert sorted(answer["finalists"]) == list(finalists)
    content["input"]["votes"].pop()
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CommandError, match="does not fit its hash"):
        call_command("tally", str(file))


def test_the_next_round_takes_its_finalists():
    judged = over("approve")
    final = second_round(judged.call, order=3, follows=judged)
    freeze(judged)
    assert [entry.slug for entry in entries_of(final)] == ["a"]


def test_whoever_shares_the_last_place_goes_on_too():
    judged = ballot_round("approve", closes=LATER - timedelta(days=1), finalists_per_category=1)
    vote(judged, a=1, b=1, c=0)
    assert sorted(row.entry.slug for row in freeze(judged).rows.filter(is_finalist=True)) == ["a", "b"]


def test_freeze_ballots_needs_the_end_and_every_ballot_or_a_reason():
    judged = over("approve")
    with pytest.raises(JuryStillAtWork):
        freeze_ballots(round_id=judged.pk, by=None, now=DURING)
    silent = JurorFactory(call=judged.call)
    assert silent_in(judged) == [silent]
    with pytest.raises(CardsMissing):
        freeze(judged)
    assert freeze(judged, reason=" Malade. ").reason == "Malade."


@pytest.mark.parametrize(
    ("mode", "models"), [("grade", [JuryBallot, BallotLine, BallotVersion]), ("pairwise", [PairAnswer])]
)
def test_the_database_refuses_every_write_to_a_frozen_round(mode, models):
    judged = over(mode)
    freeze(judged)
    for model in models:
        row = model.objects.first()
        for write in (row.save, row.delete, lambda row=row, model=model: again(row, model)):
            with pytest.raises(IntegrityError), transaction.atomic():
                write()
    with pytest.raises(JudgingNotOpen):
        vote(judged, a=1) if mode != "pairwise" else prefer(judged, JurorFactory(call=judged.call), "a", "b")


def again(row, model):
    model.objects.bulk_create([model(**{f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields[1:]})])


def test_fsck_recounts_what_is_frozen():
    tally = freeze(over("approve"))
    assert violations() == []
    unguard()
    tally.rows.filter(entry=project(tally.round, "a")).update(rank=2)
    assert violations() == [f"Frozen result {tally.pk} is not what its ballots give."]
    Tally.objects.update(input={})
    assert violations() == [f"Frozen result {tally.pk} no longer matches its hash."]
    tally.rows.filter(entry=project(tally.round, "a")).update(rank=1)
    Tally.objects.update(input=tally.input)
