import datetime as dt
from dataclasses import fields, is_dataclass, replace

import pytest

from program.feeds import events, views
from program.published.openings import openings
from program.published.snapshot import Withdrawn
from program.published.texts import Text
from program.release.revision import revise
from tests.factories import published as sample

OLD, NOW = sample.RELEASED, sample.moment("2031-02-09T12:00")
BEFORE = replace(sample.OCCURRENCE, sequence=3, revised_at=OLD)
EXHIBITION = "0b7b3f0e-0000-4000-8000-000000000009"


def told(occurrence):
    return occurrence.sequence, occurrence.revised_at


def test_first_release_keeps_what_the_database_has():
    revised, withdrawn = revise([sample.OCCURRENCE], (), (), now=NOW)

    assert (revised, withdrawn) == ((sample.OCCURRENCE,), ())


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": sample.moment("2031-03-30T10:15")},
        {"ends_at": sample.moment("2031-03-30T12:00")},
        {"room": sample.OTHER_ROOM},
        {"status": "cancelled"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_change_of_time_place_or_status_raises_the_sequence(change):
    revised, _ = revise([replace(BEFORE, **change)], [BEFORE], (), now=NOW)

    assert told(revised[0]) == (4, NOW)


@pytest.mark.parametrize(
    "change",
    [{"room_note": sample.text(es="Al fondo")}, {"session": replace(sample.SESSION, title=sample.text(es="Otra"))}],
    ids=["note", "title"],
)
def test_new_words_are_dated_but_do_not_raise_the_sequence(change):
    revised, _ = revise([replace(BEFORE, **change)], [BEFORE], (), now=NOW)

    assert told(revised[0]) == (3, NOW)


def test_without_change_everything_stays():
    revised, _ = revise([replace(BEFORE, sequence=1, revised_at=NOW)], [BEFORE], (), now=NOW)

    assert told(revised[0]) == (3, OLD)


@pytest.mark.parametrize(
    "renamed",
    [
        {"name": sample.text(es="El muelle")},
        {"venue": replace(sample.ROOM.venue, address="Calle Nueva 3")},
        {"venue": replace(sample.ROOM.venue, latitude=28.1, longitude=-15.4)},
    ],
    ids=["room", "address", "position"],
)
def test_a_new_name_is_dated_but_not_a_change_of_place(renamed):
    revised, _ = revise([replace(BEFORE, room=replace(sample.ROOM, **renamed))], [BEFORE], (), now=NOW)

    assert told(revised[0]) == (3, NOW)


def test_what_calendars_do_not_say_is_no_change():
    larger = replace(sample.ROOM, capacity_seated=900)

    revised, _ = revise([replace(BEFORE, room=larger)], [BEFORE], (), now=NOW)

    assert told(revised[0]) == (3, OLD)


def variants(value):
    """Yield (name, value) with one leaf of a tree of dataclasses changed at a time."""
    if is_dataclass(value) and not isinstance(value, Text):
        for field in fields(value):
            for name, other in variants(getattr(value, field.name)):
                yield (
                    f"{type(value).__name__}.{field.name}".replace("..", ".") + name,
                    replace(value, **{field.name: other}),
                )
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        yield "less", value[1:]
        yield from ((name, (other, *value[1:])) for name, other in variants(value[0]))
    elif (other := another(value)) is not None:
        yield "", other


def another(value):
    kinds = {
        Text: lambda: sample.text(es="Otra"), bool: lambda: not value, str: lambda: "otra", int: lambda: value + 1,
        float: lambda: value + 1, dt.datetime: lambda: value + dt.timedelta(minutes=5),
        dt.time: lambda: value.replace(minute=59), tuple: lambda: (*value, "fr"),
    }  # fmt: skip
    return next((make() for kind, make in kinds.items() if isinstance(value, kind)), None)


def test_whatever_a_calendar_shows_is_dated():
    """Leaf by leaf of all that hangs on an occurrence: what changes its event is a revision."""
    words = events.Words("es", "CANCELADO", "Retirada")
    shown, untold = set(), set()

    def printed(occurrence):
        text = views.description_of(occurrence, "es", f"https://example.org/{occurrence.session.slug}/")
        found = events.events_of(occurrence, url="", description=text, words=words)
        return [replace(event, sequence=0, stamp=NOW) for event in found]

    for name, changed in variants(BEFORE):
        if name != "Occurrence.uuid" and printed(changed) != printed(BEFORE):
            shown.add(name)
            revised, _ = revise([changed], [BEFORE], (), now=NOW)
            untold |= set() if told(revised[0])[1] == NOW else {name}

    assert untold == set()
    assert any(name.endswith("Speaker.name") for name in shown)
    assert len(shown) > 12


def test_what_disappears_is_withdrawn_and_stays_so_until_it_returns():
    _, withdrawn = revise((), [BEFORE], (), now=NOW)
    _, still = revise((), (), withdrawn, now=sample.moment("2031-02-10T12:00"))
    back, none = revise([replace(BEFORE, sequence=2)], (), withdrawn, now=NOW)

    assert withdrawn == (Withdrawn(BEFORE.uuid, 1, BEFORE.starts_at, BEFORE.ends_at, 4, NOW),)
    assert still == withdrawn
    assert (told(back[0]), none) == ((5, NOW), ())


def every_day(first="2031-03-28T10:00", last="2031-03-31T00:00", **changes):
    hours = {"kind": "all_day", "daily_from": dt.time(10), "daily_to": dt.time(19)}
    return replace(
        BEFORE, uuid=EXHIBITION, starts_at=sample.moment(first), ends_at=sample.moment(last), **hours, **changes
    )


def test_each_day_of_an_exhibition_is_withdrawn_by_itself():
    before = every_day()

    _, withdrawn = revise((), [before], (), now=NOW)

    assert [one.uuid for one in withdrawn] == [opening.uid for opening in openings(before)]
    assert {(one.number, one.sequence) for one in withdrawn} == {(1, 4)}
    assert [(one.starts_at.day, one.ends_at.hour) for one in withdrawn] == [(28, 19), (29, 19), (30, 19)]


def test_the_last_day_of_an_exhibition_that_closes_earlier_is_withdrawn_until_it_is_open_again():
    before, shorter = every_day(), every_day(last="2031-03-30T00:00")
    later = sample.moment("2031-02-11T12:00")

    (revised,), (lost,) = revise([shorter], [before], (), now=NOW)
    (longer,), none = revise([every_day(sequence=4)], [revised], (lost,), now=later)

    assert lost.uuid == openings(before)[-1].uid
    assert lost.sequence == revised.sequence == 4
    assert (told(longer), none) == ((5, later), ())
