"""Reads tables to count: `juror,entry,category,score`, or `ballot,entry,grade|rank`, as spreadsheets save them.

Columns are known by their names, in any order and in any case; others are left aside. Between columns stands a comma, a
semicolon or a tab; with the latter two a decimal comma is understood too.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from awards.counting.ballots import Ballot
from awards.counting.cards import Card, Cards
from awards.exceptions.counting import MalformedTable

MOST_FAULTS = 5  # said at once
MOST_DIGITS = 12  # of a number
_NUMBER = re.compile(rf"[+-]?\d{{1,{MOST_DIGITS}}}(?:\.\d{{1,{MOST_DIGITS}}})?")
_SEPARATORS = ",;\t"

type Said = Literal["score", "grade", "rank", "approved"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is read: what its last column says, and the lines. `voter` is the juror or the ballot."""

    said: Said
    lines: tuple["Line", ...]

    def cards(self) -> Cards:
        """Return the lines as cards."""
        return Cards(tuple(Card(line.voter, line.entry, line.category, line.value) for line in self.lines))

    def ballots(self) -> dict[str, list[Ballot]]:
        """Return the ballots of each category; a ballot says what it says there."""
        found: dict[str, dict[str, dict[str, Fraction]]] = {}
        for line in self.lines:
            found.setdefault(line.category, {}).setdefault(line.voter, {})[line.entry] = line.value
        return {
            category: [Ballot(voter, values) for voter, values in sorted(own.items())]
            for category, own in sorted(found.items())
        }


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    voter: str
    entry: str
    category: str
    value: Fraction


@dataclass
class _Reader:
    """What is known while lines are read."""

    said: Said
    has_decimal_commas: bool
    lines: list[Line] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    categories: dict[str, tuple[str, int]] = field(default_factory=dict)


def read_table(content: bytes) -> Table:
    """Return the table of a CSV file. Raises MalformedTable with the faults, each with its line."""
    header, rows = _parsed(content)
    columns = {name.strip().casefold(): place for place, name in reversed(list(enumerate(header)))}
    who = next((name for name in ("juror", "ballot") if name in columns), None)
    said = next((name for name in ("score", "grade", "rank", "approved") if name in columns), None)
    if who is None or "entry" not in columns or (who == "juror" and said is None):
        wanted = "juror,entry,category,score or ballot,entry,grade or ballot,entry,rank"
        raise MalformedTable([f"line 1: these are not the columns {wanted}"])
    reader = _Reader(said or "approved", _separator(content) != ",")
    places = {"voter": columns[who], "entry": columns["entry"]}
    places |= {"category": columns["category"]} if "category" in columns else {}
    places |= {"value": columns[said]} if said else {}
    for number, row in rows:
        if any(cell.strip() for cell in row):
            _read(
                reader, number, {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
            )
    if reader.faults:
        more = len(reader.faults) - MOST_FAULTS
        raise MalformedTable(reader.faults[:MOST_FAULTS] + ([f"and {more} more"] if more > 0 else []))
    if not reader.lines:
        raise MalformedTable(["line 2: there is nothing to count below the names of the columns"])
    return Table(reader.said, tuple(reader.lines))


def looks_like_table(content: bytes) -> bool:
    """Return whether a file is rather a table than JSON."""
    return not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def _parsed(content: bytes) -> tuple[Sequence[str], Iterator[tuple[int, Sequence[str]]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise MalformedTable([f"line {line}: this is not UTF-8; save the table as CSV UTF-8"]) from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(content), strict=True)
    rows = _numbered(reader)
    _, header = next(rows, (1, []))
    return header, rows


def _numbered(reader: Any) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield rows with the line on which each begins."""
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise MalformedTable([f"line {begins}: this is not CSV ({error})"]) from error
        if row is None:
            return
        yield begins, row


def _separator(content: bytes) -> str:
    header = content.split(b"\n", 1)[0].decode("utf-8", "replace")
    return max(_SEPARATORS, key=header.count)


def _read(reader: _Reader, number: int, cells: Mapping[str, str]) -> None:
    """Take a line, or say what is wrong with it."""
    voter, entry, category = cells["voter"], cells["entry"], cells.get("category", "")
    fault = _fault_of_names(reader, number, voter, entry, category)
    value, wrong = _value(reader, cells["value"]) if "value" in cells else (Fraction(1), "")
    if fault or wrong:
        reader.faults.append(f"line {number}: {fault or wrong}")
        return
    reader.seen[voter, entry] = number
    reader.categories.setdefault(entry, (category, number))
    reader.lines.append(Line(voter, entry, category, value))


def _fault_of_names(reader: _Reader, number: int, voter: str, entry: str, category: str) -> str:
    if not voter or not entry:
        return "it names nobody, or nothing to judge"
    if before := reader.seen.get((voter, entry)):
        return f"{voter!r} has judged {entry!r} in line {before} already"
    known, line = reader.categories.get(entry, (category, number))
    if known != category:
        return f"{entry!r} is in {category!r} here and in {known!r} in line {line}"
    return ""


def _value(reader: _Reader, text: str) -> tuple[Fraction, str]:
    plain = text.replace(",", ".") if reader.has_decimal_commas else text
    if not _NUMBER.fullmatch(plain):
        return Fraction(), f"{text!r} is no number" if text else f"the {reader.said} is missing"
    value = Fraction(plain)
    if reader.said == "score":
        return value, ""
    if value.denominator != 1:
        return value, f"{text!r} is no whole number, as a {reader.said} is"
    if reader.said == "rank" and value < 1:
        return value, f"{text!r} is no rank: 1 is the best"
    return value, ""
