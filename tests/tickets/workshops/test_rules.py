"""Who may book, what clashes, how long an offer stands."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tickets.workshops.rules import SHORTEST, Pass, Place, Refusal, claim_window, overlap, refusal

DAY, NEXT = dt.date(2027, 5, 5), dt.date(2027, 5, 6)
STARTS = dt.datetime(2027, 5, 5, 12, tzinfo=dt.UTC)


def held(*, product="fest-pass", section="fest", days=(DAY, NEXT), is_valid=True):
    return Pass(product, section, frozenset(days), is_valid)


@pytest.mark.parametrize(
    ("ticket", "products", "expected"),
    [
        (held(), set(), None),
        (held(), {"fest-pass", "fest-jour"}, None),
        (held(section="village"), {"fest-pass"}, None),
        (held(is_valid=False), set(), Refusal.VOID),
        (held(section="village"), set(), Refusal.OTHER_PART),
        (held(), {"presse"}, Refusal.OTHER_PART),
        (held(days=[NEXT]), set(), Refusal.OTHER_DAY),
        (held(days=[]), {"fest-pass"}, Refusal.OTHER_DAY),
        (held(section="village", days=[NEXT]), set(), Refusal.OTHER_PART),
        (held(section="village", is_valid=False), set(), Refusal.VOID),
    ],
)
def test_a_ticket_opens_its_part_on_its_days(ticket, products, expected):
    assert refusal(ticket, Place(frozenset(products), "fest", DAY)) == expected


def span(start, end):
    return STARTS + dt.timedelta(minutes=start), STARTS + dt.timedelta(minutes=end)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ((0, 60), True),
        ((30, 40), True),
        ((-30, 1), True),
        ((59, 90), True),
        ((-30, 0), False),
        ((60, 90), False),
    ],
)
def test_what_follows_does_not_overlap(other, expected):
    assert overlap(span(0, 60), span(*other)) is expected
    assert overlap(span(*other), span(0, 60)) is expected


@pytest.mark.parametrize(
    ("ahead", "window"),
    [
        ({"days": 50}, {"hours": 48}),
        ({"days": 30}, {"hours": 48}),
        ({"days": 29}, {"hours": 24}),
        ({"days": 7}, {"hours": 24}),
        ({"days": 3}, {"hours": 12}),
        ({"days": 2}, {"hours": 12}),
        ({"hours": 47}, {"hours": 4}),
        ({"hours": 24}, {"hours": 4}),
        ({"hours": 23}, {"hours": 1}),
        ({"hours": 6}, {"hours": 1}),
        ({"hours": 5, "minutes": 59}, {"minutes": 30}),
        ({"hours": 1}, {"minutes": 30}),
        ({"minutes": 59}, {"minutes": 20}),
        ({"minutes": 1}, {"minutes": 20}),
    ],
)
def test_the_window_of_an_offer(ahead, window):
    now = STARTS - dt.timedelta(**ahead)

    assert claim_window(now=now, starts_at=STARTS) == dt.timedelta(**window)


moments = st.timedeltas(min_value=dt.timedelta(), max_value=dt.timedelta(days=400))


@given(moments, moments)
def test_the_window_never_grows_as_the_session_nears(one, other):
    far, near = max(one, other), min(one, other)

    assert claim_window(now=STARTS - far, starts_at=STARTS) >= claim_window(now=STARTS - near, starts_at=STARTS)


@given(moments)
def test_the_window_ends_before_the_session_unless_people_stand_at_the_door(ahead):
    window = claim_window(now=STARTS - ahead, starts_at=STARTS)

    assert SHORTEST <= window <= dt.timedelta(hours=48)
    assert window <= ahead or (window == SHORTEST and ahead < SHORTEST)
