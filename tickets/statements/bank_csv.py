"""Reads the CSV exports of banks, French ones first: `;`, `,` or tabs, `1 234,56`, headings somewhere at the top.

Columns are recognised by their headings, or named by whoever uploads the file. Plain Python.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tickets.statements.amounts import typed_cents, typed_date
from tickets.statements.entries import MOST_ENTRIES, Entry, Statement, whole_file

_SEARCHED = 40  # lines at the top in which the headings may stand
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b")

# Headings in letters without accents, by what they mean; the first that a file has is taken, for texts all of them.
_DATES = (
    "date de comptabilisation", "date comptable", "date d operation", "date de l operation", "date operation", "dateop",
    "date", "date d execution", "date ope", "booking date", "date booked", "buchungstag", "buchungsdatum",
    "settlement date utc", "settlement date local", "date de reglement", "date de valeur", "date valeur", "dateval",
    "value date", "datum", "boekdatum", "boekingsdatum", "fecha", "fecha operacion", "fecha de operacion",
    "fecha contable", "f operacion", "data", "data operacio", "data operazione", "data contabile", "data movimento",
)  # fmt: skip
_AMOUNTS = (
    "montant", "montant euros", "montant en euros", "montant eur", "montant de l operation", "montant operation",
    "amount", "amount eur", "betrag", "betrag eur", "total amount incl vat", "montant total ttc", "solde mouvement",
    "bedrag", "bedrag eur", "importe", "importe eur", "import", "import eur", "importo", "importo eur", "montante",
)  # fmt: skip
_CREDITS = ("credit", "credit euros", "credit eur", "credit en euros", "montant credit", "money in", "paid in", "haben",
            "haber", "abono", "abonos", "ingresos", "avere", "accrediti", "entrate", "credito")  # fmt: skip
_DEBITS = ("debit", "debit euros", "debit eur", "debit en euros", "montant debit", "money out", "paid out", "soll",
           "debe", "cargo", "cargos", "gastos", "dare", "addebiti", "uscite", "debito")  # fmt: skip
# Where amounts have no sign, a column says which way they went.
_WAYS = (
    "sens",
    "sens de l operation",
    "af bij",
    "soll haben",
    "debit credit",
    "credit debit",
    "credit debit indicator",
)
_CAME = frozenset({"c", "cr", "crdt", "credit", "h", "haben", "bij"})
_WENT = frozenset({"d", "db", "dr", "dbit", "debit", "s", "soll", "af"})
_TEXTS = (
    "libelle", "libelle operation", "libelle de l operation", "libelle simplifie", "libelle complet", "label", "detail",
    "details", "detail de l operation", "detail de l ecriture", "informations complementaires", "description",
    "reference", "references", "motif", "message", "communication", "comment", "commentaire", "verwendungszweck",
    "payment reference", "transaction description", "nature de l operation", "note",
    "omschrijving", "mededeling", "mededelingen", "concepto", "concepte", "descripcion", "descripcio", "observaciones",
    "causale", "descrizione", "descricao", "descritivo",
)  # fmt: skip
_NAMES = (
    "nom", "contrepartie", "nom de la contrepartie", "counterparty", "counterparty name", "emetteur", "donneur d ordre",
    "debiteur", "payer", "auftraggeber", "beguenstigter zahlungspflichtiger", "supplierfound", "tiers",
    "tegenpartij", "naam tegenpartij", "naam", "naam omschrijving", "ordenante", "ordenant", "ordinante",
)  # fmt: skip
_CURRENCIES = (
    "devise",
    "currency",
    "local amount currency",
    "waehrung",
    "wahrung",
    "monnaie",
    "moneda",
    "divisa",
    "valuta",
    "munt",
)
_IDS = (
    "id",
    "transaction id",
    "identifiant",
    "numero d operation",
    "id operation",
    "reference banque",
    "bank reference",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Headings that were named by hand; empty ones are recognised."""

    date: str = ""
    amount: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    """Where what stands: positions of columns, None where there is none."""

    date: int
    amount: int | None
    credit: int | None
    debit: int | None
    texts: tuple[int, ...]
    way: int | None
    name: int | None
    currency: int | None
    bank_id: int | None
    width: int


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8 with or without its mark, UTF-16 with its mark, else Windows' letters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read(text: str, chosen: Columns = Columns()) -> Statement:
    """Return the credits of a file, whose headings are recognised or `chosen`."""
    for delimiter in (";", "\t", ",", "|"):
        rows = list(_rows(text, delimiter))
        for place, (_line, cells) in enumerate(rows[:_SEARCHED]):
            if (table := _table(cells, chosen)) is not None:
                return _read_rows(rows[place + 1 :], table, _account(rows[:place]))
    headings = next((line for line in text.splitlines() if len(re.split(r"[;,\t|]", line)) > 2), "")
    return whole_file("no_headings", headings)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the numbers of their first lines; a quote that is never closed ends the file there."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        yield line, ["\x00"]


