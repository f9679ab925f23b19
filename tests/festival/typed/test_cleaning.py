"""What a text may hold: a table of what is typed and pasted, and properties of any text."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from festival.typed import cleaning

FAMILY = "👨\u200d👩\u200d👧"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
HEART_ON_FIRE = "❤\ufe0f\u200d🔥"

any_text = st.text(st.characters(codec=None, categories=None), max_size=40)
# Those that the rule knows, close together: what is taken out may bring the others side by side.
troublesome = st.text(
    st.sampled_from(
        "a1e\u0301بतक्ന\u200c\u200d\u200b\ufe0f\ufe0e\u20e3❤🔥🏴\U000e0067\U000e007f\U000e0101 \n\x85\u2028\xa0\x00\x0b"
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Anna\x00", "Anna"),
        ("Anna\x0bLee", "Anna Lee"),
        ("Anna\x1fLee", "Anna Lee"),
        ("Anna\x85Lee", "Anna Lee"),
        ("Anna\u2028Lee", "Anna Lee"),
        ("Anna\r\n Lee", "Anna Lee"),
        ("Anna\tLee\u3000Kim", "Anna Lee Kim"),
        ("A\x9fn\x7fn\x01a", "Anna"),
        ("\ud83cAnna\udfff", "Anna"),
        ("An\ufffena\U0001ffff\ufdd0", "Anna"),
        ("\u202eannA\u202c \u2066x\u2069\u200f", "annA x"),
        ("An\u200bna\u00ad\u2060\ufeff", "Anna"),
        ("Zoe\u0301", "Zoé"),
        ("e\u200c\u0301", "é"),
        ("  Anna   Lee ", "Anna Lee"),
        ("15\xa0h\u202f30", "15\xa0h\u202f30"),
        ("12 \xa0 €", "12\xa0€"),
        ("Anna\ufe0f", "Anna"),
        ("Anna\u200dLee", "AnnaLee"),
        ("Anna\U000e0041\U000e0042", "Anna"),
        ("🏴\U000e0067", "🏴"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f"),
    ],
)
def test_what_nobody_sees_is_taken_out(typed, kept):
    assert cleaning.line(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "O’Brien",
        "遥 南森",
        "박서연",
        "अनन्या शर्मा",
        "ሰላማዊት ተስፋዬ",
        "Zoé 🎪",
        "می\u200cخواهم",  # Persian: the joiner is spelling
        "श्री\u200dक्\u200d",  # a half letter
        "ന്\u200d",  # Malayalam, at the end of a word
        "葛\U000e0100城",  # the form of a family's name
        "ᠠ\u180b",  # Mongolian
        FAMILY,
        SCOTLAND,
        HEART_ON_FIRE,
        "1\ufe0f\u20e3",
        "🏃🏽\u200d♂\ufe0f",
        "©\ufe0e",
        "Gal·la",
        "«\xa0Oui\xa0»",
    ],
)
def test_what_writing_needs_stays(text):
    assert cleaning.legible(text) == cleaning.line(text) == cleaning.paragraphs(text) == text


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\u200d\u200c", "\u3164", "\u2800", "\x00\x01", "\ufe0f", "\u2800 \u2800", "\n\r\n"]
)
def test_what_draws_nothing_is_empty(text):
    assert cleaning.line(text) == cleaning.paragraphs(text) == ""
    assert cleaning.draws_nothing(cleaning.legible(text))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"),
        ("a  \t\n b", "a\n b"),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("\n\n a\tb \n", "a\tb"),
        ("a\x0bb", "a b"),
    ],
)
def test_lines_are_kept(typed, kept):
    assert cleaning.paragraphs(typed) == kept


def test_a_file_loses_what_its_format_forbids_and_nothing_else():
    assert cleaning.writable("a\x00\x0b\x7f\ufffe\ud800b\r\n\t \u200c\u202ee\u0301") == "ab\r\n\t \u200c\u202ee\u0301"


def test_legible_leaves_spaces_and_line_ends():
    assert cleaning.legible(" a\r\n\tb\u2028 ") == " a\r\n\tb\u2028 "
    assert cleaning.is_legible(" a\r\n\tb ")
    assert not cleaning.is_legible("a\x00")


@given(any_text | troublesome)
def test_cleaning_twice_changes_nothing(text):
    for clean in (cleaning.legible, cleaning.line, cleaning.paragraphs):
        assert clean(clean(text)) == clean(text)


@given(any_text | troublesome)
def test_what_is_left_can_be_stored_and_written(text):
    line, lines = cleaning.line(text), cleaning.paragraphs(text)

    for found in (line, lines):
        assert found == unicodedata.normalize("NFC", found)
        found.encode()
        assert found == found.strip()
        assert {unicodedata.category(c) for c in found if c not in "\n\t"} & {"Cc", "Cs"} == set()
        assert found == "" or not cleaning.draws_nothing(found)
    assert "  " not in line
    assert "\n" not in line
    assert "\r" not in lines


@given(st.text(st.characters(categories=["L", "Nd", "P"], exclude_characters="\u115f\u1160\u3164\uffa0"), min_size=1))
def test_letters_digits_and_signs_stay(text):
    assert cleaning.line(text) == unicodedata.normalize("NFC", text)
