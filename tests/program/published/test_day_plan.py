"""What a page shows of a day, without a database: the little fair of `tests/factories/published.py`, and variations."""

import datetime as dt
from dataclasses import replace

import pytest

from program.published import day_plan
from program.published.filters import Filters
from program.published.snapshot import Billing
from tests.factories import published as make
from tests.factories.published import moment

DAY = make.PROGRAMME.days[0]


def at(key, start, end, *, room=make.ROOM, session=make.SESSION, **fields):
    starts_at, ends_at = moment(f"2031-03-{start}"), moment(f"2031-03-{end}")
    return replace(
        make.OCCURRENCE, uuid=key, room=room, session=session, starts_at=starts_at, ends_at=ends_at, **fields
    )


def programme(*occurrences):
    ordered = sorted(occurrences, key=lambda occurrence: occurrence.starts_at)
    sessions = {occurrence.session.slug: occurrence.session for occurrence in ordered}
    return replace(make.PROGRAMME, occurrences=tuple(ordered), sessions=tuple(sessions.values()))


OTHER_TRACK = replace(make.TRACK, slug="tierra")
OTHER_SECTION = replace(make.SECTION, slug="noche")
OTHER = replace(
    make.SESSION,
    slug="velas",
    track=OTHER_TRACK,
    section=OTHER_SECTION,
    languages=("ca",),
    interpretation=("lsf",),
    registration="free",
)


def keys(occurrences):
    return [occurrence.uuid for occurrence in occurrences]


def test_the_timetable_knows_what_can_collide():
    rain = at("a", "30T10:00", "30T11:00", fallback_room=make.OTHER_ROOM, blocks_room=False)

    placed = day_plan.placing(rain)

    assert (placed.room, placed.fallback_room, placed.blocks_room) == ("muelle", "faro", False)
    assert placed.speakers == {"marta"}
    assert day_plan.placing(make.OCCURRENCE).fallback_room is None


def test_a_day_is_filtered():
    week = programme(
        at("a", "30T10:00", "30T11:00"), at("b", "30T12:00", "30T13:00", session=OTHER), at("c", "31T10:00", "31T11:00")
    )

    assert keys(day_plan.on_day(week, DAY.date)) == ["a", "b"]
    assert keys(day_plan.on_day(week, DAY.date, Filters(track="tierra"))) == ["b"]


def test_what_is_open_all_day_stands_above_the_rest():
    week = programme(
        at("show", "30T09:00", "31T19:00", kind="all_day"),
        at("b", "30T10:00", "30T11:00", room=make.OTHER_ROOM),
        at("a", "30T10:00", "30T12:00"),
        at("night", "31T01:00", "31T03:00"),
    )

    plan = day_plan.day_plan(week, DAY)

    assert keys(plan.strip) == ["show"]
    assert [(slot.row, keys(entry.occurrence for entry in slot.entries)) for slot in plan.slots] == [
        (1, ["a", "b"]),
        (11, ["night"]),
    ]
    assert [(head.room.slug, head.column, head.lanes) for head in plan.heads] == [("muelle", 1, 1), ("faro", 2, 1)]
    assert (plan.width, plan.count) == (2, 4)


def test_a_filter_is_offered_only_where_it_would_leave_something_out():
    alike = programme(at("a", "30T10:00", "30T11:00"))
    different = replace(
        programme(at("a", "30T10:00", "30T11:00"), at("b", "30T10:00", "30T11:00", session=OTHER)),
        tracks=(make.TRACK, OTHER_TRACK, replace(make.TRACK, slug="cielo")),
        sections=(make.SECTION, OTHER_SECTION),
    )

    assert day_plan.choices(alike, DAY) == day_plan.Choices((), (), (), (), registration=False)
    assert day_plan.choices(different, DAY) == day_plan.Choices(
        (make.TRACK, OTHER_TRACK), (make.SECTION, OTHER_SECTION), ("ca", "es"), ("lsf",), registration=True
    )


