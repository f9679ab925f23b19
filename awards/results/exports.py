"""The ranking as a spreadsheet."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from awards.results.board import Board, RankLine
from festival.documents import spreadsheets


def ranking_csv(board: Board, *, hides_applicants: bool) -> str:
    """Return the ranking as CSV that opens rightly in a spreadsheet of the active language.

    Nobody stands in the column of the holders where the reader judges blind.
    """
    return "".join(spreadsheets.csv_lines(_heading(board), _rows(board, hides_applicants)))


def _rows(board: Board, hides_applicants: bool) -> Iterator[list[object]]:
    for table in board.tables:
        for line in (*table.ranked, *table.others):
            holder = "" if hides_applicants else line.entry.holder
            yield list(_cells(str(table.category.name), line, holder, _reason(line, board)))


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
    model = [_("Adjusted score"), _("Standard error"), _("Rank from"), _("Rank to"), _("Chance of the first rank")]
    return [*columns, _("Valid cards"), *(str(item.name) for item in board.criteria), _("Tie decided by"), *model]


def _cells(category: str, line: RankLine, holder: str, reason: str) -> Iterable[object]:
    yield from (category, line.row.rank, line.entry.title, holder, line.entry.get_state_display())
    yield from (line.row.is_finalist, line.score, line.cards)
    yield from (*line.means, reason)
    found = line.estimate
    yield from (found.adjusted, found.se, found.rank_low, found.rank_high, found.first) if found else [None] * 5


def _reason(line: RankLine, board: Board) -> str:
    """Return what separated the entry from those of the same score: a criterion's name, or the step's code."""
    steps = {f"{kind}_{item.uuid}": str(item.name) for item in board.criteria for kind in ("mean", "adjusted")}
    return steps.get(line.row.decided_by, line.row.decided_by)
