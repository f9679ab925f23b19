"""What the chair sees: how far everybody is, the ranking as it stands, who stepped back, what was frozen."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localtime

from awards.jury.queries import Progress, progress_of
from awards.jury.rounds import entries_of
from awards.models import Assignment, Category, Criterion, Entry, Juror, Recusal, Round, Scorecard, Tally
from awards.results.dossier import fingerprint, fits, to_dict
from awards.results.estimates import NOTHING, CloseCall, Estimate, Estimates
from awards.results.standing import Standing, is_intact, standing_of
from awards.results.tally import UNDECIDED, Row, Tie, rounded
from festival.text.collation import sort_key


@dataclass(frozen=True, slots=True)
class JurorLine:
    """How far a juror is, one progress per assignment that counts."""

    juror: Juror
    steps: tuple[Progress, ...]
    recused: int

    @property
    def done(self) -> int:
        """How many cards are handed in."""
        return sum(step == Progress.DONE for step in self.steps)


@dataclass(frozen=True, slots=True)
class RankLine:
    """One row of the ranking, rounded for reading, with who still reads the entry.

    `is_hidden` when the reader stepped back from the entry: then neither score nor cards are there before the result.
    """

    row: Row
    entry: Entry
    score: Decimal | None
    means: tuple[Decimal | None, ...]
    awaited: tuple[str, ...]
    is_hidden: bool = False
    estimate: Estimate | None = None

    @property
    def cards(self) -> int | None:
        """How many cards count, None while hidden."""
        return None if self.is_hidden else self.row.cards


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie: the entries in their order with the criterion that decided, if one did, and its means, if they did."""

    tie: Tie
    entries: tuple[Entry, ...]
    score: Decimal
    criterion: Criterion | None
    means: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class CloseLine:
    """Two neighbours at a line that decides, which the cards do not tell apart: the chance of the first, in percent."""

    call: CloseCall
    entries: tuple[Entry, Entry]

    @property
    def percent(self) -> int:
        """How likely the first is the better one, in percent."""
        return round(100 * self.call.ahead)


@dataclass(frozen=True, slots=True)
class Table:
    """The ranking of one category."""

    category: Category
    ranked: tuple[RankLine, ...]
    others: tuple[RankLine, ...]
    ties: tuple[TieLine, ...]
    close: tuple[CloseLine, ...] = ()
    is_split: bool = False

    @property
    def parts(self) -> int:
        """How many groups there are that no juror connects."""
        return len({line.estimate.component for line in self.ranked if line.estimate})


@dataclass(frozen=True, slots=True)
class OpenTie:
    """Entries that only the chair can order; `is_decided` says whether they already have been.

    `is_barred` when the reader stepped back from one that is level with them, so has no vote.
    """

    entries: tuple[Entry, ...]
    is_decided: bool
    is_barred: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """The chair's page. `tables` and `open_ties` are empty for whoever may not see the ranking yet."""

    criteria: Sequence[Criterion]
    jurors: tuple[JurorLine, ...]
    tables: tuple[Table, ...]
    recusals: Sequence[Recusal]
    tallies: Sequence[Tally]
    open_ties: tuple[OpenTie, ...]
    fingerprint: str
    estimates: Estimates = NOTHING
    handed_in: tuple[date, ...] = ()

    @property
    def cards_done(self) -> int:
        """Cards handed in."""
        return sum(line.done for line in self.jurors)

    @property
    def cards_wanted(self) -> int:
        """Cards that the jury was asked for, without those that fell away."""
        return sum(len(line.steps) for line in self.jurors)

    @property
    def cards_missing(self) -> int:
        """Cards that the jury still owes."""
        return self.cards_wanted - self.cards_done

    @property
    def edited(self) -> list[Tally]:
        """Frozen results that no longer fit their hash."""
        return [tally for tally in self.tallies if not is_intact(tally)]

    @property
    def is_frozen_as_is(self) -> bool:
        """Whether the newest frozen result has exactly these cards."""
        return bool(self.tallies) and fits(self.tallies[0].input, self.fingerprint) and is_intact(self.tallies[0])


def board_of(judged: Round, *, now: datetime, with_ranking: bool = True, reader: Juror | None = None) -> Board:
    """Return everything the chair sees of a round, in a fixed number of queries.

    Frozen results after `now` are left out. Without the ranking, nothing is there that would tell of it. Until there is
    a frozen result, a `reader` of the jury sees no score of what they stepped back from.
    """
    assignments = list(_assignments(judged))
    standing = standing_of(judged)
    entries = {str(entry.uuid): entry for entry in entries_of(judged).select_related("category")}
    criteria = list(judged.rubric.criteria.filter(weight__gte=1).order_by("sort_order", "pk")) if judged.rubric else []
    groups = standing.groups_for_the_chair if with_ranking else []
    recusals = list(Recusal.objects.filter(juror__call=judged.call_id).select_related("juror", "entry"))
    tallies = list(judged.tallies.filter(frozen_at__lte=now).select_related("frozen_by", "round"))
    barred = {str(item.entry.uuid) for item in recusals if reader is not None and item.juror_id == reader.pk}
    hidden = frozenset() if tallies else frozenset(barred)
    tables = _tables(judged, standing, entries, criteria, _awaited(assignments), hidden) if with_ranking else []
    return Board(
        criteria=criteria,
        jurors=tuple(_juror_lines(judged, assignments)),
        tables=tuple(tables),
        recusals=recusals,
        tallies=tallies,
        open_ties=tuple(_open_tie(group, standing, entries, barred) for group in groups),
        fingerprint=fingerprint(to_dict(standing.dossier)) if with_ranking else "",
        estimates=standing.estimates if with_ranking else NOTHING,
        handed_in=tuple(_handed_in(assignments)),
    )