def test_neighbours_are_those_of_the_room_and_the_hour():
    mine = at("mine", "30T12:00", "30T13:00")
    week = programme(
        at("early", "30T09:00", "30T10:00"),
        at("before", "30T11:00", "30T12:00"),
        mine,
        at("after", "30T13:00", "30T14:00"),
        at("late", "30T15:00", "30T16:00"),
        at("same room", "30T12:30", "30T13:30"),
        at("beside", "30T12:30", "30T13:30", room=make.OTHER_ROOM),
        at("beside later", "30T13:00", "30T14:00", room=make.OTHER_ROOM),
        at("show", "30T09:00", "31T19:00", kind="all_day", room=make.OTHER_ROOM),
    )

    found = day_plan.surroundings(week, mine)

    assert (found.before.uuid, found.after.uuid, keys(found.parallel)) == (
        "before",
        "after",
        ["same room", "beside"],
    )


@pytest.mark.parametrize("kind", ["timed", "all_day"])
def test_who_is_alone_has_no_neighbours(kind):
    lonely = at("a", "30T10:00", "30T11:00", kind=kind)

    assert day_plan.surroundings(programme(lonely), lonely) == day_plan.Surroundings(None, None, ())


def test_rooms_now_are_those_with_something_within_three_hours():
    week = programme(
        at("now", "30T10:00", "30T11:00"),
        at("next", "30T13:00", "30T14:00"),
        at("cancelled", "30T10:00", "30T11:00", room=make.OTHER_ROOM, status="cancelled"),
        at("show", "30T09:00", "31T19:00", kind="all_day", room=make.OTHER_ROOM),
        at("far", "30T13:01", "30T14:00", room=make.OTHER_ROOM),
    )

    def rows(time):
        found = day_plan.now_and_next(week, moment(f"2031-03-30T{time}"))
        return [(row.room.slug, keys(row.now), keys(row.next)) for row in found]

    assert rows("10:00") == [("muelle", ["now"], ["next"])]
    assert rows("11:00") == [("muelle", [], ["next"]), ("faro", [], ["far"])]
    assert rows("14:00") == []


def test_chosen_sessions_show_their_next_occurrence_or_the_last():
    week = programme(
        at("first", "30T10:00", "30T11:00"),
        at("second", "31T10:00", "31T11:00"),
        at("other", "30T10:00", "30T11:00", session=OTHER),
    )

    def chosen(time, *slugs):
        return keys(day_plan.highlights(week, slugs, moment(f"2031-03-{time}")))

    assert chosen("30T10:30", "redes", "nada", "velas") == ["first", "other"]
    assert chosen("30T11:00", "velas", "redes") == ["other", "second"]
    assert chosen("31T12:00", "redes") == ["second"]


def test_without_a_choice_what_is_on_or_comes_next_is_shown():
    week = programme(
        at("over", "30T09:00", "30T10:00"),
        at("on", "30T09:30", "30T11:00"),
        at("cancelled", "30T11:00", "30T12:00", status="cancelled"),
        at("show", "30T09:00", "31T19:00", kind="all_day"),
        at("next", "30T12:00", "30T13:00"),
    )

    assert keys(day_plan.highlights(week, [], moment("2031-03-30T10:00"))) == ["on", "next"]
    assert keys(day_plan.highlights(week, [], moment("2031-03-30T10:00"), limit=1)) == ["on"]


def test_two_people_on_stage_are_both_found():
    second = replace(make.SPEAKER, slug="pau")
    session = replace(make.SESSION, billings=(Billing(make.SPEAKER, "speaker"), Billing(second, "host")))

    assert day_plan.placing(at("a", "30T10:00", "30T11:00", session=session)).speakers == {"marta", "pau"}


def test_the_day_of_a_party_is_the_one_on_which_it_began():
    party = at("party", "30T23:00", "31T04:00")

    assert keys(day_plan.on_day(programme(party), dt.date(2031, 3, 30))) == ["party"]
    assert day_plan.on_day(programme(party), dt.date(2031, 3, 31)) == []


def test_all_that_is_on_in_one_room_is_shown_and_all_that_starts_next():
    week = programme(
        at("talk", "30T10:00", "30T12:00"),
        at("left", "30T10:30", "30T11:30", blocks_room=False),
        at("right", "30T10:30", "30T11:30", blocks_room=False),
        at("soon", "30T12:00", "30T13:00"),
        at("too", "30T12:00", "30T12:30", blocks_room=False),
        at("later", "30T12:30", "30T13:00"),
    )

    row = day_plan.now_and_next(week, moment("2031-03-30T11:00"))[0]

    assert set(keys(row.now)) == {"talk", "left", "right"}
    assert set(keys(row.next)) == {"soon", "too"}