def _table(cells: Sequence[str], chosen: Columns) -> _Table | None:
    headings = [_plain(cell) for cell in cells]
    date = _first(headings, (_plain(chosen.date),) if chosen.date else _DATES)
    amount = _first(headings, (_plain(chosen.amount),) if chosen.amount else _AMOUNTS)
    credit = None if chosen.amount else _first(headings, _CREDITS)
    if date is None or (amount is None and credit is None):
        return None
    named = {
        "debit": _first(headings, _DEBITS),
        "way": _first(headings, _WAYS),
        "name": _first(headings, _NAMES),
        "currency": _first(headings, _CURRENCIES),
        "bank_id": _first(headings, _IDS),
    }
    wanted = (_plain(chosen.text),) if chosen.text else _TEXTS
    texts = [place for place, heading in enumerate(headings) if heading in wanted]
    if not texts and chosen.text:
        return None
    if not texts:  # better too much to read than no text at all
        known = {date, amount, credit, *named.values()}
        texts = [place for place, heading in enumerate(headings) if place not in known and heading not in _DATES]
    return _Table(
        date=date,
        amount=amount if credit is None else None,
        credit=credit,
        texts=tuple(texts),
        width=max(place for place in (date, amount, credit, named["way"]) if place is not None) + 1,
        **named,
    )


def _read_rows(rows: Sequence[tuple[int, list[str]]], table: _Table, account: str) -> Statement:
    statement = Statement()
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        _read_row(line, cells, table, account, statement)
        if len(statement.entries) > MOST_ENTRIES:
            statement.fault(line, "too_many")
            break
    return statement


def _read_row(line: int, cells: list[str], table: _Table, account: str, statement: Statement) -> None:
    shown = " ".join(cells)
    if cells == ["\x00"]:
        statement.fault(line, "broken_row")
        return
    if len(cells) < table.width:
        statement.fault(line, "short_row", shown)
        return
    try:
        cents = _cents(cells, table)
    except ValueError:
        statement.fault(line, "amount", shown)
        return
    if cents <= 0:
        statement.others += 1
        return
    try:
        booked_on = typed_date(cells[table.date])
    except ValueError:
        statement.fault(line, "date", shown)
        return
    statement.add(
        Entry(
            line=line,
            booked_on=booked_on,
            cents=cents,
            currency=_currency(_cell(cells, table.currency)),
            text=" ".join(dict.fromkeys(filter(None, (_cell(cells, place) for place in table.texts)))),
            counterparty=_cell(cells, table.name),
            bank_id=_cell(cells, table.bank_id),
            account=account,
        )
    )


def _cents(cells: list[str], table: _Table) -> int:
    """Return what the row moved, negative for a debit. Raises ValueError where no amount stands."""
    if table.amount is not None:
        return typed_cents(cells[table.amount]) * _way(cells, table)
    credit = _cell(cells, table.credit)
    if credit:
        return typed_cents(credit)
    return -abs(typed_cents(_cell(cells, table.debit)))


def _way(cells: list[str], table: _Table) -> int:
    """Return -1 for what went away by its own column, else 1. Raises ValueError for a word that says neither."""
    if table.way is None:
        return 1
    word = _plain(cells[table.way])
    if word not in _CAME | _WENT:
        raise ValueError(word)
    return -1 if word in _WENT and not cells[table.amount or 0].strip().startswith("-") else 1


def _currency(text: str) -> str:
    return text.upper() if re.fullmatch(r"[A-Za-z]{3}", text, re.ASCII) else ""


def _account(rows: Sequence[tuple[int, list[str]]]) -> str:
    """Return the IBAN that stands above the headings, if one does."""
    for _line, cells in rows:
        for cell in cells:
            if found := _ACCOUNT.search(cell.replace(" ", "")):
                return found[0]
    return ""


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _first(headings: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((headings.index(heading) for heading in wanted if heading in headings), None)


def _plain(heading: str) -> str:
    """Return a heading in small letters without accents, signs and marks: `Débit (€)` is `debit`."""
    letters = unicodedata.normalize("NFKD", heading.replace("ß", "ss")).casefold()
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", bare))