def _assignments(judged: Round) -> Iterable[Assignment]:
    return Assignment.objects.filter(round=judged).select_related("juror", "entry", "scorecard")


def _juror_lines(judged: Round, assignments: Sequence[Assignment]) -> list[JurorLine]:
    steps: dict[int, list[Progress]] = defaultdict(list)
    for assignment in assignments:
        steps[assignment.juror_id].append(progress_of(assignment))
    order = [Progress.DONE, Progress.DRAFT, Progress.TODO]
    lines = []
    for juror in judged.call.jurors.order_by("sort_name", "pk"):
        own = steps[juror.pk]
        if not own and not juror.is_seated:
            continue
        counted = sorted((step for step in own if step in order), key=order.index)
        lines.append(JurorLine(juror, tuple(counted), own.count(Progress.RECUSED)))
    return lines


def _handed_in(assignments: Sequence[Assignment]) -> list[date]:
    """Return the day on which each card that counts was handed in, in the zone of the festival."""
    done = (item for item in assignments if progress_of(item) == Progress.DONE)
    return sorted(localtime(item.scorecard.submitted_at).date() for item in done if item.scorecard.submitted_at)


def _awaited(assignments: Sequence[Assignment]) -> dict[str, list[str]]:
    awaited: dict[str, list[str]] = defaultdict(list)
    for assignment in assignments:
        if progress_of(assignment) in {Progress.TODO, Progress.DRAFT}:
            awaited[str(assignment.entry.uuid)].append(assignment.juror.name)
    return awaited


def _tables(
    judged: Round,
    standing: Standing,
    entries: dict[str, Entry],
    criteria: Sequence[Criterion],
    awaited: dict[str, list[str]],
    hidden: frozenset[str],
) -> list[Table]:
    lines: dict[str, list[RankLine]] = defaultdict(list)
    for row in standing.result.rows:
        line = _rank_line(row, entries[row.entry], criteria, awaited)
        if row.entry in hidden:
            line = RankLine(row, line.entry, None, (None,) * len(criteria), (), is_hidden=True)
        else:
            line = replace(line, estimate=standing.estimates.of.get(row.entry))
        lines[row.category].append(line)
    tables = []
    for category in judged.call.categories.filter(by_public_vote=False).order_by("sort_order", "pk"):
        own = lines[str(category.uuid)]
        found = (tie for tie in standing.result.ties if tie.category == str(category.uuid))
        ties = (tie for tie in found if hidden.isdisjoint(tie.entries))
        tables.append(
            Table(
                category=category,
                ranked=tuple(sorted((line for line in own if line.row.rank is not None), key=_by_rank_and_title)),
                others=tuple(sorted((line for line in own if line.row.rank is None), key=_by_rank_and_title)),
                ties=tuple(_tie_line(tie, own, criteria) for tie in ties),
                close=tuple(_close_lines(str(category.uuid), standing.estimates, entries, hidden)),
                is_split=str(category.uuid) in standing.estimates.split,
            )
        )
    return tables


def _close_lines(
    category: str, estimates: Estimates, entries: dict[str, Entry], hidden: frozenset[str]
) -> Iterable[CloseLine]:
    for call in estimates.close:
        one, other = call.entries
        if call.category == category and hidden.isdisjoint(call.entries):
            yield CloseLine(call, (entries[one], entries[other]))


def _by_rank_and_title(line: RankLine) -> tuple[int, str]:
    return line.row.rank or 0, sort_key(str(line.entry.title))


def _rank_line(row: Row, entry: Entry, criteria: Sequence[Criterion], awaited: dict[str, list[str]]) -> RankLine:
    means = tuple(rounded(row.means[str(item.uuid)]) if row.means else None for item in criteria)
    score = None if row.score is None else rounded(row.score)
    return RankLine(row, entry, score, means, tuple(awaited.get(row.entry, ())))


def _tie_line(tie: Tie, lines: Sequence[RankLine], criteria: Sequence[Criterion]) -> TieLine:
    by_entry = {line.row.entry: line for line in lines}
    own = [by_entry[entry] for entry in tie.entries]
    criterion = next((item for item in criteria if tie.decided_by.endswith(f"_{item.uuid}")), None)
    shows_means = criterion is not None and tie.decided_by == f"mean_{criterion.uuid}"
    means = tuple(rounded(line.row.means[str(criterion.uuid)]) for line in own) if criterion and shows_means else ()
    return TieLine(tie, tuple(line.entry for line in own), own[0].score or Decimal(0), criterion, means)


def _open_tie(
    group: tuple[str, ...], standing: Standing, entries: dict[str, Entry], barred: Collection[str]
) -> OpenTie:
    decided = {row.entry: row.decided_by for row in standing.result.rows}
    undecided = [entry for entry in group if decided[entry] == UNDECIDED]
    shown = tuple(entries[entry] for entry in undecided or group)
    return OpenTie(shown, is_decided=not undecided, is_barred=any(entry in barred for entry in group))


def cards_of(entry: Entry, judged: Round) -> list[Scorecard]:
    """Return a round's cards of one entry for the chair, void ones too, with juror and marks fetched along."""
    cards = Scorecard.objects.filter(assignment__entry=entry, assignment__round=judged).exclude(
        state__in=[Scorecard.State.DRAFT, Scorecard.State.ABSTAINED]
    )
    return list(
        cards.select_related("assignment__juror").prefetch_related("scores").order_by("assignment__juror__sort_name")
    )
