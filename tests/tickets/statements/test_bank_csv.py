"""CSV exports of banks."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tests.tickets.statements.files import BOURSO, CREDIT_AGRICOLE, ENGLISH
from tickets.statements import bank_csv
from tickets.statements.bank_csv import Columns, decode, read


def codes(statement):
    return [(fault.line, fault.code) for fault in statement.faults]


def test_headings_below_other_lines_and_texts_over_several():
    statement = read(decode(CREDIT_AGRICOLE))

    assert (statement.faults, statement.others) == ([], 1)
    [entry] = statement.entries
    assert (entry.line, entry.cents, entry.booked_on) == (5, 5500, dt.date(2027, 5, 3))
    assert entry.text == "VIREMENT EN VOTRE FAVEUR MME MARIE EXEMPLE K7M4QX2V"


def test_marked_utf_8_and_one_column_of_amounts():
    [entry] = read(decode(BOURSO)).entries
    assert (entry.cents, entry.counterparty, entry.text) == (105500, "marie exemple", "VIR SEPA k7m4 qx2v")


def test_english():
    [entry] = read(decode(ENGLISH)).entries
    assert (entry.cents, entry.currency, entry.bank_id, entry.counterparty) == (105500, "EUR", "t-1", "Ann Example")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_delimiters(encoding, delimiter):
    rows = [["Date opération", "Libellé", "Montant (€)"], ["02/05/2027", "Hélène €", "12.50"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    [entry] = read(decode(text.encode(encoding))).entries
    assert (entry.cents, entry.text) == (1250, "Hélène €")


def test_an_iban_above_the_headings_is_the_account():
    text = "IBAN;FR76 3000 1007 9412 3456 7890 185\nDate;Libellé;Montant\n02/05/2027;A;5,00"
    assert read(text).entries[0].account == "FR7630001007941234567890185"
    assert read(text.replace("FR76", "n°")).entries[0].account == ""


def test_headings_named_by_hand():
    text = "Quand;Quoi;Combien\n02/05/2027;K7M4QX2V;5,00"
    assert codes(read(text)) == [(0, "no_headings")]
    assert read(text).faults[0].shown == "Quand;Quoi;Combien"
    [entry] = read(text, Columns(date="quand", amount="COMBIEN", text="Quoi")).entries
    assert (entry.cents, entry.text) == (500, "K7M4QX2V")


def test_a_heading_by_hand_that_is_not_there_is_asked_for_again():
    text = "Date;Libellé;Montant\n02/05/2027;K7M4QX2V;5,00"

    assert codes(read(text, Columns(text="Texte"))) == [(0, "no_headings")]


def test_texts_under_no_heading_that_we_know_are_read_all_the_same():
    [entry] = read("Date;Valeur le;Texto libre;Montant;Devise;Zusatz\n02/05/2027;;K7M4QX2V;5,00;EUR;bar").entries

    assert (entry.text, entry.currency) == ("K7M4QX2V bar", "EUR")


@pytest.mark.parametrize(
    "headings",
    ["Datum;Naam / Omschrijving;Mededelingen;Bedrag (EUR)", "Fecha;Ordenante;Concepto;Importe",
     "Data;Ordinante;Causale;Importo", "Data;Ordenant;Concepte;Import"],
)  # fmt: skip
def test_banks_of_the_neighbours(headings):
    [entry] = read(f"{headings}\n02-05-2027;Ann Example;K7M4QX2V;1.055,00").entries

    assert (entry.cents, entry.counterparty, entry.text) == (105500, "Ann Example", "K7M4QX2V")


@pytest.mark.parametrize(
    ("heading", "came", "went"),
    [("Sens", "C", "D"), ("Af Bij", "Bij", "Af"), ("Soll/Haben", "H", "S"), ("Debit/Credit", "CRDT", "dbit")],
)
def test_amounts_without_a_sign_beside_their_way(heading, came, went):
    rows = f"02/05/2027;A;5,00;{came}\n02/05/2027;B;6,00;{went}\n02/05/2027;C;-7,00;{went}\n02/05/2027;D;8,00;?"
    statement = read(f"Date;Libellé;Montant;{heading}\n{rows}")

    assert ([entry.text for entry in statement.entries], statement.others) == (["A"], 2)
    assert codes(statement) == [(5, "amount")]


def test_an_unknown_currency_is_none():
    assert read("Date;Montant;Devise\n02/05/2027;5,00;euros").entries[0].currency == ""


def test_all_faults_with_their_lines_and_the_good_lines_stay():
    text = (
        "Date;Libellé;Montant\n\n02/05/2027;A;5,00\nhier;B;5,00\n02/05/2027;C;beaucoup\n02/05/2027\n"
        '"03/05/2027";D;6,00\n;Total;11,00'
    )
    statement = read(text)
    assert codes(statement) == [(4, "date"), (5, "amount"), (6, "short_row"), (8, "date")]
    assert [entry.text for entry in statement.entries] == ["A", "D"]


def test_debits_need_an_amount_too():
    statement = read("Date;Débit;Crédit\n02/05/2027;-5,00;\n02/05/2027;5,00;\n02/05/2027;;")
    assert (statement.others, codes(statement)) == (2, [(4, "amount")])


def test_a_quote_that_is_never_closed():
    statement = read('Date;Libellé;Montant\n02/05/2027;A;5,00\n02/05/2027;"' + "x" * 200_000)
    assert codes(statement) == [(3, "broken_row")]
    assert len(statement.entries) == 1


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(bank_csv, "MOST_ENTRIES", 1)
    assert codes(read("Date;Montant\n" + "02/05/2027;5,00\n" * 3)) == [(3, "too_many")]


@given(st.binary(max_size=300))
def test_no_bytes_raise(data):
    read(decode(data))
    read(decode(b"Date;Montant\n" + data))
