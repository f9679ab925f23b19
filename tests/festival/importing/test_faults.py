"""Whatever a file holds, what is wrong has a place."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from festival.importing import faults
from festival.importing.faults import Fault, Faults


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


# What JSON can hold.
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(value=ANYTHING, reader=st.sampled_from([faults.moment, faults.day, faults.clock_time]))
def test_what_is_no_time_is_a_fault_at_its_place(value, reader):
    try:
        path = "days[2].opens" if isinstance(reader(value, "days[2].opens"), dt.date | dt.time) else "nothing was read"
    except Fault as fault:
        path = fault.path

    assert path == "days[2].opens"


def test_a_moment_without_a_zone_is_in_the_festivals(settings):
    settings.TIME_ZONE = "Atlantic/Canary"

    assert faults.moment("2031-03-30T10:00", "x") == dt.datetime(2031, 3, 30, 10, tzinfo=ZoneInfo("Atlantic/Canary"))
    assert faults.moment("2031-03-30T10:00+05:00", "x") == dt.datetime(2031, 3, 30, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("row", "path", "message"),
    [
        ({}, "rooms[1].slug", "is missing"),
        ({"slug": None}, "rooms[1].slug", "is missing"),
        ("Halle", "rooms[1]", "must be an object"),
    ],
)
def test_what_is_required_is_named(row, path, message):
    with pytest.raises(Fault) as caught:
        faults.required(row, "slug", "rooms[1]")

    assert (caught.value.path, caught.value.message) == (path, message)
    assert str(caught.value) == f"{path}: {message}"


@pytest.mark.parametrize(
    ("data", "path"), [({}, "file.rooms"), ({"rooms": {}}, "rooms"), ({"rooms": [{}, 7]}, "rooms[1]")]
)
def test_a_list_holds_objects(data, path):
    with pytest.raises(Fault) as caught:
        faults.rows(data, "rooms")

    assert caught.value.path == path


def test_rows_come_with_their_paths():
    assert faults.rows({"rooms": [{"a": 1}, {}]}, "rooms") == [("rooms[0]", {"a": 1}), ("rooms[1]", {})]


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (None, "rooms[0].name"),
        ("Halle", "rooms[0].name"),
        ({"fr": 7}, "rooms[0].name"),
        ({"fr": "Halle", "../": "Hall"}, "rooms[0].name.../"),
        ({"en": "Hall"}, "rooms[0].name.fr"),
        ({"fr": " "}, "rooms[0].name.fr"),
    ],
)
def test_a_text_needs_the_main_language(value, path):
    with pytest.raises(Fault) as caught:
        faults.translated({"name": value}, "name", "rooms[0]")

    assert caught.value.path == path


def test_an_optional_text_may_be_missing_or_in_any_language():
    assert faults.translated({}, "name", "x", optional=True) == {"name": {}}
    assert faults.translated({"name": {"ca": "Nau"}}, "name", "x", optional=True) == {"name": {"ca": "Nau"}}


def test_an_unknown_reference_is_told_what_is_known():
    assert faults.one_of({"nef": 1}, "nef", "x") == 1
    with pytest.raises(Fault, match=r"“cave” is not known; known are a, b, c, d, e, f, g, h, …"):
        faults.one_of(dict.fromkeys("ihgfedcba"), "cave", "sessions[3].room")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a\u202e\ud800\nb", "“a\\u202e\\ud800\\nb”"),
        ("x" * 500, f"“{'x' * 59}…"),
        (True, "true"),
        (None, "null"),
        ([1], "a list"),
        ({}, "an object"),
        (10**12, "1000000000000"),
    ],
)
def test_values_are_shown_short_and_printable(value, words):
    assert faults.shown(value) == words


def test_places_are_joined():
    assert faults.join("", "sessions", 12, "occurrences", 0, "start") == "sessions[12].occurrences[0].start"
    assert faults.join("a", "b c\n") == "a.“b c\\n”"


def test_many_faults_are_a_line_each():
    both = Faults([Fault("a", "is missing"), Fault("b[0]", "is 3")])

    assert str(both) == "a: is missing\nb[0]: is 3"
