"""The ranking as a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import get_language, gettext as _

from awards.results.board import Board, RankLine
from festival.text.languages import general_form, main_language
from festival.text.spreadsheets import disarmed


def ranking_csv(board: Board) -> str:
    """Return the ranking as CSV that opens rightly in a spreadsheet of the active language.

    A byte order mark, because Excel needs it; French gets semicolons and decimal commas. Text that a spreadsheet would
    run as a formula is disarmed with an apostrophe.
    """
    is_french = general_form(get_language() or main_language()) == "fr"
    stream = io.StringIO()
    stream.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(stream, delimiter=";" if is_french else ",", lineterminator="\r\n")
    writer.writerow([disarmed(cell) for cell in _heading(board)])
    for table in board.tables:
        for line in (*table.ranked, *table.others):
            cells = _cells(str(table.category.name), line, _reason(line, board))
            writer.writerow([disarmed(_localised(cell, is_french)) for cell in cells])
    return stream.getvalue()


def _heading(board: Board) -> list[str]:
    columns = [
        _("Category"),
        _("Rank"),
        _("Project"),
        _("Project holder"),
        _("State"),
        _("Finalist"),
        _("Score out of 100"),
    ]
    return [*columns, _("Valid cards"), *(str(item.name) for item in board.criteria), _("Tie decided by")]


def _cells(category: str, line: RankLine, reason: str) -> Iterable[object]:
    yield from (category, line.row.rank, line.entry.title, line.entry.holder, line.entry.get_state_display())
    yield from (_("yes") if line.row.is_finalist else _("no"), line.score, line.cards)
    yield from (*line.means, reason)


def _reason(line: RankLine, board: Board) -> str:
    """Return what separated the entry from those of the same score: a criterion's name, or the step's code."""
    steps = {f"mean_{item.uuid}": str(item.name) for item in board.criteria}
    return steps.get(line.row.decided_by, line.row.decided_by)


def _localised(cell: object, is_french: bool) -> str:
    if cell is None:
        return ""
    return str(cell).replace(".", ",") if is_french and isinstance(cell, Decimal) else str(cell)
