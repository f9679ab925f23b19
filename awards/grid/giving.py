"""Giving and taking many projects at once, by hand: all that was ticked and unticked on a page, or nothing of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from awards.assignment.mail import tell_jurors
from awards.exceptions import JudgingNotOpen
from awards.exceptions.assignment import GridChanged
from awards.grid.queries import Pair, View, grid_of
from awards.jury.assigning import assign, take_back
from awards.models import Assignment, Juror, Round
from festival.core.audit import Actor
from festival.core.writing import writing


@dataclass(frozen=True, slots=True)
class Handed:
    """What a save came to: how many pairs were given, how many taken back, how many jurors were written to."""

    given: int
    taken: int
    told: int


def hand_out(*, round_id: int, view: View, basis: str, ticked: Collection[Pair], actor: Actor, now: datetime) -> Handed:
    """Give the ticked pairs of a page of the grid and take the unticked ones back; locked ones stay as they are.

    Each juror who gets something is told by one mail, as when a plan is released. Sent twice, it is done once.

    Raises:
        GridChanged: The page no longer shows what stands; nothing is saved.
        JudgingNotOpen: The round is over.
        PairRecused, OwnProject, NotInRound, AssignmentInUse: Something happened at this very moment.
    """
    with writing(public=False):
        held = Round.objects.select_for_update(of=("self",), no_key=True).select_related("call__edition")
        judged = held.get(pk=round_id)
        if now > judged.closes:
            raise JudgingNotOpen(is_over=True)
        grid = grid_of(judged, view, ticked)
        changed = [cell for cell in grid.cells if cell.is_ticked != cell.is_given]
        if not changed:
            return Handed(0, 0, 0)
        if grid.basis != basis:
            raise GridChanged
        given = [cell.pair for cell in changed if cell.is_ticked]
        for juror_id, entry_id in given:
            assign(round_id=judged.pk, juror_id=juror_id, entry_id=entry_id, actor=actor, now=now)
        taken = {cell.pair for cell in changed if cell.is_given}
        for pk in _keys(judged, taken):
            take_back(assignment_id=pk, actor=actor, now=now)
        readers = Juror.objects.filter(pk__in={juror for juror, _entry in given}).select_related("user", "call")
        return Handed(len(given), len(taken), tell_jurors(readers.order_by("pk"), judged, now))


def _keys(judged: Round, pairs: Collection[Pair]) -> list[int]:
    """Return the assignments of some pairs of a round."""
    rows = Assignment.objects.filter(round=judged).order_by("pk").values_list("pk", "juror_id", "entry_id")
    return [pk for pk, juror_id, entry_id in rows if (juror_id, entry_id) in pairs]
