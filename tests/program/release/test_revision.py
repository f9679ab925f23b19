from dataclasses import replace

import pytest

from program.published.snapshot import Withdrawn
from program.release.revision import revise
from tests.factories import published as sample

OLD, NOW = sample.RELEASED, sample.moment("2031-02-09T12:00")
BEFORE = replace(sample.OCCURRENCE, sequence=3, revised_at=OLD)


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


def test_a_new_name_of_the_room_is_not_a_change_of_place():
    renamed = replace(sample.ROOM, name=sample.text(es="El muelle"))

    revised, _ = revise([replace(BEFORE, room=renamed)], [BEFORE], (), now=NOW)

    assert told(revised[0]) == (3, OLD)


def test_what_disappears_is_withdrawn_and_stays_so_until_it_returns():
    _, withdrawn = revise((), [BEFORE], (), now=NOW)
    _, still = revise((), (), withdrawn, now=sample.moment("2031-02-10T12:00"))
    back, none = revise([replace(BEFORE, sequence=2)], (), withdrawn, now=NOW)

    assert withdrawn == (Withdrawn(BEFORE.uuid, 1, BEFORE.starts_at, BEFORE.ends_at, 4, NOW),)
    assert still == withdrawn
    assert (told(back[0]), none) == ((5, NOW), ())
