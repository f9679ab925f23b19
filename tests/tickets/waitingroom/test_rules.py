"""Who is let in when: tables, and whatever moments and keys Hypothesis finds."""

import datetime as dt
import uuid

import pytest
from hypothesis import given, strategies as st

from tickets.waitingroom import rules
from tickets.waitingroom.rules import AFTER_THE_DRAW, Stage, Times

OPENS = dt.datetime(2027, 3, 12, 9, tzinfo=dt.UTC)
TIMES = Times(OPENS, dt.timedelta(minutes=30))
SEED = "a" * 32
keys = st.uuids(version=4)
moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC))


def minutes(number):
    return OPENS + dt.timedelta(minutes=number)


@pytest.mark.parametrize(
    ("at", "stage"),
    [
        (minutes(-31), Stage.LETS_IN),
        (minutes(-30), Stage.GATHERS),
        (OPENS - dt.timedelta(microseconds=1), Stage.GATHERS),
        (OPENS, Stage.LETS_IN),
        (minutes(60), Stage.LETS_IN),
    ],
)
def test_people_gather_before_the_opening_hour(at, stage):
    assert rules.stage(TIMES, at) is stage
    assert rules.is_drawn(TIMES, at) is (stage is Stage.GATHERS)
    assert rules.stage(Times(None, dt.timedelta(minutes=30)), at) is Stage.LETS_IN


@given(key=keys, later=st.integers(0, 10**9))
def test_early_arrivals_come_before_all_later_ones(key, later):
    early = rules.turn(TIMES, key=key, came_at=minutes(-1), seed=SEED)
    late = rules.turn(TIMES, key=key, came_at=OPENS + dt.timedelta(microseconds=later), seed=SEED)

    assert 0 <= early < AFTER_THE_DRAW <= late < 2**63


@given(first=moments, second=moments)
def test_without_an_opening_hour_who_comes_first_is_first(first, second):
    none = Times(None, dt.timedelta(minutes=30))
    turns = [rules.turn(none, key=uuid.uuid4(), came_at=at, seed=SEED) for at in (first, second)]

    assert (turns[0] < turns[1]) == (first < second)


@given(key=keys, earlier=st.integers(0, 29 * 60))
def test_a_lot_does_not_depend_on_the_moment(key, earlier):
    came_at = OPENS - dt.timedelta(seconds=1 + earlier)

    assert rules.turn(TIMES, key=key, came_at=came_at, seed=SEED) == rules.lot(SEED, key)


def test_a_draw_can_be_made_again_and_another_seed_draws_another_order():
    drawn = [uuid.UUID(int=number) for number in range(1000)]
    orders = [sorted(drawn, key=lambda key: rules.lot(seed, key)) for seed in (SEED, SEED, "b" * 32)]

    assert orders[0] == orders[1] != orders[2]
    assert rules.lot(SEED, uuid.UUID(int=1)) == 4298177341385880307


def test_every_part_of_the_order_of_arrival_is_as_likely_to_be_first():
    """Of 4,000 keys, those that came in the first quarter are about a quarter of the first thousand (5 sigma)."""
    chosen = sorted(range(4000), key=lambda number: rules.lot(SEED, uuid.UUID(int=number)))[:1000]

    assert all(182 <= sum(number // 1000 == quarter for number in chosen) <= 318 for quarter in range(4))


def test_a_seed_is_told_by_its_fingerprint():
    assert rules.commitment(SEED) != rules.commitment("b" * 32)
    assert SEED not in rules.commitment(SEED)


@pytest.mark.parametrize(("most", "inside", "left"), [(3, 0, 3), (3, 2, 1), (3, 3, 0), (3, 5, 0)])
def test_nobody_comes_in_beyond_the_most(most, inside, left):
    assert rules.room_left(most=most, inside=inside) == left


@pytest.mark.parametrize(
    ("ahead", "let_in", "most", "promised"),
    [
        (0, 50, 150, 1),
        (9, 50, 150, 1),  # 10 a minute
        (10, 50, 150, 2),
        (95, 50, 150, 10),
        (96, 50, 150, 10),
        (400, 50, 150, 45),
        (600, 50, 150, None),
        (0, 0, 150, 1),  # nobody came in yet: 150 every 15 minutes
        (149, 0, 150, 15),
        (10_000, 0, 1, None),
    ],
)
def test_the_promise_is_rounded_up(ahead, let_in, most, promised):
    told = rules.minutes_to_wait(
        ahead=ahead,
        let_in=let_in,
        within=dt.timedelta(minutes=5),
        most=most,
        stay=dt.timedelta(minutes=15),
    )

    assert told == promised


@pytest.mark.parametrize(
    ("ahead", "opens_in", "number", "seconds"),
    [
        (0, None, 0, 10),
        (0, None, 3, 13),
        (20, None, 0, 10),
        (21, None, 0, 30),
        (0, 600, 4, 34),
        (0, 30, 0, 30),
        (0, 12, 1, 13),
        (0, 0, 0, 1),
    ],
)
def test_a_page_asks_again_the_sooner_the_nearer_it_is(ahead, opens_in, number, seconds):
    opens_in = None if opens_in is None else dt.timedelta(seconds=opens_in)

    assert rules.look_again(ahead=ahead, most=10, opens_in=opens_in, number=number) == seconds
