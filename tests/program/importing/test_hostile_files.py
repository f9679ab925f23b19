"""Files with hostile values at any place: faults with places, or an import that is released and shown.

More of them by hand: `HOSTILE=3000 .venv/bin/python -m pytest tests/program/importing/test_hostile_files.py -n 0`.
"""

import copy
import json
import os
import re
from contextlib import suppress

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, event, given, settings as hypothesis_settings, strategies as st

from festival.core import writing
from festival.importing import reading
from festival.importing.faults import Faults
from festival.models import Edition
from festival.time import clock
from program.importing.programme import import_programme
from program.published import queries
from tests.factories.importing import FILE, another_session, put
from tests.factories.program import paris

NOW = paris("2031-01-01T10:00")
pytestmark = pytest.mark.week
EXAMPLES = int(os.environ.get("HOSTILE", "60"))
NO_BREAK = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")
WHOLE = copy.deepcopy(FILE) | {
    "sessions": [
        FILE["sessions"][0] | {"capacity": 12, "languages": ["fr"], "interpretation": ["lsf"], "audience": "12+"},
        another_session(
            "expo", 8, all_day=True, daily_opening={"from": "18:00", "to": "01:00"}, end="2031-03-31T01:00"
        ),
        another_session("annule", 9, status="cancelled", cancelled_at="2031-01-20T10:00", visibility="unlisted"),
        another_session("bouge", 10, moved={"at": "2031-01-20T10:00", "from_room": "etabli"}, blocks_room=False),
    ],
    "exhibitors": [{"id": "a1", "name": "A", "stand": "1", "track": "partager", "days": ["2031-03-30"]}],
    "partners": [{"id": "coop", "name": "Coop", "level": "main", "website": "https://a.example.org"}],
    "bookshelf": [
        {"id": "livre", "title": "T", "author": "A", "year": 2025, "language": "fr", "sessions": ["reparer"]}
    ],
    "posts": [{"id": "p", "published": "2030-11-08T09:00", "title": {"fr": "Un"}}],
}  # fmt: skip
WORDS = """
Ouverture_Été - _ a/b ../.. <script> {{7*7}} %s%d%(x)s {x} % 音楽 =1+1 javascript:alert(1) https://a.example.org/é
http://[::1]/ https://a #f00 #FFFFFF red 24:00 00:00 23:59:59 25:00 2031-03-30T02:30 2031-10-26T02:30 2031-03-30T24:00
2031-03-29T14:00Z 2031-03-29T14:00+14:00 2031-03-31 2031-03-29 2031-02-29 9999-12-31T23:59 0001-01-01T00:00 all 0+ 99+
fr zz x-klingon fr-en captions- lsf nef markt reparer published draft private unlisted cancelled
""".split()  # noqa: SIM905 -- shorter to read than fifty quoted words
ODD = [
    "",
    " ",
    "a" * 121,
    "é" * 301,
    "x" * 5000,
    "\u202egnp",
    "a\u200bb",
    "e\u0301",
    "\x0b",
    "a\nb",
    "👩\u200d🌾",
    "\ud800",
]
OTHERS = [None, True, False, 0, -1, 1, 10**12, 12.5, 1e300, [], {}, [None], {"fr": "x"}, {"en": "x"}, {"fr": ""}]
HOSTILE = st.one_of(
    st.sampled_from([*WORDS, *ODD, *OTHERS]), st.text(max_size=8), st.integers(), st.floats(allow_nan=False)
)


MOMENTS = ["2031-03-29T00:00", "2031-03-29 10:00:00", "2031-03-29T24:00", "2031-03-30T03:00+02:00", "2031-03-30T01:59"]
MOMENTS += ["2031-03-31T04:59:59", "2031-03-29T23:59Z", "2031-10-26T02:30", "2031-03-30T12:00-09:30"]
PLAUSIBLE = {
    "moment": st.sampled_from(MOMENTS),
    "clock": st.sampled_from(["00:00", "24:00", "23:59:59", "01:00", "12:00", "05:00"]),
    "colour": st.sampled_from(["#f00", "#FFFFFF", "#000", "#aBcDeF"]),
    "name": st.sampled_from(["0", "a_b", "x--1", "nef", "etabli", "con", "2031", "index", "a" * 50]),
    "words": st.text(max_size=40) | st.sampled_from(ODD) | st.sampled_from(WORDS),
    "count": st.sampled_from([1, 2, 7, 999_999, 60, 1440]),
}


