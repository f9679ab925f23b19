"""Each kind of value: what it takes, what it makes of it, what it refuses."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st
from pydantic import TypeAdapter, ValidationError

from festival.importing import values as v

CONTEXT = v.Context({"rooms": {"nef", "etabli"}})
SLUG = Annotated[str, *v.short_name(12)]
LINE = Annotated[str, *v.line(10, required=True)]
TITLE = Annotated[v.Words, *v.texts(10, required=True)]
PROSE = Annotated[v.Words, *v.texts()]
ROOM = Annotated[str, *v.reference("rooms")]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def read(kind, value):
    return TypeAdapter(kind).validate_python(value, strict=True, context=CONTEXT)


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (SLUG, "a-b_c2", "a-b_c2"),
        (SLUG, "2027", "2027"),
        (LINE, "  a \t\n b ", "a b"),
        (LINE, "e\u0301", "é"),
        (LINE, "a\u202eb\u200bc\u2066d\x07", "abcd"),
        (LINE, "10\u00a0h", "10\u00a0h"),
        (LINE, "👩\u200d🌾", "👩\u200d🌾"),
        (TITLE, {"fr": "Un", "en": " "}, {"fr": "Un"}),
        (v.Website, "https://ex\u200bemple.fr", "https://exemple.fr"),
        (v.MailAddress, "Anna@Exemple.FR", "Anna@exemple.fr"),
        (v.MailAddress, "bonjour@fête.example", "bonjour@xn--fte-fma.example"),
        (PROSE, {"fr": "a \r\n\r\nb "}, {"fr": "a\n\nb"}),
        (PROSE, {"de": "Eins"}, {"de": "Eins"}),
        (v.Colour, "#f00", "#ff0000"),
        (v.Colour, "#B23A48", "#B23A48"),
        (v.Website, "https://exemple.org/é?a=1", "https://exemple.org/é?a=1"),
        (v.MailAddress, "a@example.org", "a@example.org"),
        (v.Code, "gluten_traces", "gluten_traces"),
        (v.Latitude, 48.123456, Decimal("48.12346")),
        (v.Places, 420, 420),
        (v.Closes, "24:00", dt.time(0)),
        (v.Day, "2028-02-29", dt.date(2028, 2, 29)),
        (ROOM, "nef", "nef"),
    ],
)
def test_what_is_taken(kind, value, kept):
    assert read(kind, value) == kept


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (SLUG, "Ouverture_Été", "“ouverture_et” would be one"),
        (SLUG, "音楽", "is no short name: a to z, 0 to 9 and hyphens between"),
        (SLUG, "", "is no short name"),
        (SLUG, "-a", "is no short name"),
        (SLUG, "a/b", "is no short name"),
        (SLUG, "a\n", "is no short name"),
        (SLUG, "a" * 13, "is too long: 12 characters at most; there are 13"),
        (LINE, " \u200b ", "must not be empty"),
        (LINE, "a" * 11, "is too long: 10 characters"),
        (LINE, "a\x00", "half of a pair, or NUL"),
        (LINE, "a\ud800", "half of a pair, or NUL"),
        (TITLE, {"en": "One"}, "every text needs the main language"),
        (TITLE, {"fr": "", "en": "One"}, "every text needs the main language"),
        (TITLE, {"fr": "a" * 11}, "is too long"),
        (TITLE, {"fr": "Un", "../": "x"}, "is not the code of a language"),
        (TITLE, "Un", "an object with a text for each language"),
        (TITLE, {"fr": 7}, "an object with a text for each language"),
        (v.Colour, "red", "is no colour"),
        (v.Colour, "#ff00", "is no colour"),
        (v.Website, "javascript:alert(1)", "begins with https:// or http://"),
        (v.Website, "data:text/html,x", "begins with https:// or http://"),
        (v.Website, "/relative", "begins with https:// or http://"),
        (v.Website, "ftp://exemple.org", "begins with https:// or http://"),
        (v.Website, "https://exemple.org/" + "a" * 200, "200 characters at most"),
        (v.Website, "https://exemple.org/\nx", "begins with https:// or http://"),
        (v.MailAddress, "a@", "is no mail address"),
        (v.Country, "fr", "one would be “FR”"),
        (v.Currency, "eur", "one would be “EUR”"),
        (v.Currency, "JPY", "counted in hundredths"),
        (v.Currency, "XQX", "counted in hundredths"),
        (v.Country, "FRA", "one would be “FR”"),
        (v.LanguageCode, "français", "one would be “fr”"),
        (v.Places, 0, "greater than or equal to 1"),
        (v.Places, -3, "greater than or equal to 1"),
        (v.Places, 10**12, "less than or equal to 1000000"),
        (v.Places, True, "valid integer"),
        (v.Places, "env. 420", "valid integer"),
        (v.Places, 12.5, "valid integer"),
        (v.Opens, "24:00", "the beginning of the next one is 00:00"),
        (ROOM, "neff", "“nef” may be meant; known are etabli, nef"),
        (ROOM, "cave", "is not known; known are etabli, nef"),
        (Annotated[str, *v.one_of(["calm", "loud"])], "quiet", "known are calm, loud"),
    ],
)
def test_what_is_refused(kind, value, words):
    with pytest.raises(ValidationError) as caught:
        read(kind, value)

    assert words in caught.value.errors()[0]["msg"]


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), is_single_line=st.booleans())
def test_cleaning_twice_is_cleaning_once(text, is_single_line):
    once = v.cleaned(text, is_single_line=is_single_line)

    assert v.cleaned(once, is_single_line=is_single_line) == once
    assert not is_single_line or "\n" not in once
