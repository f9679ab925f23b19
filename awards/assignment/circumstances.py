"""What an assignment hangs on, read from the rows: jurors, projects, what exists, what must not be."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from awards.assignment.demand import Demand, Pair, Project, Reader
from awards.jury.candidates import conflicts
from awards.jury.rounds import entries_of
from awards.models import Assignment, Entry, Juror, Prize, Round, Scorecard

KINDS = ("jurors", "projects", "conflicts", "assignments")


@dataclass(frozen=True)
class Circumstances:
    """A round's jurors and projects by uuid, in the order of their keys, and the demand that they make."""

    round: Round
    jurors: Mapping[str, Juror]
    entries: Mapping[str, Entry]
    demand: Demand
    spans_categories: bool

    @property
    def existing(self) -> frozenset[Pair]:
        """The pairs that exist, of projects in the contest."""
        return self.demand.held | self.demand.loose

    def basis(self) -> dict[str, Any]:
        """Return all that a plan hangs on, as it is kept with it."""
        demand = self.demand
        return {
            "jurors": {
                reader.key: [reader.capacity, sorted(reader.categories), sorted(reader.languages)]
                for reader in demand.readers
            },
            "projects": {item.key: [item.category, item.language, item.wanted] for item in demand.projects},
            "conflicts": {f"{juror} {entry}": 1 for juror, entry in sorted(demand.barred)},
            "assignments": {f"{juror} {entry}": 1 for juror, entry in sorted(self.existing)},
            "spans_categories": self.spans_categories,
        }


def circumstances_of(judged: Round) -> Circumstances:
    """Return what the round's assignment hangs on. A fixed number of queries."""
    jury = judged.call.jurors.select_related("user").prefetch_related("categories").order_by("pk")
    jurors = {str(juror.uuid): juror for juror in jury}
    eligible = entries_of(judged).filter(state=Entry.State.ELIGIBLE)
    entries = {
        str(entry.uuid): entry for entry in eligible.select_related("applicant", "category").order_by("pk").distinct()
    }
    closed, held, loose = _pairs_of(judged, entries)
    taken = Counter(juror for juror, _ in held | loose)
    jurors = {key: juror for key, juror in jurors.items() if juror.is_seated or taken[key]}
    # Whoever has left keeps what counts, and gets nothing more.
    gone = {key for key, juror in jurors.items() if not juror.is_seated}
    closed |= {(key, entry) for key in gone for entry in entries} - held - loose
    barred = closed | frozenset(conflicts(judged, jurors.values(), entries.values()))
    demand = Demand(
        readers=tuple(_reader(key, juror, taken[key]) for key, juror in jurors.items()),
        projects=tuple(_project(key, entry, judged) for key, entry in entries.items()),
        held=held - barred,
        loose=loose - barred,
        barred=frozenset(pair for pair in barred if pair[0] in jurors and pair[1] in entries),
    )
    spans = Prize.objects.filter(call=judged.call_id, category=None).exists()
    return Circumstances(judged, jurors, entries, demand, spans_categories=spans)


def changes_since(basis: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, int]:
    """Return how many jurors, projects, conflicts and assignments came, went or changed, by kind; only what did."""
    counts = {
        kind: sum(basis[kind].get(key) != now[kind].get(key) for key in {*basis[kind], *now[kind]}) for kind in KINDS
    }
    return {kind: count for kind, count in counts.items() if count}


def _pairs_of(judged: Round, entries: Collection[str]) -> tuple[frozenset[Pair], frozenset[Pair], frozenset[Pair]]:
    """Return the pairs that are closed, those that were begun, and those that nobody has begun."""
    begun = Exists(Scorecard.objects.filter(assignment=OuterRef("pk")))
    rows = Assignment.objects.filter(round=judged).annotate(is_begun=begun)
    closed: set[Pair] = set()
    held: set[Pair] = set()
    loose: set[Pair] = set()
    for juror, entry, state, is_begun in rows.values_list("juror__uuid", "entry__uuid", "state", "is_begun"):
        pair = (str(juror), str(entry))
        if state != Assignment.State.OPEN:
            closed.add(pair)
        elif pair[1] in entries:
            (held if is_begun else loose).add(pair)
    return frozenset(closed), frozenset(held), frozenset(loose)


def _reader(key: str, juror: Juror, taken: int) -> Reader:
    """Return a juror with what they said they can take; one who has left is full."""
    categories = frozenset(category.slug for category in juror.categories.all())
    capacity = juror.capacity if juror.is_seated else taken
    return Reader(key, categories, frozenset(juror.language_list), capacity)


def _project(key: str, entry: Entry, judged: Round) -> Project:
    is_to_tune_by = entry.pk == judged.calibration_entry_id
    wanted = None if is_to_tune_by or judged.kind == Round.Kind.FINAL else judged.readers_per_entry
    return Project(key, entry.category.slug, entry.language, wanted, is_counted=not is_to_tune_by)