def plausible(value):
    """Return values of the kind of `value`, many of which an import takes."""
    if isinstance(value, bool):
        return st.booleans()
    if isinstance(value, int):
        return PLAUSIBLE["count"]
    if isinstance(value, list):
        return st.sampled_from([[], value[:1], value[::-1], value + value])
    if isinstance(value, dict):
        return st.sampled_from([{}, {key: value[key] for key in list(value)[:1]}, value | {"de": "Eins"}, None])
    kinds = {r"\d{4}-\d\d-\d\dT.*": "moment", r"\d\d:\d\d.*": "clock", "#.*": "colour", r"[a-z][a-z0-9_-]*": "name"}
    kind = next((kinds[one] for one in kinds if re.fullmatch(one, str(value))), "words")
    return PLAUSIBLE[kind] | PLAUSIBLE["words"]


def at(data, place):
    """Return the value at a place of a file."""
    for key in place:
        data = data[key]
    return data


def places(value, path=()):
    """Return the place of every value in a file, also of objects and lists."""
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        found += places(below, (*path, key))
    return found


PLACES = places(WHOLE)


@st.composite
def files(draw):
    data = copy.deepcopy(WHOLE)
    for _mutation in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(PLACES))
        value = draw(HOSTILE if draw(st.integers(0, 3)) == 0 else plausible(at(WHOLE, place)))
        with suppress(KeyError, IndexError, TypeError):  # what stood there was replaced before
            put(data, place, copy.deepcopy(value))
    return json.dumps(data, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


def shown(client):
    """Ask for everything that a release shows; returns the answers that are not 200, by address."""
    release = queries.current_release(clock.now())
    if release is None:  # its oldest news is dated later
        return {}
    programme = release.programme
    addresses = ["/schedule.json", "/schedule.ics", "/sitemap.xml"]
    for language in ("fr", "en"):
        with translation.override(language):
            addresses += [reverse("program-home"), reverse("program-speakers"), reverse("program-live")]
            addresses += [reverse("program-day", args=[day.date]) for day in programme.days]
            addresses += [reverse("program-session", args=[slug]) for slug in release.with_unlisted.session_by_slug]
            addresses += [reverse("program-speaker", args=[speaker.slug]) for speaker in programme.speakers]
    for slug in release.with_unlisted.session_by_slug:
        addresses.append(reverse("program-session-calendar", args=[slug]))
    answers = {address: client.get(address).status_code for address in addresses}
    return {address: status for address, status in answers.items() if status != 200}


@pytest.fixture
def clean_slate(db, settings):
    """It is the first afternoon of the week, and nothing is asked of a cache that another example filled."""
    settings.FESTIVAL_CLOCK = "2031-03-29T14:30"
    writing.forget_generation()


def test_the_file_itself_is_imported_and_shown(client, clean_slate):
    import_programme(copy.deepcopy(WHOLE), now=NOW)

    assert shown(client) == {}


@given(content=files())
@hypothesis_settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_hostile_file_is_faults_with_places_or_is_shown(client, clean_slate, content):
    faults, status = (), {}
    with transaction.atomic():
        try:
            import_programme(reading.parse(content), now=NOW)
        except Faults as refused:
            faults = refused.faults
        else:
            event("imported")
            status = shown(client)
        if faults:
            assert not Edition.objects.exists()
        else:
            assert not import_programme(reading.parse(content), now=NOW).changes
        transaction.set_rollback(True)
    writing.forget_generation()

    assert status == {}
    assert all(fault.path and NO_BREAK.sub(" ", fault.message).isprintable() for fault in faults)
