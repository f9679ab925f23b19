"""Until when what is taken, what happens next, what is frozen: tables at the millisecond, and properties."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from awards.entering.rules import (
    Around,
    Deadline,
    Moment,
    Window,
    canonical,
    due_reminders,
    fingerprint,
    may_edit,
    may_return,
    may_withdraw,
    moment_of,
    standing_place,
)

PARIS = ZoneInfo("Europe/Paris")
OPENS = datetime(2026, 12, 1, 10, tzinfo=PARIS)
CLOSES = datetime(2027, 1, 31, 23, 59, 59, tzinfo=PARIS)
MS = timedelta(milliseconds=1)
DAY = timedelta(days=1)
PLAIN = Deadline(OPENS, CLOSES)
GRACE = Deadline(OPENS, CLOSES, grace=timedelta(minutes=30))
EXTENDED = Deadline(OPENS, CLOSES, grace=timedelta(minutes=30), extended_until=CLOSES + 2 * DAY)
ASKED = Deadline(OPENS, CLOSES, resubmit_until=CLOSES + 9 * DAY)


@pytest.mark.parametrize(
    ("deadline", "limit"),
    [
        (PLAIN, CLOSES),
        (GRACE, CLOSES + timedelta(minutes=30)),
        (EXTENDED, CLOSES + 2 * DAY),
        (ASKED, CLOSES + 9 * DAY),
        (Deadline(OPENS, CLOSES, extended_until=CLOSES - DAY), CLOSES),
    ],
)
def test_the_limit_holds_at_the_millisecond(deadline, limit):
    assert deadline.limit == limit
    assert [deadline.is_open(limit + step * MS) for step in (-1, 0, 1)] == [True, True, False]
    assert [deadline.is_open(OPENS + step * MS) for step in (-1, 0, 1)] == [False, True, True]


@pytest.mark.parametrize(
    "closes",
    [
        datetime(2027, 3, 28, 1, 59, 59, tzinfo=PARIS),  # the hour after it does not exist
        datetime(2027, 3, 28, 3, 0, tzinfo=PARIS),
        datetime(2027, 10, 31, 2, 30, tzinfo=PARIS),  # the first of two
        datetime(2027, 10, 31, 2, 30, tzinfo=PARIS, fold=1),
    ],
)
def test_it_holds_over_both_changes_of_the_clock_whatever_zone_asks(closes):
    deadline, limit = Deadline(OPENS, closes), closes.astimezone(UTC)
    for zone in (UTC, PARIS, ZoneInfo("Pacific/Auckland")):
        moments = [(limit + step * MS).astimezone(zone) for step in (-1, 0, 1)]
        assert [deadline.limit.astimezone(UTC) >= moment.astimezone(UTC) for moment in moments] == [True, True, False]
    assert [deadline.is_open(limit + step * MS) for step in (-1, 0, 1)] == [True, True, False]


def test_what_is_told_has_no_grace():
    assert (GRACE.told, EXTENDED.told, ASKED.told) == (CLOSES, CLOSES + 2 * DAY, CLOSES + 9 * DAY)


LATER = CLOSES + DAY
TABLE = [
    ("draft", PLAIN, Around(), CLOSES, Moment.DRAFT),
    ("draft", PLAIN, Around(), OPENS - DAY, Moment.DRAFT),
    ("draft", PLAIN, Around(), LATER, Moment.DRAFT_TOO_LATE),
    ("submitted", PLAIN, Around(), CLOSES, Moment.SUBMITTED),
    ("submitted", PLAIN, Around(), LATER, Moment.CHECKING),
    ("submitted", ASKED, Around(), LATER, Moment.CHANGES_ASKED),
    ("submitted", ASKED, Around(), CLOSES + 10 * DAY, Moment.CHECKING),
    ("ineligible", PLAIN, Around(is_announced=True), LATER, Moment.INELIGIBLE),
    ("withdrawn", PLAIN, Around(), LATER, Moment.WITHDRAWN),
    ("disqualified", PLAIN, Around(), LATER, Moment.DISQUALIFIED),
    ("eligible", PLAIN, Around(), LATER, Moment.ELIGIBLE),
    ("eligible", PLAIN, Around(is_judged=True), LATER, Moment.JUDGING),
    ("eligible", PLAIN, Around(is_judged=True, is_decided=True), LATER, Moment.DECIDED),
    ("eligible", PLAIN, Around(is_judged=True, is_decided=True, is_announced=True), LATER, Moment.NOT_CHOSEN),
    ("eligible", PLAIN, Around(is_announced=True, is_finalist=True), LATER, Moment.FINALIST),
    ("eligible", PLAIN, Around(is_announced=True, is_finalist=True, is_over=True), LATER, Moment.FINALIST_OVER),
    ("eligible", PLAIN, Around(is_announced=True, is_over=True), LATER, Moment.NOT_CHOSEN_OVER),
    ("eligible", PLAIN, Around(is_announced=True, is_over=True, is_mentioned=True), LATER, Moment.MENTIONED),
    ("eligible", PLAIN, Around(is_over=True, has_won=True, is_mentioned=True), LATER, Moment.WINNER),
]


@pytest.mark.parametrize(("state", "deadline", "around", "at", "moment"), TABLE)
def test_what_happens_next(state, deadline, around, at, moment):
    assert moment_of(state, deadline, around, at) is moment


def test_changes_that_have_come_are_not_asked_for_any_more():
    assert moment_of("submitted", ASKED, Around(), LATER, is_sent_again=True) == Moment.SUBMITTED


@given(st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["submitted", "eligible", "draft", "withdrawn"]))
def test_a_finalist_learns_nothing_before_the_announcement(is_judged, is_decided, is_over, state):
    told = {
        moment_of(state, PLAIN, Around(is_judged, is_decided, False, is_finalist, is_over), LATER)
        for is_finalist in (True, False)
    }
    assert len(told) == 1


def test_who_may_do_what_when():
    assert [may_edit(state, PLAIN, CLOSES) for state in ("draft", "submitted", "eligible", "withdrawn")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert not may_edit("draft", PLAIN, CLOSES + MS)
    assert [may_withdraw(state, Around()) for state in ("draft", "submitted", "eligible", "ineligible")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not may_withdraw("eligible", Around(is_over=True))
    assert may_return("withdrawn", PLAIN, CLOSES)
    assert not may_return("withdrawn", PLAIN, CLOSES + MS)
    assert not may_return("submitted", PLAIN, CLOSES)


@pytest.mark.parametrize(
    ("before", "sent", "due"),
    [
        (timedelta(hours=72) + MS, [], []),
        (timedelta(hours=72), [], ["72h"]),
        (timedelta(hours=71), ["72h"], []),
        (timedelta(hours=24), ["72h"], ["24h"]),
        (timedelta(hours=23), [], ["72h", "24h"]),  # begun on the last day: one mail
        (timedelta(hours=23), ["72h", "24h"], []),
        (timedelta(), ["72h"], ["24h"]),
        (-MS, [], []),
    ],
)
def test_reminders_are_due_once(before, sent, due):
    assert due_reminders(PLAIN, sent, CLOSES - before) == due
    assert due_reminders(EXTENDED, sent, CLOSES + 2 * DAY - before) == due


def test_nobody_is_reminded_of_a_call_that_has_not_opened():
    short = Deadline(CLOSES - timedelta(hours=1), CLOSES)
    assert due_reminders(short, [], CLOSES - timedelta(hours=2)) == []


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers() | st.none()))
def test_the_hash_knows_no_order(snapshot):
    assert fingerprint(snapshot) == fingerprint(dict(reversed(list(snapshot.items()))))
    assert "\n" not in canonical({"a": 1, "b": "é"})


def test_a_hash_that_anybody_can_make_again():
    assert canonical({"b": "é", "a": 1}) == '{"a":1,"b":"é"}'
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_window_goes_on_after_its_own_save_and_no_other_does():
    page = Window("a" * 32, 3)
    assert page.is_repeated("a" * 32, 3)
    assert page.is_repeated("a" * 32, 4)
    assert not page.is_repeated("a" * 32, 2)
    assert not Window().is_repeated("", 0)
    assert page.may_write("a" * 32, version=1, stored=9)
    assert not page.may_write("b" * 32, version=1, stored=9)
    assert Window().may_write("b" * 32, version=9, stored=9)
    assert not Window().may_write("", version=1, stored=9)


@pytest.mark.parametrize(
    ("verdicts", "place"),
    [
        ([], None),
        (["eligible"], 0),
        (["eligible", "disqualified"], 1),
        (["eligible", "disqualified", "undone"], 0),
        (["eligible", "disqualified", "undone", "undone"], None),
        (["undone", "eligible"], 1),
        (["ineligible", "undone", "eligible"], 2),
    ],
)
def test_standing_is_what_was_not_taken_back(verdicts, place):
    assert standing_place(verdicts) == place
