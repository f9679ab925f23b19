"""MT940 as banks export it."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tests.tickets.statements.files import MT940
from tickets.statements import mt940
from tickets.statements.mt940 import looks_like, read


def codes(statement):
    return [fault.code for fault in statement.faults]


def message(*lines, opening=":60F:C270501EUR0,", closing=""):
    return "\n".join([":20:X", ":25:ACC", opening, *lines, closing])


def test_a_whole_message():
    assert looks_like(MT940)
    statement = read(MT940)

    assert (statement.faults, statement.others) == ([], 1)
    first, second = statement.entries
    assert (first.line, first.cents, first.currency, first.bank_id) == (5, 5500, "EUR", "B4711")
    assert (first.text, first.counterparty) == ("VIREMENT RECU K7M4 QX2V BILLETS", "MARIE EXEMPLE")
    assert (first.account, first.booked_on) == ("30001007941234567890185", dt.date(2027, 5, 2))
    assert (second.cents, second.bank_id, second.counterparty) == (500, "", "PAUL MARTIN")
    assert "B2C3D4F5" in second.text.replace(" ", "")
    assert "REF7" in second.text


@pytest.mark.parametrize(
    ("value", "booked", "day"),
    [
        ("270502", "0503", "2027-05-03"),
        ("270502", "", "2027-05-02"),
        ("270502", "    ", "2027-05-02"),
        ("261231", "0102", "2027-01-02"),
        ("270101", "1231", "2026-12-31"),
    ],
)
def test_the_day_of_booking(value, booked, day):
    [entry] = read(message(f":61:{value}{booked}C5,00NTRFNONREF", closing=":62F:C270503EUR5,00")).entries
    assert entry.booked_on.isoformat() == day


def test_reversals():
    lines = [":61:270502RC5,00NTRFNONREF", ":61:270502RD7,00NTRFNONREF"]
    statement = read(message(*lines, closing=":62F:C270503EUR2,00"))
    assert (statement.taken_back, [entry.is_return for entry in statement.entries]) == ([4], [True])
    assert statement.faults == []


def test_plain_texts_and_supplementary_lines():
    statement = read(message(":61:270502C5,00NTRFABC", "SUPPLEMENT", ":86:one", "two", closing=":62F:C270503EUR5,00"))
    assert statement.entries[0].text == "one two ABC SUPPLEMENT"


def test_the_text_of_the_whole_statement_is_of_no_entry():
    closing = ":62F:C270503EUR5,00\n:86:K7M4QX2V\n-}"
    [entry] = read(message(":61:270502C5,00NTRFABC", closing=closing)).entries
    assert entry.text == "ABC"


def test_several_statements_and_a_debit_balance():
    two = message(":61:270502C5,00NTRFA", opening=":60F:D270501EUR5,00", closing=":62F:D270502EUR0,00")
    statement = read(f"{{1:F01}}\n{two}\n-\n{two}")
    assert (len(statement.entries), statement.faults) == (2, [])


FAULTY = {
    "entry": [
        ":61:270502X5,00NTRFABC",
        ":61:27050C5,00NTRFABC",
        ":61:270231C5,00NTRFABC",
        ":61:270502C5,005NTRFABC",
        ":61:",
        ":61:270502C5.00NTRFABC",
    ],
}


@pytest.mark.parametrize("line", FAULTY["entry"])
def test_an_entry_that_cannot_be_read(line):
    statement = read(message(line, ":86:its text", ":61:270502C5,00NTRFABC", closing=":62F:C270503EUR5,00"))
    assert [(fault.code, fault.line) for fault in statement.faults] == [("entry", 4)]
    assert [entry.text for entry in statement.entries] == ["ABC"]


def test_an_entry_that_is_missing_shows_in_the_balance():
    assert codes(read(message(":61:270502C5,00NTRFA", closing=":62F:C270503EUR9,00"))) == ["balance_differs"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (message(closing=":62F:C27EUR9,00"), ["balance"]),
        (message(closing=":62F:C270502EUR9,999"), ["balance"]),
        (message(opening=":60F:C27EUR9,00"), ["balance"]),
        (message(opening=":60F:C270501EUR9,999"), ["balance"]),
        (message(), ["no_closing_balance"]),
        (message(closing=":60F:C270501EUR0,\n:62F:C270501EUR0,"), ["no_closing_balance"]),
        ("free words\n" + MT940, ["no_field"]),
        (":20:X\n" + "more\n" * 201, ["no_field", "no_field"]),
    ],
)
def test_what_is_wrong_around_entries(text, expected):
    assert codes(read(text)) == expected


def test_an_entry_of_nothing_is_none():
    assert read(message(":61:270502C0,00NTRFA", closing=":62F:C270501EUR0,")).others == 1


def test_too_many_entries(monkeypatch):
    monkeypatch.setattr(mt940, "MOST_ENTRIES", 1)
    lines = [":61:270502C5,00NTRFA"] * 3
    assert codes(read(message(*lines, closing=":62F:C270501EUR15,"))) == ["too_many"]


@given(st.text(max_size=200))
def test_no_text_raises(text):
    read(MT940.replace("FRAIS DE TENUE", text))
    read(":20:\n:25:\n:61:" + text)
    looks_like(text)
