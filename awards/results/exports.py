"""The ranking as a spreadsheet."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from awards.results.board import Board, RankLine
from festival.documents import spreadsheets


def ranking_csv(board: Board) -> str:
    """Return the ranking as CSV that opens rightly in a spreadsheet of the active language."""
    return "".join(spreadsheets.csv_lines(_heading(board), _rows(board)))


def _rows(board: Board) -> Iterator[list[object]]:
    for table in board.tables:
        for line in (*table.ranked, *table.others):
            yield list(_cells(str(table.category.name), line, _reason(line, board)))


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
    yield from (line.row.is_finalist, line.score, line.cards)
    yield from (*line.means, reason)


def _reason(line: RankLine, board: Board) -> str:
    """Return what separated the entry from those of the same score: a criterion's name, or the step's code."""
    steps = {f"mean_{item.uuid}": str(item.name) for item in board.criteria}
    return steps.get(line.row.decided_by, line.row.decided_by)
