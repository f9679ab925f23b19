import datetime as dt

import pytest

from awards.models import Call, Entry, Round
from awards.pages import queries
from awards.pages.stages import Stage
from awards.results.deliberation import freeze_result
from tests.factories.awards import (
    AFTER,
    DURING,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    at,
    first_round,
    score,
)
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
ANNOUNCED = at("2027-04-10T10:00")


@pytest.fixture
@remembered
def call():
    """Three entries were read; the first round has room for two finalists."""
    call = CallFactory()
    juror = JurorFactory(call=call, is_chair=True)
    for slug, mark in (("zinc", 5), ("argile", 4), ("bois", 1)):
        entry = EntryFactory(call=call, slug=slug, title={"fr": slug.title()})
        score(AssignmentFactory(juror=juror, entry=entry), mark, mark)
    freeze_result(round_id=first_round(call).pk, by=juror.user, now=AFTER)
    return call


def slugs(status):
    return [[entry.slug for entry in group.entries] for group in queries.finalists(status)]


def test_there_may_be_no_call():
    assert queries.call_facts() is None
    assert queries.call_status(now=DURING) is None


def test_finalists_come_by_title_once_they_are_announced(call):
    before, after = queries.call_status(now=AFTER), queries.call_status(now=ANNOUNCED)

    assert (before.are_finalists_public, slugs(before)) == (False, [])
    assert (after.are_finalists_public, slugs(after)) == (True, [["argile", "zinc"]])
    assert queries.finalist(after, "zinc").slug == "zinc"
    assert queries.finalist(after, "bois") is None
    assert queries.finalist(before, "zinc") is None


def test_who_left_the_contest_is_no_finalist(call):
    Entry.objects.filter(slug="zinc").update(state=Entry.State.WITHDRAWN)

    assert slugs(queries.call_status(now=ANNOUNCED)) == [["argile"]]


def test_the_facts_are_asked_once_a_generation(call, django_assert_num_queries):
    queries.call_facts()

    with django_assert_num_queries(0):
        assert queries.call_facts().call == call


@pytest.mark.parametrize(
    ("moment", "stage", "days"),
    [
        ("2026-11-30T10:00", Stage.SOON, 1),
        ("2027-02-27T10:00", Stage.OPEN, 1),
        ("2027-03-20T10:00", Stage.JUDGING, 16),
        ("2027-04-10T10:00", Stage.FINALISTS, 9),
        ("2027-04-20T10:00", Stage.VOTING, 14),
    ],
)
def test_a_stage_says_how_long_it_lasts(call, moment, stage, days):
    status = queries.call_status(now=at(moment))

    assert (status.stage, status.days_left, status.call) == (stage, days, call)


def test_the_awards_are_over_with_the_ceremony(call):
    ceremony = call.rounds.get(kind=Round.Kind.PUBLIC).announced_at
    during, after = queries.call_status(now=at("2027-04-20T10:00")), queries.call_status(now=ceremony)

    assert (during.vote_announced_at, during.is_over) == (ceremony, False)
    assert after.is_over
    assert not queries.call_status(now=DURING).is_over


def test_a_call_without_rounds_has_its_own_dates_alone():
    call = CallFactory()
    Round.objects.filter(call=call).delete()

    status = queries.call_status(now=call.opens + dt.timedelta(days=1))

    assert (status.stage, status.vote_announced_at) == (Stage.OPEN, None)
    assert (status.windows.judging_opens, status.windows.vote_opens) == (None, None)
    assert Call.objects.current() == call