def test_nothing_of_may_is_next_in_march():
    week = programme(at("a", "30T10:00", "30T11:00"))

    assert day_plan.highlights(week, [], moment("2031-03-29T09:59")) == []
    assert keys(day_plan.highlights(week, [], moment("2031-03-29T10:00"))) == ["a"]


def tenses(time, *occurrences, day=DAY):
    plan = day_plan.day_plan(programme(*occurrences), day, now=moment(f"2031-03-{time}"))
    return {key: str(tense) for key, tense in plan.tenses.items()}, plan


MORNING = (
    at("over", "30T09:00", "30T10:00"),
    at("on", "30T09:30", "30T11:00", room=make.OTHER_ROOM),
    at("gone", "30T09:30", "30T11:00", status="cancelled"),
    at("next", "30T12:00", "30T13:00"),
    at("too", "30T12:00", "30T12:30", room=make.OTHER_ROOM),
    at("called off", "30T11:30", "30T12:00", status="cancelled"),
    at("later", "30T15:00", "30T16:00"),
)


def test_the_present_is_told_on_a_running_day():
    found, plan = tenses("30T10:00", *MORNING)

    assert found == {
        "over": "over",
        "on": "now",
        "gone": "later",
        "next": "next",
        "too": "next",
        "called off": "later",
        "later": "later",
    }
    assert plan.line_before == moment("2031-03-30T11:30")
    assert plan.now_row is not None
    assert not plan.is_over


def test_a_day_that_is_over_says_so_once_and_one_to_come_says_nothing():
    found, plan = tenses("30T16:00", *MORNING)
    assert plan.is_over
    assert plan.now_row is None
    assert set(found.values()) == {"over"}

    found, plan = tenses("28T10:00", *MORNING)
    assert set(found.values()) == {"later"}
    assert (plan.now_row, plan.line_before, plan.is_over) == (None, None, False)
    assert not day_plan.day_plan(programme(), DAY, now=moment("2031-03-30T10:00")).is_over


def test_the_line_stands_at_the_end_while_the_last_session_runs():
    _found, plan = tenses("30T15:30", *MORNING)

    assert plan.now_row is not None
    assert plan.line_before is None


def test_an_exhibition_follows_its_daily_hours_past_midnight():
    show = at("show", "29T19:00", "31T01:00", kind="all_day", daily_from=dt.time(19), daily_to=dt.time(1))
    week = programme(show)

    def on(time):
        return [keys(day_plan.open_today(week, DAY.date, moment(f"2031-03-{time}"))), tenses(time, show)[0]["show"]]

    assert on("30T12:00") == [["show"], "later"]
    assert on("30T19:00") == [["show"], "now"]
    assert on("31T00:30") == [["show"], "now"]
    assert on("31T01:00") == [[], "over"]
    assert day_plan.on_day(week, dt.date(2031, 3, 31)) == []


@pytest.mark.parametrize("closes", ["00:00", "09:30"])
def test_an_exhibition_is_not_counted_on_a_day_on_which_it_never_opens(closes):
    show = at("show", "29T10:00", f"31T{closes}", kind="all_day", daily_from=dt.time(10), daily_to=dt.time(19))
    week = programme(show)

    assert keys(day_plan.on_day(week, dt.date(2031, 3, 30))) == ["show"]
    assert day_plan.on_day(week, dt.date(2031, 3, 31)) == []


def test_an_exhibition_without_hours_is_on_from_its_start_to_its_end():
    show = at("show", "30T10:00", "30T19:00", kind="all_day")

    assert day_plan.open_on(show, DAY.date) == (show.starts_at, show.ends_at)
    assert tenses("30T18:59", show)[0] == {"show": "now"}
    assert tenses("30T19:00", show)[0] == {"show": "over"}


def test_what_is_cancelled_is_open_on_no_day():
    show = at("show", "30T10:00", "30T19:00", kind="all_day", status="cancelled")

    assert day_plan.open_today(programme(show), DAY.date, moment("2031-03-30T12:00")) == []
