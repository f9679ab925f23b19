"""The format is seen from the file, and nothing in a file raises."""

import pytest
from hypothesis import given, strategies as st

from tests.hostile import VALUES
from tests.tickets.statements.files import BOURSO, CREDIT_AGRICOLE, ENGLISH, MT940, camt, camt_entry
from tickets.statements.entries import LARGEST
from tickets.statements.reading import read

CAMT = camt(camt_entry())


@pytest.mark.parametrize(
    ("data", "count"),
    [(CAMT, 1), (b"\xef\xbb\xbf" + CAMT, 1), (MT940.encode(), 2), (BOURSO, 1), (CREDIT_AGRICOLE, 1), (ENGLISH, 1)],
)
def test_every_format(data, count):
    statement = read(data)
    assert (len(statement.entries), statement.faults) == (count, [])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"x" * (LARGEST + 1), "too_large"),
        (b"%PDF-1.7\x00\x01", "not_text"),
        (b"\x89PNG\r\n\x1a\n\x00", "not_text"),
        (b"<html>", "xml_broken"),
        (b"hello", "no_headings"),
    ],
)
def test_what_is_no_statement(data, code):
    assert [fault.code for fault in read(data).faults] == [code]


@pytest.mark.parametrize("value", VALUES)
def test_hostile_values_in_every_format(value):
    raw = value.encode("utf-8", "replace")
    for data in (BOURSO.replace(b"VIR", raw), MT940.encode().replace(b"FRAIS", raw), CAMT.replace(b"K7M4QX2V", raw)):
        for entry in read(data).entries:
            assert entry.text.isprintable() or "\u200d" in entry.text


@given(st.binary(max_size=400))
def test_no_bytes_raise(data):
    read(data)
