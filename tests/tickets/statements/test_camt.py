"""CAMT.053 in all its versions, and what strangers put into XML."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tests.tickets.statements.files import camt, camt_entry
from tickets.statements import camt as reader
from tickets.statements.camt import read
from tickets.statements.entries import Fault

VERSIONS = ["02", "03", "04", "05", "06", "07", "08", "09", "13"]


def codes(statement):
    return [fault.code for fault in statement.faults]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version(version):
    statement = read(camt(camt_entry(version=version), version=version, balances=("10.00", "65.00")))

    assert statement.faults == []
    [entry] = statement.entries
    assert (entry.cents, entry.currency, entry.text, entry.counterparty) == (5500, "EUR", "K7M4QX2V", "Marie Exemple")
    assert (entry.booked_on, entry.bank_id, entry.account) == (dt.date(2027, 5, 2), "B1", "FR7630001007941234567890185")
    assert entry.line == 4


def test_blanks_before_the_declaration():
    assert len(read(b"\r\n  " + camt(camt_entry())).entries) == 1


def test_only_what_is_booked_as_credit_counts():
    statement = read(
        camt(camt_entry(), camt_entry("10.00", mark="DBIT"), camt_entry(status="PDNG"), balances=("0", "45"))
    )
    assert (len(statement.entries), statement.others, statement.faults) == (1, 2, [])


def test_what_the_bank_takes_back_is_told_and_what_comes_back_is_no_payment():
    statement = read(camt(camt_entry(reversal=True), camt_entry("9.00", mark="DBIT", reversal=True)))
    assert [entry.is_return for entry in statement.entries] == [True]
    assert statement.taken_back == [5]


def transaction(amount, text, mark="", own=""):
    mark = f"<CdtDbtInd>{mark}</CdtDbtInd>" if mark else ""
    own = f"<Refs><AcctSvcrRef>{own}</AcctSvcrRef></Refs>" if own else ""
    amount = f"<AmtDtls><TxAmt><Amt Ccy='EUR'>{amount}</Amt></TxAmt></AmtDtls>" if amount else ""
    return f"<TxDtls>{own}{amount}{mark}<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"


def test_a_collected_entry_is_as_many_payments():
    details = transaction("20.00", "AAA", own="x") + transaction("35.00", "BBB", "CRDT", own="y")
    entries = read(camt(camt_entry(details=details))).entries
    assert [(entry.cents, entry.text, entry.bank_id) for entry in entries] == [
        (2000, "AAA", "B1/x"),
        (3500, "BBB", "B1/y"),
    ]


@pytest.mark.parametrize(
    "details",
    [
        transaction("20.00", "AAA") + transaction("30.00", "BBB"),
        transaction("", "AAA") + transaction("55.00", "BBB"),
        transaction("75.00", "AAA") + transaction("20.00", "BBB", "DBIT"),
    ],
)
def test_a_collected_entry_whose_parts_do_not_agree_stays_one(details):
    [entry] = read(camt(camt_entry(details=details))).entries
    assert (entry.cents, entry.text) == (5500, "AAA BBB")


def test_other_references_and_texts_are_kept():
    details = (
        "<TxDtls><Refs><EndToEndId>E2E-9</EndToEndId></Refs><RmtInf><Ustrd>K7M4</Ustrd><Ustrd>QX2V</Ustrd><Strd><CdtrRefInf>"
        "<Ref>RF18K7</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"
    )
    [entry] = read(camt(camt_entry(details=details))).entries
    assert entry.text == "K7M4 QX2V RF18K7 E2E-9"


def test_an_entry_without_details_and_reference():
    entry = "<Ntry><Amt Ccy='EUR'>1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><ValDt><DtTm>2027-05-02T10:00:00</DtTm></ValDt>"
    [found] = read(camt(entry + "<AddtlNtryInf>K7M4QX2V</AddtlNtryInf></Ntry>")).entries
    assert (found.text, found.bank_id, found.counterparty) == ("K7M4QX2V", "", "")


@pytest.mark.parametrize(
    "broken", [{"amount": "12.345"}, {"amount": ""}, {"mark": "X"}, {"day": "2027-02-30"}, {"currency": "€"}]
)
def test_an_entry_that_cannot_be_read_is_told_with_its_line_and_the_others_stay(broken):
    statement = read(camt(camt_entry(), camt_entry(**broken), camt_entry(), balances=("0", "1")))
    assert (len(statement.entries), codes(statement), statement.faults[0].line) == (2, ["entry"], 5)


def test_an_entry_that_is_missing_shows_in_the_balance():
    assert codes(read(camt(camt_entry(), balances=("0.00", "60.00")))) == ["balance_differs"]
    assert codes(read(camt(camt_entry(), balances=("0.00", "much")))) == []


HOSTILE = {
    "xml_forbidden": [
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
        b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16"),
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x y='&b;'/>",
    ],
    "xml_broken": [
        b"<",
        b"<a><b></a>",
        b"<?xml version='1.0' encoding='nothing'?><a/>",
        b"<a>\x00</a>",
        b"<a>\xff\xfe</a>",
        b"<a>&b;</a>",
    ],
    "xml_too_deep": [b"<a>" * 100_000],
    "not_a_statement": [
        b"<html/>",
        b"<Document/>",
        b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'/>",
        b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'><a><Stmt/></a></Document>",
    ],
}


@pytest.mark.parametrize(("code", "data"), [(code, data) for code, files in HOSTILE.items() for data in files])
def test_hostile_files(code, data):
    assert reader.looks_like(data)
    assert codes(read(data)) == [code]


def test_where_the_file_breaks():
    assert read(b"<a>\n<b>\n</a>").faults == [Fault(3, "xml_broken")]


def test_too_many_entries(monkeypatch):
    monkeypatch.setattr(reader, "MOST_ENTRIES", 1)
    assert codes(read(camt(camt_entry(), camt_entry()))) == ["too_many"]


@given(st.binary(max_size=300))
def test_no_bytes_raise(data):
    read(b"<" + data)
    read(camt(camt_entry(text="X")).replace(b"X", data))
