"""What the ballots of a round come to: read from the database, counted by the pure methods, by category."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from awards.ballots import tally
from awards.ballots.queries import answers_of, ballots_in
from awards.jury.rounds import entries_of
from awards.models import BallotLine, Entry, Recusal, Round


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One row of a result: the entry, its rank, and what the method says of it."""

    entry: Entry
    rank: int | None
    said: Mapping[str, Any]
    is_finalist: bool = False


def input_of(judged: Round) -> tuple[dict[str, Any], dict[str, str]]:
    """Return all that decides the round's result, by uuids, and what they are called; it is what a frozen one keeps.

    A vote about a project from which the juror stepped back since, or which has left the contest, is not there.
    """
    entries = {str(entry.uuid): entry for entry in _competing(judged).select_related("category")}
    categories = list(judged.call.categories.order_by("sort_order", "pk"))
    votes = _answers(judged, entries) if judged.mode == Round.Mode.PAIRWISE else _lines(judged)
    jurors = {str(juror.uuid): juror.slug for juror in judged.call.jurors.all()}
    data = {
        "method": tally.METHODS[judged.mode],
        "mode": str(judged.mode),
        "finalists_per_category": judged.finalists_per_category,
        "categories": [str(category.uuid) for category in categories],
        "candidates": [{"entry": key, "category": str(entry.category.uuid)} for key, entry in sorted(entries.items())],
        "votes": sorted(votes),
    }
    names = {key: entry.slug for key, entry in entries.items()} | jurors
    return data, names | {str(category.uuid): category.slug for category in categories}


def counted(judged: Round) -> list[CountedLine]:
    """Return the result of a round without weighted marks as it stands, by category and rank."""
    entries = {str(entry.uuid): entry for entry in _competing(judged).select_related("category")}
    rows = tally.count(input_of(judged)[0])
    lines = [CountedLine(entries[row.entry], row.rank, {"n": row.n, **row.said}, row.is_finalist) for row in rows]
    return sorted(lines, key=_place)


def _lines(judged: Round) -> list[list[Any]]:
    barred = set(Recusal.objects.filter(juror__call=judged.call_id).values_list("juror_id", "entry_id"))
    lines = BallotLine.objects.filter(ballot__in=ballots_in(judged), entry__in=_competing(judged))
    return [
        [str(line.ballot.juror.uuid), str(line.entry.uuid), line.value]
        for line in lines.select_related("ballot__juror", "entry")
        if (line.ballot.juror_id, line.entry_id) not in barred
    ]


def _answers(judged: Round, entries: Mapping[str, Entry]) -> list[list[Any]]:
    """Return juror, winner and loser of each answer; skipped pairs say nothing."""
    found = []
    for item in answers_of(judged):
        both = {str(item.one.uuid), str(item.other.uuid)}
        if item.winner is not None and both <= set(entries):
            winner = str(item.winner.uuid)
            found.append([str(item.juror.uuid), winner, *(both - {winner})])
    return found


def _competing(judged: Round) -> QuerySet[Entry]:
    return entries_of(judged).filter(state=Entry.State.ELIGIBLE).exclude(pk=judged.calibration_entry_id or 0)


def _place(line: CountedLine) -> tuple[int, int, bool, int, str]:
    category = line.entry.category
    return category.sort_order, category.pk, line.rank is None, line.rank or 0, line.entry.slug
