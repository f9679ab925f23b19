"""The one writer of spreadsheets: every export of the site, as CSV or as a workbook.

What people typed must not become a formula in any program that reads the file (OWASP, CSV injection; CWE-1236): not at
the start of a cell, and not behind a comma in a file that is read with commas though it was written with semicolons,
or the other way round. Dates, times, numbers and amounts stay what they are, in the festival's time zone.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from festival.text.languages import main_language
from festival.text.typography import local
from festival.typed import cleaning

CSV = "text/csv; charset=utf-8"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What begins a formula, in the narrow and the wide forms that programs fold together (NFKC).
_STARTS = "=+@\\-\uff1d\uff0b\uff20\uff0d\ufe66\ufe62\ufe6b\ufe63\u207c\u207a\u207b\u208c\u208a\u208b"
# At the start, or behind what some reader takes for the end of a cell.
_FORMULA = re.compile(rf"(^|[;,\t\n|\"])(\s*)(?=[{_STARTS}])")
_BLANK_START = re.compile(r"^(?=[\t\n])")
_LINE_ENDS = re.compile(r"\r\n?")

type Row = Sequence[object]


def guarded(text: str) -> str:
    """Return the text with an apostrophe wherever a spreadsheet would begin a formula, without what XML forbids."""
    return _BLANK_START.sub("'", _FORMULA.sub(r"\1\2'", _LINE_ENDS.sub("\n", cleaning.legible(text))))


def amount(cents: int | None) -> Decimal | None:
    """Return an amount of cents as it is read: `12.50`."""
    return None if cents is None else Decimal(cents) / 100


def csv_lines(heading: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a CSV file that opens rightly in a spreadsheet of the active language.

    A byte order mark, because Excel needs it; where decimals have a comma, cells are parted by semicolons.
    """
    comma = _decimal_comma()
    yield "\N{ZERO WIDTH NO-BREAK SPACE}"
    yield _csv_line(heading, comma)
    for row in rows:
        yield _csv_line(row, comma)


def workbook(heading: Row, rows: Iterable[Row]) -> bytes:
    """Return an XLSX file with one sheet, its heading kept in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in (heading, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _csv_line(row: Row, comma: bool) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=";" if comma else ",", lineterminator="\r\n").writerow([_word(v, comma) for v in row])
    return line.getvalue()


def _word(value: object, comma: bool) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case Decimal() | float():
            return str(value).replace(".", ",") if comma else str(value)
        case int():
            return str(value)
        case datetime():
            return local(value).strftime("%Y-%m-%d %H:%M:%S")
        case date() | time():
            return value.isoformat()
    return guarded(_text(value))


def _cell(sheet: Any, value: object) -> WriteOnlyCell:
    match value:
        case bool() | int() | float():
            return WriteOnlyCell(sheet, value)
        case Decimal():
            return _formatted(WriteOnlyCell(sheet, value), "0.00")
        case datetime():
            return _formatted(WriteOnlyCell(sheet, local(value).replace(tzinfo=None)), "yyyy-mm-dd hh:mm")
        case date():
            return _formatted(WriteOnlyCell(sheet, value), "yyyy-mm-dd")
        case time():
            return _formatted(WriteOnlyCell(sheet, value.replace(tzinfo=None)), "hh:mm")
    cell = WriteOnlyCell(sheet, guarded(_text(value)))
    cell.data_type = "s"
    return cell


def _formatted(cell: WriteOnlyCell, number_format: str) -> WriteOnlyCell:
    cell.number_format = number_format
    return cell


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple | set):
        return ", ".join(_text(item) for item in value)
    return str(value)


def _decimal_comma() -> bool:
    return formats.get_format("DECIMAL_SEPARATOR", get_language() or main_language(), use_l10n=True) == ","
