"""Reads MT940, the customer statement message of SWIFT, as banks export it. Plain Python.

Of a message the fields count that SWIFT names :25: (account), :60F: (opening balance), :61: (entry), :86: (its text)
and :62F: (closing balance). The balances prove that no entry is missing.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from tickets.statements.amounts import exact_cents
from tickets.statements.entries import MOST_ENTRIES, Entry, Statement

_FIELD = re.compile(r":(\d{2}[A-Z]?):(.*)", re.ASCII)
_ENTRY = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4}|[ ]{4})?(?P<mark>R?[CD])(?P<funds>[A-Z])?(?P<amount>\d{1,15},\d{0,5})"
    r"(?P<kind>[A-Z][A-Z0-9]{3})(?P<reference>(?:(?!//).)*)(?://(?P<bank>.*))?",
    re.ASCII,
)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d{1,15},\d{0,5})", re.ASCII)
_SUBFIELD = re.compile(r"\?(\d{2})")
_NAMED = re.compile(r"/(NAME|REMI|EREF)/")
_LONGEST = 200  # lines of one field
_NO_REFERENCE = {"NONREF", "NOREF", ""}
_YEAR_TURNS = 6  # months between two dates of one entry that are in two years


@dataclass(slots=True)
class _Field:
    line: int
    tag: str
    lines: list[str]


@dataclass(slots=True)
class _Message:
    """What is known of the statement that is being read."""

    account: str = ""
    currency: str = ""
    expected: int | None = None  # cents that the closing balance must show
    waiting: dict[str, object] = field(default_factory=dict)


def looks_like(text: str) -> bool:
    """Whether a file begins as an MT940 does."""
    return bool(re.search(r"^:20:", text[:2000], re.MULTILINE)) and ":25" in text[:4000]


def read(text: str) -> Statement:
    """Return the credits of all statements in a file."""
    statement, message = Statement(), _Message()
    for each in _fields(text, statement):
        if each.tag != "86":
            _close_entry(message, statement)
        _take(each, message, statement)
        if len(statement.entries) > MOST_ENTRIES:
            statement.fault(each.line, "too_many")
            return statement
    _close_entry(message, statement)
    if message.expected is not None:
        statement.fault(0, "no_closing_balance")
    return statement


def _fields(text: str, statement: Statement) -> list[_Field]:
    """Return the fields of the file; a line without a tag continues the field before it."""
    fields: list[_Field] = []
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.rstrip()
        if found := _FIELD.match(bare):
            fields.append(_Field(number, found[1], [found[2]]))
        elif not bare or bare == "-" or bare.startswith(("{", "-}")):
            continue
        elif fields and len(fields[-1].lines) < _LONGEST:
            fields[-1].lines.append(bare)
        else:
            statement.fault(number, "no_field", bare)
    return fields


def _take(each: _Field, message: _Message, statement: Statement) -> None:
    first = each.lines[0]
    if each.tag == "25":
        message.account = first
    elif each.tag in {"60F", "60M"}:
        _open(each, message, statement)
    elif each.tag == "61":
        _begin_entry(each, message, statement)
    elif each.tag == "86" and message.waiting:
        message.waiting["text"] = each.lines
    elif each.tag in {"62F", "62M"}:
        _check_balance(each, message, statement)


def _open(each: _Field, message: _Message, statement: Statement) -> None:
    if message.expected is not None:
        statement.fault(each.line, "no_closing_balance")
    message.expected = None
    if not (found := _BALANCE.fullmatch(each.lines[0])):
        statement.fault(each.line, "balance", each.lines[0])
        return
    message.currency = found[3]
    try:
        message.expected = exact_cents(found[4], ",") * (1 if found[1] == "C" else -1)
    except ValueError:
        statement.fault(each.line, "balance", each.lines[0])


def _begin_entry(each: _Field, message: _Message, statement: Statement) -> None:
    found = _ENTRY.fullmatch(each.lines[0])
    try:
        cents = exact_cents(found["amount"], ",") if found else 0
        booked_on = _booked(found["value"], found["booked"]) if found else None
    except ValueError:
        found = None
    if not found or booked_on is None:
        statement.fault(each.line, "entry", each.lines[0])
        message.expected = None  # what is missing is told already
        return
    is_credit = found["mark"] in {"C", "RD"}
    if message.expected is not None:
        message.expected += cents if is_credit else -cents
    if found["mark"] == "RC":
        statement.taken_back.append(each.line)
    if not is_credit or not cents:
        statement.others += 1
        return
    own = (found["bank"] or "").strip()
    message.waiting = {
        "line": each.line,
        "booked_on": booked_on,
        "cents": cents,
        "bank_id": "" if own.upper() in _NO_REFERENCE else own,
        "is_return": found["mark"] == "RD",
        "reference": found["reference"].strip(),
        "more": each.lines[1:],
        "text": [],
    }


def _booked(value: str, booked: str | None) -> date:
    """Return the day of booking: its month and day stand there, its year is that of the day of value, or beside it."""
    value_date = date(2000 + int(value[:2]), int(value[2:4]), int(value[4:]))
    if not booked or not booked.strip():
        return value_date
    month, day = int(booked[:2]), int(booked[2:])
    apart = month - value_date.month
    year = value_date.year + (1 if apart < -_YEAR_TURNS else -1 if apart > _YEAR_TURNS else 0)
    return date(year, month, day)


def _close_entry(message: _Message, statement: Statement) -> None:
    """Keep the entry that was being read; what follows it is no text of it."""
    entry, message.waiting = message.waiting, {}
    if not entry:
        return
    reference, lines, more = entry.pop("reference"), entry.pop("text"), entry.pop("more")
    text, counterparty = _described(lines)  # type: ignore[arg-type]
    extra = [part for part in (reference, *more) if str(part).upper() not in _NO_REFERENCE]  # type: ignore[misc]
    known = " ".join(map(str, (text, *extra))).strip()
    statement.add(
        Entry(text=known, counterparty=counterparty, currency=message.currency, account=message.account, **entry)  # type: ignore[arg-type]
    )


def _described(lines: list[str]) -> tuple[str, str]:
    """Return text and payer of field 86: with subfields (?20, ?32), with words (/NAME/, /REMI/), or plain lines."""
    joined = "".join(lines)
    if _SUBFIELD.search(joined):
        parts = _SUBFIELD.split(joined)
        fields = list(zip(parts[1::2], parts[2::2], strict=True))
        text = " ".join(value for key, value in fields if "20" <= key <= "29" or "60" <= key <= "63" or key == "00")
        return text, "".join(value for key, value in fields if key in {"32", "33"})
    if _NAMED.search(joined):
        parts = _NAMED.split(joined)
        named = dict(zip(parts[1::2], parts[2::2], strict=True))
        return " ".join(parts[2::2]), named.get("NAME", "").strip("/ ")
    return " ".join(lines), ""


def _check_balance(each: _Field, message: _Message, statement: Statement) -> None:
    found, expected = _BALANCE.fullmatch(each.lines[0]), message.expected
    message.expected = None
    try:
        closing = exact_cents(found[4], ",") * (1 if found[1] == "C" else -1) if found else None
    except ValueError:
        closing = None
    if closing is None:
        statement.fault(each.line, "balance", each.lines[0])
    elif expected is not None and closing != expected:
        statement.fault(each.line, "balance_differs", each.lines[0])
