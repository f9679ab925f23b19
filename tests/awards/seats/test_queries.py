"""The list of the jury, and who was written to today."""

from datetime import timedelta

import pytest

from awards.seats.queries import asked_today, conflicts_of, entries_to_bar, jurors_to_bar, seats_of
from tests.factories.awards import DURING, AssignmentFactory, JurorFactory, score

pytestmark = pytest.mark.django_db


def test_the_list_counts_what_is_owed_and_handed_in(call, asked, django_assert_num_queries):
    chair = JurorFactory(call=call, is_chair=True, name="Zoé", sort_name="Z")
    other = JurorFactory(call=call, name="Abel", sort_name="A")
    score(AssignmentFactory(juror=chair), 3, 3)
    AssignmentFactory(juror=chair)
    with django_assert_num_queries(1):
        lines = seats_of(call)
    assert [(line.juror, line.owed, line.cards) for line in lines] == [(chair, 1, 1), (other, 0, 0), (asked, 0, 0)]
    assert jurors_to_bar(call) == [other, chair]
    assert len(entries_to_bar(call)) == 2
    assert conflicts_of(call, None) == []


def test_a_day_ends_at_midnight_of_the_festival(asked):
    assert asked_today([asked], DURING) == {asked.pk}
    assert asked_today([asked], DURING + timedelta(days=1)) == set()
