import datetime as dt
from dataclasses import replace

import pytest

from program.published.snapshot import Billing, Portrait, PortraitFile, Unlisted
from tests.factories import published as make


def test_a_programme_tells_what_it_is_of():
    programme = make.PROGRAMME

    assert (programme.version, programme.time_zone, programme.day_starts_at) == ("1", "Atlantic/Canary", dt.time(5))


def test_things_are_found_by_their_short_names():
    again = replace(make.OCCURRENCE, uuid="2", starts_at=make.moment("2031-03-31T10:00"))
    second = replace(make.SPEAKER, slug="pau")
    session = replace(make.SESSION, billings=(Billing(make.SPEAKER, "speaker"), Billing(second, "host")))
    occurrences = (replace(make.OCCURRENCE, session=session), replace(again, session=session))
    programme = replace(make.PROGRAMME, sessions=(session,), speakers=(make.SPEAKER, second), occurrences=occurrences)

    assert programme.session_by_slug == {"redes": session}
    assert programme.speaker_by_slug == {"marta": make.SPEAKER, "pau": second}
    assert programme.occurrences_by_session == {"redes": occurrences}
    assert programme.occurrences_by_speaker == {"marta": occurrences, "pau": occurrences}


def test_the_festival_is_closed_on_other_days():
    assert make.PROGRAMME.day(dt.date(2031, 3, 30)) is make.PROGRAMME.days[0]
    assert make.PROGRAMME.day(dt.date(2031, 4, 1)) is None


@pytest.mark.parametrize(
    ("fields", "all_day", "cancelled"),
    [({}, False, False), ({"kind": "all_day"}, True, False), ({"status": "cancelled"}, False, True)],
)
def test_an_occurrence_says_what_it_is(fields, all_day, cancelled):
    occurrence = replace(make.OCCURRENCE, **fields)

    assert (occurrence.is_all_day, occurrence.is_cancelled) == (all_day, cancelled)


def test_nothing_is_unlisted_unless_it_is_said():
    assert Unlisted() == Unlisted(tags=(), speakers=(), sessions=(), occurrences=())


@pytest.mark.parametrize(("sort_name", "initial"), [("Ondiz Marta", "O"), ("Élan", "E"), ("", "#")])
def test_lists_show_a_name_under_its_letter_without_accents(sort_name, initial):
    assert replace(make.SPEAKER, sort_name=sort_name).initial == initial


def test_a_portrait_has_its_smallest_file_and_all_its_sizes():
    files = (PortraitFile("/a.webp", 160, 160), PortraitFile("/b.webp", 320, 320))
    portrait = Portrait("", "", files)

    assert portrait.smallest is files[0]
    assert portrait.sizes == "/a.webp 160w, /b.webp 320w"


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Zoé Martin", "ZM"), ("Ana de la Cruz", "AC"), ("Zoé", "Z"), ("« Lou »", "L"), ("Lou (42) Petit", "LP")],
)
def test_initials_stand_where_there_is_no_portrait(name, initials):
    assert replace(make.SPEAKER, name=name).initials == initials
