"""What the ballots of a round come to: read from the database, counted by the pure methods, by category."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from awards.ballots.queries import answers_of, ballots_in
from awards.counting import answers
from awards.counting.ballots import Ballot
from awards.counting.pairs import bradley_terry
from awards.jury.rounds import entries_of
from awards.models import BallotLine, Entry, Recusal, Round

METHODS = {
    Round.Mode.GRADE: "majority",
    Round.Mode.RANK: "schulze",
    Round.Mode.APPROVE: "approval",
    Round.Mode.CHECK: "approval",
}
PRIOR = 0.5  # virtual wins and losses of every pair that met, which keep the undefeated finite


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One row of a result: the entry, its rank, and what the method says of it."""

    entry: Entry
    rank: int | None
    said: Mapping[str, Any]


def ballots_of(judged: Round) -> dict[str, list[Ballot]]:
    """Return the ballots that count as plain values, by the category's and the entries' uuids.

    A line about a project from which the juror stepped back since, or which has left the contest, is not there.
    """
    barred = set(Recusal.objects.filter(juror__call=judged.call_id).values_list("juror_id", "entry_id"))
    lines = BallotLine.objects.filter(ballot__in=ballots_in(judged), entry__in=_competing(judged))
    found: dict[str, dict[str, dict[str, Fraction]]] = defaultdict(lambda: defaultdict(dict))
    for line in lines.select_related("ballot__juror", "entry__category"):
        if (line.ballot.juror_id, line.entry_id) not in barred:
            category, voter = str(line.entry.category.uuid), str(line.ballot.juror.uuid)
            found[category][voter][str(line.entry.uuid)] = Fraction(line.value)
    return {
        category: [Ballot(voter, values) for voter, values in sorted(own.items())]
        for category, own in sorted(found.items())
    }


def wins_of(judged: Round) -> dict[tuple[str, str], float]:
    """Return how often the first of two beat the second, by uuids; skipped pairs say nothing."""
    wins: dict[tuple[str, str], float] = defaultdict(float)
    for item in answers_of(judged):
        if item.winner is not None:
            loser = item.other if item.winner_id == item.one_id else item.one
            wins[str(item.winner.uuid), str(loser.uuid)] += 1
    return dict(wins)


def counted(judged: Round) -> list[CountedLine]:
    """Return the result of a round without weighted marks as it stands, by category and rank."""
    entries = {str(entry.uuid): entry for entry in _competing(judged).select_related("category")}
    rows = _of_pairs(judged, entries) if judged.mode == Round.Mode.PAIRWISE else _of_ballots(judged)
    lines = [CountedLine(entries[row["entry"]], row["rank"], row) for row in rows if row["entry"] in entries]
    silent = set(entries) - {row["entry"] for row in rows}
    lines += [CountedLine(entries[key], None, {"n": 0}) for key in silent]
    return sorted(lines, key=_place)


def _of_ballots(judged: Round) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = answers.of_ballots(ballots_of(judged), METHODS[Round.Mode(judged.mode)])[
        "rows"
    ]
    return found


def _of_pairs(judged: Round, entries: Mapping[str, Entry]) -> Sequence[Mapping[str, Any]]:
    """Rank by strength in the whole round, then number within each category; groups that never met stay unranked."""
    wins = {pair: count for pair, count in wins_of(judged).items() if set(pair) <= set(entries)}
    try:
        strengths = bradley_terry(wins, draws=PRIOR) if wins else {}
    except ValueError:
        return []
    met = {entry: sum(count for pair, count in wins.items() if entry in pair) for entry in strengths}
    rows = []
    for entry, strength in strengths.items():
        rivals = [other for other in strengths if entries[other].category_id == entries[entry].category_id]
        rank = 1 + sum(strengths[other] > strength + answers.APART for other in rivals)
        rows.append({"entry": entry, "rank": rank, "n": int(met[entry]), "strength": round(strength, 3)})
    return rows


def _competing(judged: Round) -> Any:
    return entries_of(judged).filter(state=Entry.State.ELIGIBLE).exclude(pk=judged.calibration_entry_id or 0)


def _place(line: CountedLine) -> tuple[int, int, bool, int, str]:
    category = line.entry.category
    return category.sort_order, category.pk, line.rank is None, line.rank or 0, line.entry.slug
