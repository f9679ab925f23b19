"""How an order is dealt out to its people."""

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from tickets.selfservice.rules import deal_out


@pytest.mark.parametrize(
    ("alike", "people"),
    [
        ([], []),
        (["pass"], [[0]]),
        (["pass", "pass", "pass"], [[0], [1], [2]]),
        (["pass", "pass", "lunch"], [[0, 2], [1]]),
        (["pass", "thursday", "thursday", "friday"], [[0, 1, 3], [2]]),
    ],
)
def test_nobody_gets_two_of_the_same(alike, people):
    assert deal_out(alike) == people


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_everything_is_dealt_out_once(alike):
    people = deal_out(alike)

    assert sorted(place for person in people for place in person) == list(range(len(alike)))
    assert all(len({alike[place] for place in person}) == len(person) for person in people)
    assert len(people) == max(Counter(alike).values(), default=0)
