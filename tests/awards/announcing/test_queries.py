"""Whom an announcement tells what."""

from datetime import timedelta

import pytest

from awards.announcing.publishing import Plan, plan
from awards.announcing.queries import due, to_tell
from awards.models import Entry
from tests.factories.awards import EntryFactory
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def chair():
    return frozen()


def test_to_tell_says_each_project_its_best(chair):
    won(chair, "b", kind="mention")
    EntryFactory(call=chair.call, slug="out", state=Entry.State.DISQUALIFIED)
    told = [(item.entry.slug, item.outcome) for item in to_tell(chair.call, DECIDED)]
    assert told == [("b", "mention"), ("a", "finalist"), ("c", "not_chosen")]
    won(chair)
    [first, *_others] = to_tell(chair.call, DECIDED)
    assert (first.entry.slug, first.outcome, first.has_address, first.is_news) == ("a", "winner", True, True)


def test_to_tell_takes_the_same_number_of_queries_whatever_the_number(chair, django_assert_num_queries):
    with django_assert_num_queries(6):
        to_tell(chair.call, DECIDED)
    for _each in range(3):
        EntryFactory(call=chair.call)
    with django_assert_num_queries(6):
        to_tell(chair.call, DECIDED)


def test_due_begins_at_its_moment(chair):
    won(chair)
    planned = plan(call_id=chair.call.pk, plan=Plan(TELL, PUBLIC), by=chair.user, now=DECIDED)
    assert due(TELL - timedelta(milliseconds=1)) == []
    assert due(TELL) == [planned.pk]
