"""The small rules: sorting, filters, sheet, revision, calendar events."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from festival.text import colours
from festival.text.collation import sort_key
from program.feeds import events as calendar_events
from program.feeds.events import Words
from program.published import filters
from program.published.codec import canonical, parse
from program.published.filters import Filters
from program.published.week import Text
from program.release import grid_sheet
from program.release.revision import revise

WORDS = Words("ANNULÉ", "Séance retirée")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Østervang Ingrid", "O'Dravane Aoife", "Ouattara"], ["O'Dravane Aoife", "Østervang Ingrid", "Ouattara"]),
        (["N’Guessan-Roy", "Ngo", "Nadal"], ["Nadal", "Ngo", "N’Guessan-Roy"]),
        (["Wiśniałek", "Wijngaart", "Élan", "Eda"], ["Eda", "Élan", "Wijngaart", "Wiśniałek"]),
        (["Jónas Hallvarðsson", "Jonas Haller"], ["Jonas Haller", "Jónas Hallvarðsson"]),
    ],
)
def test_names_sort_as_in_a_french_index(names, expected):
    assert sorted(names, key=sort_key) == expected


def test_straight_and_curly_apostrophes_sort_alike():
    assert sort_key("O'Dravane") == sort_key("O’Dravane")


def test_text_falls_back_and_says_in_which_language_it_is():
    assert (Text("Bonjour", "").read("en"), Text("Bonjour", "").language("en")) == ("Bonjour", "fr")
    assert (Text("Bonjour", "Hello").read("en"), Text("Bonjour", "Hello").language("en")) == ("Hello", "en")
    assert not Text()


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


@given(st.text("0123456789abcdef", min_size=6, max_size=6))
def test_track_colours_stand_out_from_both_grounds(digits):
    for ground in (grid_sheet.LIGHT_GROUND, grid_sheet.DARK_GROUND):
        assert colours.contrast(colours.readable(f"#{digits}", ground), ground) >= colours.TEXT_CONTRAST


def test_sheet_has_every_position_once_and_nothing_else():
    sheet = grid_sheet.grid_sheet(rows=2, columns=1, tracks={"soin": "#2F6B4F"})

    assert sheet == (
        "@layer parts{.t-soin{--track:light-dark(#2f6b4f,#42966e)}@media (width >= 60rem){"
        ".r-1{grid-row-start:2}.d-1{grid-row-end:span 1}.r-2{grid-row-start:3}.d-2{grid-row-end:span 2}"
        ".c-1{grid-column-start:2}.w-1{grid-column-end:span 1}.cols-1{--cols:1}}}\n"
    )


def row(uuid="u1", **fields):
    plain = {
        "number": 1,
        "session": "s",
        "starts_at": "t1",
        "ends_at": "t2",
        "room": "nef",
        "status": "confirmed",
        "kind": "timed",
    }
    rest = {"daily_from": None, "daily_to": None, "places": "", "sequence": 0, "revised_at": None}
    return {"uuid": uuid} | plain | rest | fields


def snapshot(rows, sessions=({"slug": "s", "title": "T"},), withdrawn=()):
    return {"occurrences": list(rows), "sessions": list(sessions), "withdrawn": list(withdrawn)}


def test_first_release_keeps_sequence_zero_and_dates_everything():
    revised, withdrawn = revise([row()], [{"slug": "s"}], None, now="now")

    assert (revised[0]["sequence"], revised[0]["revised_at"], withdrawn) == (0, "now", [])


@pytest.mark.parametrize(
    "change", [{"starts_at": "t9"}, {"ends_at": "t9"}, {"room": "etabli"}, {"status": "cancelled"}]
)
def test_change_of_time_place_or_status_raises_the_sequence(change):
    before = snapshot([row(revised_at="old")])

    revised, _ = revise([row(revised_at="old", **change)], before["sessions"], before, now="now")

    assert (revised[0]["sequence"], revised[0]["revised_at"]) == (1, "now")


def test_new_words_are_dated_but_do_not_raise_the_sequence():
    before = snapshot([row(revised_at="old")])

    revised, _ = revise([row(revised_at="old")], [{"slug": "s", "title": "Other"}], before, now="now")

    assert (revised[0]["sequence"], revised[0]["revised_at"]) == (0, "now")


def test_without_change_everything_stays():
    before = snapshot([row(sequence=3, revised_at="old")])

    revised, _ = revise([row(sequence=3, revised_at="old")], before["sessions"], before, now="now")

    assert (revised[0]["sequence"], revised[0]["revised_at"]) == (3, "old")


def test_what_disappears_is_withdrawn_and_stays_so_until_it_returns():
    first = snapshot([row(sequence=1, revised_at="old")])

    _, withdrawn = revise([], [], first, now="gone")
    second = snapshot([], withdrawn=withdrawn)
    _, still = revise([], [], second, now="later")
    back, none = revise([row(sequence=2)], [{"slug": "s"}], second, now="back")

    assert withdrawn == [
        {"uuid": "u1", "number": 1, "starts_at": "t1", "ends_at": "t2", "sequence": 2, "revised_at": "gone"}
    ]
    assert still == withdrawn
    assert (back[0]["sequence"], back[0]["revised_at"], none) == (3, "back", [])


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5) | st.none(), max_size=5))
def test_canonical_json_does_not_depend_on_the_order_of_keys(data):
    assert canonical(data) == canonical(dict(reversed(data.items())))


def test_titles_in_calendars_carry_no_control_characters():
    assert calendar_events.clean("a\x0bb\x00c\nd\té") == "abc\nd\té"


def test_an_exhibition_is_one_event_per_day_with_uids_of_its_own(demo):
    public, _ = parse(demo.snapshot)
    exhibition = public.occurrences_by_session["expo-placards"][0]

    events = calendar_events.events_of(exhibition, url="", description="", language="fr", words=WORDS)
    again = calendar_events.events_of(exhibition, url="", description="", language="en", words=WORDS)

    assert [(e.start.day, e.start.hour, e.end.hour) for e in events] == [
        (1, 10, 19),
        (2, 10, 19),
        (3, 10, 19),
        (4, 10, 19),
    ]
    assert len({e.uid for e in events}) == 4
    assert [e.uid for e in again] == [e.uid for e in events]


def test_a_night_is_one_event_until_the_next_morning(demo):
    public, _ = parse(demo.snapshot)
    party = public.occurrences_by_session["nuit-des-communs"][0]

    (event,) = calendar_events.events_of(party, url="", description="", language="fr", words=WORDS)

    assert event.uid == party.uuid
    assert event.end - event.start == dt.timedelta(hours=6)
