"""What looks as if one person had cast several ballots: the edges of each crowd."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from awards.scrutiny.rules import HOUR, MOMENT, Cast, clusters

START = dt.datetime(2027, 4, 25, 12, tzinfo=dt.UTC)


def came(count, span, **given):
    """`count` ballots spread evenly over `span`, both ends included."""
    return [Cast(number, START + span * number / max(1, count - 1), **given) for number in range(count)]


@pytest.mark.parametrize(
    ("casts", "found"),
    [
        ([], []),
        (came(5, HOUR, network="n"), [("network", 5)]),
        (came(4, HOUR, network="n"), []),
        (came(5, HOUR + dt.timedelta(seconds=1), network="n"), []),
        (came(5, HOUR), []),
        (came(10, HOUR, domain="tiny.example"), [("domain", 10)]),
        (came(9, HOUR, domain="tiny.example"), []),
        (came(10, HOUR, domain="orange.fr"), []),
        (came(1, HOUR, domain="yopmail.com"), [("domain", 1)]),
        (came(20, MOMENT), [("burst", 20)]),
        (came(19, MOMENT), []),
        (came(1, HOUR, is_gone=True), [("ticket", 1)]),
    ],
)
def test_the_edge_of_each_crowd(casts, found):
    assert [(cluster.reason, len(cluster.casts)) for cluster in clusters(casts)] == found


def test_crowds_that_overlap_are_one_and_others_are_two():
    early = came(6, HOUR * 1.2, network="n")
    late = [Cast(100 + cast.key, cast.at + 5 * HOUR, "n") for cast in came(5, HOUR)]
    assert [len(cluster.casts) for cluster in clusters(early + late)] == [6, 5]


@given(
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from("ab"), st.sampled_from(["", "x.example"]))), st.randoms()
)
def test_the_order_of_ballots_is_no_matter(rows, random):
    casts = [
        Cast(key, START + dt.timedelta(minutes=minute), network, domain)
        for key, (minute, network, domain) in enumerate(rows)
    ]
    found = clusters(casts)
    assert clusters(random.sample(casts, len(casts))) == found
    assert all(cluster.casts == tuple(sorted(cluster.casts, key=lambda c: (c.at, c.key))) for cluster in found)
