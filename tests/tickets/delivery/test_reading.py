"""What readers make of our codes; `readings.json` is tried by the phone's rule too (`scan-code.test.ts`)."""

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tickets.delivery import reading, tokens

READINGS = json.loads((Path(__file__).parent / "readings.json").read_text())


@pytest.mark.parametrize("row", READINGS, ids=[row["why"] for row in READINGS])
def test_readings(row):
    read = reading.read(row["text"])

    if row["kind"] == "token":
        assert tokens.parse(row["code"]) in read.tokens
    elif row["kind"] == "short":
        assert (read.tokens, row["code"] in read.short_codes) == ((), True)
    else:
        assert read == reading.Reading()


@given(text=st.text(max_size=5000) | st.text(alphabet=tokens.ALPHABET, max_size=2000))
def test_no_text_breaks_it(text):
    read = reading.read(text)

    assert len(read.tokens) <= 12
    assert len(read.short_codes) <= 12


@given(text=st.text(max_size=200))
def test_plain_text_is_left_alone(text):
    assert reading.plain(reading.plain(text)) == reading.plain(text)


def test_a_long_text_is_read_as_far_as_a_square_goes():
    assert reading.plain("A" * 10_000) == "A" * reading.LONGEST


def test_halves_of_characters_and_what_is_invisible_go():
    assert reading.plain("7K\ud8003F\u200b-9Q\u202e2M\x00") == "7K3F-9Q2M "


def test_a_long_run_that_is_no_token_is_nothing():
    assert reading.read("A" * reading.LONGEST) == reading.Reading()
    assert reading.read("!" + "A" * reading.LONGEST + "!") == reading.Reading()
