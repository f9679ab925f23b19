"""What is kept of an entry, and what tells one from all others."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, strategies as st

from tickets.statements.entries import ID, NAME, SHOWN, TEXT, Entry, Fault, Statement, fingerprints, whole_file

ONE = Entry(1, dt.date(2027, 5, 2), 5500, "EUR", "K7M4QX2V", "Marie Exemple")


def test_the_same_entry_has_the_same_fingerprint_wherever_it_stands():
    assert fingerprints([ONE]) == fingerprints(
        [replace(ONE, line=9, text="K7M4\nQX2V", counterparty=" Marie  Exemple")]
    )


def test_two_payments_that_are_alike_are_two():
    assert len(set(fingerprints([ONE, ONE, ONE]))) == 3


def test_overlapping_files_agree_on_what_they_share():
    other = replace(ONE, booked_on=dt.date(2027, 5, 3))
    first, second = fingerprints([ONE, ONE, other]), fingerprints([other, replace(other, cents=1)])
    assert set(first) & set(second) == {first[2]}


@given(st.lists(st.sampled_from([ONE, replace(ONE, cents=1), replace(ONE, bank_id="x"), replace(ONE, account="y")])))
def test_as_many_fingerprints_as_entries(entries):
    assert len(set(fingerprints(entries))) == len(entries)


def test_texts_can_be_shown_and_stored():
    statement = Statement()
    statement.add(
        replace(ONE, text="a\x00b\r\n" + "x" * 9999, counterparty="n" * 999, bank_id="i" * 999, account="\u202ea")
    )
    kept = statement.entries[0]
    assert (len(kept.text), len(kept.counterparty), len(kept.bank_id), kept.account) == (TEXT, NAME, ID, "a")
    assert "\x00" not in kept.text


def test_faults_repeat_the_beginning_of_a_line():
    statement = Statement()
    statement.fault(3, "entry", "x\x00" * 500)
    assert len(statement.faults[0].shown) == SHOWN
    assert whole_file("empty").faults == [Fault(0, "empty")]
