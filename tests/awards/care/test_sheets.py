"""The exports: what each holds, and that none tells more than whoever takes it may know."""

import pytest
from django.utils import translation

from awards.care import sheets
from awards.models import PublicBallot, PublicGrade, Question, Recusal, Screening
from tests.factories.applying import MemberFactory
from tests.factories.awards import (
    AFTER,
    DURING,
    AnswerFactory,
    AssignmentFactory,
    EntryFactory,
    JurorFactory,
    QuestionFactory,
    first_round,
    score,
)
from tests.factories.deciding import frozen, won

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def lines(table):
    heading, rows = table
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


@pytest.mark.usefixtures("english")
def test_each_version_of_a_question_has_a_column():
    entry = EntryFactory(title={"en": "The oven"}, legal_form="sas_ess")
    why, cost = {"en": "Why?"}, {"en": "What does it cost?"}
    old = QuestionFactory(call=entry.call, slug="why", is_current=False, label=why)
    QuestionFactory(call=entry.call, slug="why", version=2, label=why)
    money = QuestionFactory(call=entry.call, slug="x", kind=Question.Kind.BUDGET, label=cost)
    AnswerFactory(entry=entry, question=old, value="Before.")
    AnswerFactory(entry=entry, question=money, value=[{"label": "Oven", "cents": 12050}])
    row = lines(sheets.applications(entry.call, DURING))[0]
    assert (row["Why? (v1)"], row["Why? (v2)"], row["What does it cost? (v1)"]) == ("Before.", None, "Oven 120.50")
    assert row["Legal form"] == "social-economy company"


def test_people_decisions_and_conflicts_stand_in_sheets_of_their_own():
    chair = frozen()
    call = chair.call
    entry = call.entries.get(slug="a")
    MemberFactory(entry=entry, email="bo@example.org")
    Screening.objects.create(
        entry=entry, verdict="ineligible", reason="Trop tard.", before="submitted", decided_at=DURING
    )
    Recusal.objects.create(juror=chair, entry=entry, when="declared_before", declared_at=DURING, lifted_at=AFTER,
                           lifted_reason="Erreur.", source="chair")  # fmt: skip
    won(chair)
    made = {one.slug: list(one.table(call, AFTER)[1]) for one in sheets.EXPORTS.values()}
    assert made["members"][0][1] == "bo@example.org"
    assert made["screening"][0][2] == "Trop tard."
    assert len(made["assignments"]) == 3
    assert made["conflicts"][0][-1] == "Erreur."
    assert made["decisions"][0][-1] is True
    assert len(made["applications"]) == 3


def test_ballots_of_the_public_are_counted_once_the_vote_is_over():
    call = frozen().call
    vote = call.rounds.get(order=9)
    finalist = call.entries.get(slug="a")
    for number, state in enumerate(("valid", "valid", "void")):
        given = {"state": state, "state_reason": "x", "sent_at": DURING, "confirmed_at": DURING}
        ballot = PublicBallot.objects.create(round=vote, voter=str(number), **given)
        PublicGrade.objects.create(ballot=ballot, entry=finalist, value=3)
    assert list(sheets.public_ballots(call, vote.closes)[1]) == []
    rows = list(sheets.public_ballots(call, vote.closes.replace(year=2028))[1])
    assert sorted(row[2] for row in rows) == [1, 2]


def test_cards_of_a_blind_round_have_numbers_for_jurors_and_leave_out_what_is_barred():
    juror = JurorFactory(name="Zoé")
    pair = AssignmentFactory(juror=juror)
    score(pair, 3, 4, comment="Bien.")
    barred = AssignmentFactory(juror=juror)
    score(barred, 1, 1)
    judged = first_round(juror.call)
    rows = list(sheets.cards(judged, barred={barred.entry_id}, is_blind=True)[1])
    assert len(rows) == 1
    assert rows[0][2] == "Juré·e 1"
    assert rows[0][5:] == [3, 4, "Bien."]
    assert "Zoé" in str(list(sheets.cards(judged, barred=set(), is_blind=False)[1]))
