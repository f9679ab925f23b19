"""Codes in words, whatever languages the festival speaks, and when something is on."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import override

from program import wording
from program.published.codec import parse
from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory, paris, released
from tests.factories.published import OCCURRENCE, SESSION, moment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "code", "words"),
    [
        ("fr", "ca", "en catalan"),
        ("fr", "fr", "en français"),
        ("fr", "en", "en anglais"),
        ("en", "ca", "in Catalan"),
        ("en", "pt-br", "in Brazilian Portuguese"),
        ("en", "fr", "in French"),
        ("en", "xx", "in XX"),
    ],
)
def test_any_language_has_a_name(language, code, words):
    with translation.override(language):
        assert wording.in_language(code) == words


@pytest.mark.parametrize(
    ("language", "spoken", "mark"),
    [("fr", ("ca",), "en catalan"), ("ca", ("ca",), ""), ("fr", ("fr",), ""), ("en", ("fr", "ca"), "FR + CA")],
)
def test_the_mark_of_what_is_spoken(language, spoken, mark):
    with translation.override("en" if language == "ca" else language):
        assert wording.spoken(replace(SESSION, languages=spoken), language) == mark


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("lsf", "French Sign Language (LSF)"),
        ("bsl", "Sign language (BSL)"),
        ("captions-ca", "Captions in Catalan"),
        ("captions", "Captions"),
        ("ca-es", "Interpreted (Catalan to Spanish)"),
        ("fr-en", "Interpreted (French to English)"),
        ("audio-description", "Audio description"),
    ],
)
def test_what_helps_to_follow_is_named(code, words):
    with translation.override("en"):
        assert wording.interpretation(code) == words


def test_a_sign_language_is_called_as_its_people_call_it():
    with translation.override("en"):
        assert [wording.short_mark(mark) for mark in wording.in_order({"captions", "lsf", "interpreted", "bsl"})] == [
            "BSL", "LSF", "captions", "interpreted",
        ]  # fmt: skip


THREE_DAYS = "from Sunday 2 May to Tuesday 4 May, every day from 10:00 to 19:00"
ALL_DAY = {"kind": "all_day", "daily_from": dt.time(10), "daily_to": dt.time(19)}


@pytest.mark.parametrize(
    ("start", "end", "fields", "said"),
    [
        ("2027-05-02T14:00", "2027-05-02T15:00", {}, "Sunday 2 May, 14:00–15:00"),
        ("2027-05-02T22:00", "2027-05-03T00:00", {}, "Sunday 2 May, 22:00–0:00"),
        ("2027-05-02T22:00", "2027-05-03T04:00", {}, "from Sunday 2 May at 22:00 to Monday 3 May at 4:00"),
        ("2027-05-02T10:00", "2027-05-04T19:00", ALL_DAY, THREE_DAYS),
        ("2027-05-02T10:00", "2027-05-05T00:00", ALL_DAY, THREE_DAYS),
        ("2027-05-02T10:00", "2027-05-03T00:00", ALL_DAY, "Sunday 2 May, 10:00–19:00"),
    ],
)  # fmt: skip
def test_ends_are_exclusive(start, end, fields, said):
    OccurrenceFactory(starts_at=paris(start), ends_at=paris(end), **fields)
    DayFactory()
    public, _unlisted = parse(released().snapshot)

    with override("en"):
        assert strip_tags(wording.when(public.occurrences[0])).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("end", "opens", "closes", "last"),
    [
        ("2031-04-04T19:00", "10:00", "19:00", "vendredi 4\xa0avril"),
        ("2031-04-05T00:00", "10:00", "19:00", "vendredi 4\xa0avril"),
        ("2031-04-05T00:00", "19:00", "00:00", "vendredi 4\xa0avril"),
        ("2031-04-05T01:00", "19:00", "01:00", "vendredi 4\xa0avril"),
        ("2031-04-05T12:00", "10:00", "19:00", "samedi 5\xa0avril"),
    ],
)
def test_an_exhibition_ends_on_the_day_on_which_it_is_open_last(end, opens, closes, last):
    show = replace(
        OCCURRENCE,
        kind="all_day",
        starts_at=moment("2031-04-01T10:00"),
        ends_at=moment(end),
        daily_from=dt.time.fromisoformat(opens),
        daily_to=dt.time.fromisoformat(closes),
    )

    sentence = strip_tags(wording.when(show))

    assert f"mardi 1er\xa0avril au {last}" in sentence


def test_times_are_never_divided():
    assert wording.hours(OCCURRENCE).startswith('<span class="nb">')
