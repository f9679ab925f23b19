from datetime import timedelta

import pytest

from awards.jury import queries
from awards.jury.queries import Desk, Obstacle, Progress, language_of, late_in
from awards.jury.reminding import remind
from awards.models import Assignment, Entry, Juror, Question
from festival.core.audit import Actor
from tests.factories.awards import (
    DURING,
    AnswerFactory,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    QuestionFactory,
    first_round,
    score,
)
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def juror():
    return JurorFactory(call__slug="prix")


def assign(juror, slug, *, submit=None, state=Entry.State.ELIGIBLE):
    pair = AssignmentFactory(juror=juror, entry=EntryFactory(call=juror.call, slug=slug))
    if submit is not None:
        score(pair, 3, 3, submit=submit)
    Entry.objects.filter(pk=pair.entry.pk).update(state=state)
    return pair


def test_seats_are_the_users_own_the_newest_call_first(juror):
    newer = JurorFactory(user=juror.user, call__opens=juror.call.closes)
    JurorFactory(call=juror.call)

    assert queries.seats_of(juror.user) == [newer, juror]
    assert queries.seat_of(juror.user, "prix") == juror
    assert queries.seat_of(JurorFactory().user, "prix") is None


@pytest.mark.unsound  # states are set behind the actions
def test_the_desk_says_how_far_each_assignment_is(juror, django_assert_num_queries):
    assign(juror, "a")
    assign(juror, "b", submit=False)
    assign(juror, "c", submit=True)
    assign(juror, "d", state=Entry.State.WITHDRAWN)
    Assignment.objects.filter(pk=assign(juror, "e").pk).update(state=Assignment.State.RECUSED)
    AssignmentFactory(juror=JurorFactory(call=juror.call), entry=Entry.objects.get(slug="a"))

    judged = first_round(juror.call)
    with django_assert_num_queries(1):
        desk = queries.desk_of(juror, judged)

    assert [(reading.entry.slug, reading.progress, reading.marked) for reading in desk.readings] == [
        ("a", Progress.TODO, 0),
        ("b", Progress.DRAFT, 2),
        ("c", Progress.DONE, 2),
        ("d", Progress.CLOSED, 0),
        ("e", Progress.RECUSED, 0),
    ]
    assert ([reading.entry.slug for reading in desk.counted], desk.done) == (["a", "b", "c"], 1)
    assert desk.first_waiting.entry.slug == "b"
    assert desk.after(Entry.objects.get(slug="c").pk).entry.slug == "a"
    assert desk.after(Entry.objects.get(slug="a").pk).entry.slug == "b"


def test_an_empty_desk_has_nothing_to_go_on_with():
    assert (Desk(()).first_waiting, Desk(()).after(7)) == (None, None)


@pytest.mark.parametrize(("submit", "owes"), [(None, True), (False, True), (True, False)])
def test_a_card_is_owed_until_it_is_handed_in(juror, submit, owes):
    assign(juror, "a", submit=submit)

    assert queries.has_cards_to_hand_in(juror, first_round(juror.call)) is owes


def test_the_sheet_is_the_jurors_own(juror):
    assign(juror, "a", submit=False)
    judged = first_round(juror.call)

    sheet = queries.sheet_of(juror, judged, "a")

    assert ([item.slug for item in sheet.criteria], [level.value for level in sheet.scale]) == (
        ["impact", "spread"],
        [0, 1, 2, 3, 4, 5],
    )
    assert (sheet.marks, sheet.progress, sheet.card is None) == ({"impact": 3, "spread": 3}, Progress.DRAFT, False)
    with pytest.raises(Assignment.DoesNotExist):
        queries.sheet_of(JurorFactory(call=juror.call), judged, "a")


def test_a_sheet_without_a_card_is_blank(juror):
    assign(juror, "a")

    sheet = queries.sheet_of(juror, first_round(juror.call), "a")

    assert (sheet.card, sheet.marks, sheet.progress) == (None, {}, Progress.TODO)


@pytest.mark.parametrize(("is_blind", "seen"), [(False, ["jury", "who"]), (True, ["jury"])])
def test_jurors_read_the_answers_that_are_for_them(is_blind, seen):
    judged = first_round(CallFactory())
    judged.is_blind = is_blind
    entry = EntryFactory(call=judged.call)
    for place, (slug, fields) in enumerate(
        {
            "jury": {},
            "who": {"hidden_when_blind": True},
            "office": {"audience": Question.Audience.OFFICE},
            "file": {"kind": Question.Kind.FILE},
        }.items()
    ):
        question = QuestionFactory(call=judged.call, slug=slug, sort_order=place, **fields)
        AnswerFactory(entry=entry, question=question)

    assert [answer.question.slug for answer in queries.answers_for_jurors(entry, judged)] == seen


# Who is late ------------------------------------------------------------------------------------------------------


def late(juror, now=DURING):
    return [(item.juror, item.owed, item.obstacle) for item in late_in(first_round(juror.call), now=now)]


def test_late_are_those_who_owe_a_card():
    pair = AssignmentFactory()
    AssignmentFactory(juror=pair.juror)
    done = AssignmentFactory(juror__call=pair.juror.call)
    score(done, 3, 3)
    assert late(pair.juror) == [(pair.juror, 2, None)]


def test_late_one_who_was_written_to_today_waits_until_midnight_of_the_festival():
    juror = AssignmentFactory().juror
    remind(juror_id=juror.pk, round_id=first_round(juror.call).pk, actor=Actor.system("test"), now=DURING)
    [item] = late_in(first_round(juror.call), now=DURING + timedelta(hours=1))
    assert (item.last_at, item.obstacle) == (DURING, Obstacle.TODAY)
    assert late(juror, DURING.replace(hour=23, minute=59))[0][2] == Obstacle.TODAY
    assert late(juror, DURING.replace(hour=0) + timedelta(days=1))[0][2] is None


def test_late_one_without_an_address_is_said_to_have_none():
    juror = AssignmentFactory().juror
    Juror.objects.update(user=None, email="")
    assert late(juror)[0][2] == Obstacle.NO_ADDRESS


@pytest.mark.parametrize(("languages", "code"), [("", "fr"), ("en, fr", "en"), ("de, en", "en"), ("de", "fr")])
def test_language_is_the_first_that_the_site_has(languages, code):
    assert language_of(Juror(languages=languages)) == code
