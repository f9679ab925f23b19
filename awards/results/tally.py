"""The count of the published rules, article 4, exact; or the ranks by adjusted score, where a round says so.

The score of an entry is the mean, over the jurors who handed in their card, of the weighted marks, scaled to 100.

Equal totals are looked at by the mean of each criterion of the tie chain, then by the chair's casting votes, never by
name or id. What nothing separates shares its rank and is said to be undecided. Fractions keep ties exact.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from awards.counting import majority
from awards.counting.cards import Cards
from awards.counting.places import places
from awards.results.dossier import Candidate, Card, Dossier, Preference, Rubric, check
from awards.results.estimates import DIGITS, Estimates, adjusted_by, estimated, marks_of

METHOD = "mean"
CODE_VERSION = "3.0"  # changes whenever the same cards could give another result
CHAIR = "chair_vote"
UNDECIDED = "undecided"
MAJORITY, HEAD_TO_HEAD = "majority_value", "head_to_head"


@dataclass(frozen=True, slots=True)
class Row:
    """The result of one entry.

    `score` (0 to 100) and `means` (0 to the highest mark) are None and empty without a valid card. `decided_by` says
    what separated the entry from those with the same score: `mean_CRITERION`, `chair_vote`, `undecided`, or "" when no
    other entry of the category has its score.
    """

    entry: str
    category: str
    cards: int
    score: Fraction | None
    means: Mapping[str, Fraction]
    in_contest: bool
    rank: int | None = None
    is_finalist: bool = False
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """Entries of one category with the same score, in their final order, and the last step that was needed."""

    category: str
    entries: tuple[str, ...]
    decided_by: str
    at_the_cut: bool = False  # undecided, and the last finalist's place lies inside


@dataclass(frozen=True, slots=True)
class Result:
    """Rows by category in the dossier's order: ranked ones first, then the others by id.

    `split` are the categories that have no one ranking: by the model, groups that no juror connects are ranked apart,
    and nobody of them is a finalist.
    """

    rows: tuple[Row, ...]
    ties: tuple[Tie, ...]
    split: frozenset[str] = frozenset()

    @property
    def finalists(self) -> tuple[str, ...]:
        """The entries that go on, by category and rank."""
        return tuple(row.entry for row in self.rows if row.is_finalist)


def count(dossier: Dossier, estimates: Estimates | None = None) -> Result:
    """Return the ranked result of a dossier by its method; `estimates` are those of the dossier, if already made.

    Raises MalformedDossier when it contradicts itself.
    """
    check(dossier)
    cards: dict[str, list[Card]] = defaultdict(list)
    for card in dossier.valid_cards():
        cards[card.entry].append(card)
    by_category: dict[str, list[Row]] = defaultdict(list)
    for candidate in dossier.candidates:
        by_category[candidate.category].append(_row(candidate, cards[candidate.entry], dossier.rubric))
    model = (estimates or estimated(dossier)) if dossier.method == "mixed" else None
    rows: list[Row] = []
    ties: list[Tie] = []
    for category in dossier.categories:
        ranked, found = _rank(by_category[category], dossier, model)
        rows += ranked
        ties += found
    return Result(tuple(rows), tuple(ties), model.split if model else frozenset())


def groups_for_the_chair(dossier: Dossier, estimates: Estimates | None = None) -> list[tuple[str, ...]]:
    """Return the groups of entries that neither total nor tie chain separates, even if the chair has voted."""
    result = count(replace(dossier, preferences=()), estimates)
    rows = {row.entry: row for row in result.rows}
    groups = []
    for tie in result.ties:
        level = [entry for entry in tie.entries if rows[entry].decided_by == UNDECIDED]
        groups += [tuple(part) for _, part in groupby(level, key=lambda entry: rows[entry].rank)]
    return groups


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Round half up to `places` digits, as the rules print scores; `value` must not be negative."""
    doubled = 2 * value * 10**places
    return Decimal((doubled.numerator // doubled.denominator + 1) // 2).scaleb(-places)


def exact(row: Row) -> dict[str, str | dict[str, str]]:
    """Return a row's score and means as exact fractions in text, the way they are stored."""
    return {
        "score": "" if row.score is None else str(row.score),
        "means": {slug: str(mean) for slug, mean in sorted(row.means.items())},
    }


def _row(candidate: Candidate, cards: Sequence[Card], rubric: Rubric) -> Row:
    if not cards:
        return Row(candidate.entry, candidate.category, 0, None, {}, candidate.in_contest)
    sums = {slug: sum(card.marks[slug] for card in cards) for slug in rubric.weights}
    score = Fraction(100 * _weighted(sums, rubric), len(cards) * rubric.top * sum(rubric.weights.values()))
    means = {slug: Fraction(total, len(cards)) for slug, total in sums.items()}
    return Row(candidate.entry, candidate.category, len(cards), score, means, candidate.in_contest)


def _weighted(marks: Mapping[str, int], rubric: Rubric) -> int:
    return sum(weight * marks[slug] for slug, weight in rubric.weights.items())


def _rank(rows: Iterable[Row], dossier: Dossier, model: Estimates | None) -> tuple[list[Row], list[Tie]]:
    """Rank the rows of one category; competition ranking, so that after a shared rank the next ones are skipped."""
    rows = sorted(rows, key=lambda row: row.entry)  # for display only, never for a rank
    competing = [row for row in rows if row.in_contest and row.score is not None]
    number = _score if model is None else lambda row: Fraction(-model.places[row.entry])
    steps = _steps(dossier) if model is None else _steps_of_the_model(dossier)
    parts = [competing] if model is None else _parts(competing, model)
    cut = dossier.rubric.finalists_per_category if len(parts) < 2 else 0
    ranked: list[Row] = []
    ties: list[Tie] = []
    for part in parts:
        before = len(ranked)
        for group in _descending(part, number):
            start = len(ranked) - before
            if len(group) == 1:
                ranked.append(replace(group[0], rank=start + 1, is_finalist=start < cut))
                continue
            ranked += _break_tie(group, steps, first_rank=start + 1, cut=cut)
            ties.append(_tie(ranked[before + start :], steps, cut))
    return ranked + [row for row in rows if not row.in_contest or row.score is None], ties


def _parts(rows: Sequence[Row], model: Estimates) -> list[list[Row]]:
    """Return the rows apart that no juror connects."""
    parts: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        parts[model.of[row.entry].component].append(row)
    return [parts[component] for component in sorted(parts)]


type _Step = tuple[str, Callable[[Sequence[Row]], Mapping[str, Fraction]]]


def _steps(dossier: Dossier) -> list[_Step]:
    """The tie chain: each step gives the members of a tied group a number, the higher the better."""

    def mean_of(slug: str) -> Callable[[Sequence[Row]], Mapping[str, Fraction]]:
        return lambda group: {row.entry: row.means[slug] for row in group}

    return [*((f"mean_{slug}", mean_of(slug)) for slug in dossier.rubric.tie_chain), _chairs_step(dossier)]


def _chairs_step(dossier: Dossier) -> _Step:
    votes = {frozenset((vote.entry, vote.other)): vote for vote in dossier.preferences}  # the last one on a pair stands

    def votes_won(group: Sequence[Row]) -> Mapping[str, Fraction]:
        members = {row.entry for row in group}
        within = [vote for pair, vote in votes.items() if pair <= members]
        return {entry: Fraction(_wins(entry, within)) for entry in members}

    return CHAIR, votes_won


def _steps_of_the_model(dossier: Dossier) -> list[_Step]:
    """The tie chain of adjusted scores: the first criterion adjusted, the majority value, those who read both."""

    def adjusted(group: Sequence[Row]) -> Mapping[str, Fraction]:
        found = adjusted_by(dossier, dossier.rubric.tie_chain[0])
        return {row.entry: Fraction(round(found[row.entry], DIGITS)) for row in group}

    def by_majority(group: Sequence[Row]) -> Mapping[str, Fraction]:
        grades = {row.entry: sorted(card.mark for card in marks_of(dossier).by_entry[row.entry]) for row in group}
        found = places(grades, lambda one, other: majority.compare(grades[one], grades[other]))
        return {entry: Fraction(-place) for entry, place in found.items()}

    def by_readers_of_both(group: Sequence[Row]) -> Mapping[str, Fraction]:
        return _pairs_won(marks_of(dossier), [row.entry for row in group])

    first = [(f"adjusted_{slug}", adjusted) for slug in dossier.rubric.tie_chain[:1]]
    return [*first, (MAJORITY, by_majority), (HEAD_TO_HEAD, by_readers_of_both), _chairs_step(dossier)]


def _pairs_won(marks: Cards, entries: Sequence[str]) -> dict[str, Fraction]:
    """Return over how many others more jurors who read both put each entry."""
    of = {entry: {card.juror: card.mark for card in marks.by_entry[entry]} for entry in entries}

    def lead(one: str, other: str) -> int:
        both = of[one].keys() & of[other].keys()
        return sum((of[one][j] > of[other][j]) - (of[one][j] < of[other][j]) for j in both)

    return {one: Fraction(sum(lead(one, other) > 0 for other in entries)) for one in entries}


def _wins(entry: str, votes: Iterable[Preference]) -> int:
    return sum(vote.entry == entry for vote in votes)


def _break_tie(group: Sequence[Row], steps: Sequence[_Step], *, first_rank: int, cut: int) -> list[Row]:
    """Order a group of equal totals by the first step that separates it; what is left shares `first_rank`."""
    if not steps:
        is_finalist = first_rank + len(group) - 1 <= cut
        return [replace(row, rank=first_rank, is_finalist=is_finalist, decided_by=UNDECIDED) for row in group]
    (name, number_of), *later = steps
    numbers = number_of(group)
    ordered: list[Row] = []
    for part in _descending(group, lambda row: numbers[row.entry]):
        rank = first_rank + len(ordered)
        if len(part) == 1:
            ordered.append(replace(part[0], rank=rank, is_finalist=rank <= cut, decided_by=name))
        else:
            ordered += _break_tie(part, later, first_rank=rank, cut=cut)
    return ordered


def _tie(rows: Sequence[Row], steps: Sequence[_Step], cut: int) -> Tie:
    order = [name for name, _ in steps] + [UNDECIDED]
    last = max((row.decided_by for row in rows), key=order.index)
    shared = [row.rank for row in rows if row.decided_by == UNDECIDED and row.rank is not None]
    at_the_cut = any(rank <= cut < rank + shared.count(rank) - 1 for rank in shared)
    return Tie(rows[0].category, tuple(row.entry for row in rows), last, at_the_cut)


def _score(row: Row) -> Fraction:
    return row.score if row.score is not None else Fraction(0)


def _descending(rows: Iterable[Row], number: Callable[[Row], Fraction]) -> list[list[Row]]:
    """Group rows by equal numbers, highest first; rows of a group keep their order."""
    return [list(part) for _, part in groupby(sorted(rows, key=number, reverse=True), key=number)]
