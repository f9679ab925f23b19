import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from program.published import filters
from program.published.filters import Filters
from tests.factories.published import OCCURRENCE, SESSION


def test_filters_read_and_write_the_same_query():
    wanted = filters.from_query({"track": "soin", "language": "en", "unknown": "x", "access": ""})

    assert wanted == Filters(track="soin", language="en")
    assert wanted.query() == "?track=soin&language=en"
    assert Filters().query() == ""


def test_a_filter_is_taken_off_by_its_own_link():
    on = Filters().toggled("track", "soin")

    assert on.toggled("track", "soin") == Filters()
    assert on.toggled("track", "vie") == Filters(track="vie")


@pytest.mark.parametrize(
    ("interpretation", "marks", "understood"),
    [
        ((), set(), {"fr"}),
        (("lsf",), {"lsf"}, {"fr"}),
        (("captions-en", "audio-description"), {"captions"}, {"fr", "en"}),
        (("fr-en",), {"interpreted"}, {"fr", "en"}),
    ],
)
def test_marks_of_interpretation(interpretation, marks, understood):
    assert filters.marks(interpretation) == marks
    assert filters.understood(("fr",), interpretation) == understood


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ({"track": "mar"}, "tierra"),
        ({"section": "feria"}, "noche"),
        ({"room": "muelle"}, "faro"),
        ({"speaker": "marta"}, "pau"),
        ({"language": "es"}, "ca"),
        ({"access": "lsf"}, "captions"),
        ({"registration": "yes"}, "no"),
    ],
)
def test_each_filter_lets_through_what_it_names(wanted, other):
    occurrence = replace(OCCURRENCE, session=replace(SESSION, interpretation=("lsf",), registration="free"))

    assert Filters().matches(occurrence)
    assert Filters(**wanted).matches(occurrence)
    assert not Filters(**dict.fromkeys(wanted, other)).matches(occurrence)


def test_filters_are_true_when_one_is_set():
    assert not Filters()
    assert Filters(registration="no")


def test_a_value_is_known_when_the_programme_has_it():
    signed = replace(SESSION, interpretation=("lsf",))
    speakers = tuple(billing.speaker for billing in SESSION.billings)
    programme = SimpleNamespace(sessions=(signed,), occurrences=(OCCURRENCE,), speakers=speakers)
    known = Filters(track=SESSION.track.slug, room=OCCURRENCE.room.slug, access="lsf", registration="no")

    assert known.is_known(programme)
    assert Filters().is_known(programme)
    assert not Filters(track="invented").is_known(programme)
    assert not Filters(language="xx").is_known(programme)
    assert (len(Filters()), len(known)) == (0, 4)


def test_the_query_of_a_calendar_names_filters_day_and_language():
    day = dt.date(2031, 3, 30)

    assert filters.calendar_query(Filters(), language="ca") == "?lang=ca"
    assert filters.calendar_query(Filters(), language="ca", day=day) == "?day=2031-03-30&lang=ca"
    assert filters.calendar_query(Filters(track="mar"), language="es") == "?track=mar&lang=es"


def test_filters_that_are_on_are_counted():
    assert Filters().count == 0
    assert Filters(track="soin", language="en").count == 2
