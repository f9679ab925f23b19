"""The grid of who reads what: jurors across, projects down, a page of them at a time, and why a pair is locked."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from django.core.paginator import Page, Paginator

from awards.jury.candidates import conflicts
from awards.jury.rounds import entries_of
from awards.models import Assignment, Category, Entry, Juror, Round, Scorecard

MOST_BOXES = 900  # on one page: a browser sends that many in one form
MOST_LINES = 50

type Pair = tuple[int, int]  # juror, project: their keys


class Lock(StrEnum):
    """Why a pair stays as it is."""

    CONFLICT = "conflict"
    BEGUN = "begun"
    IN = "in"
    ABSTAINED = "abstained"
    OWN_CHOICE = "own_choice"  # whoever hands out does not choose what they read, nor who judges what they left


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the grid is looked at, and by whom; `sees_progress` once they owe no card of their own."""

    category: str = ""
    page: str = "1"
    reader: Juror | None = None
    sees_progress: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A pair: whether it is given, whether its box is ticked, and what locks it, if anything does."""

    juror: Juror
    entry: Entry
    is_given: bool
    is_ticked: bool
    lock: Lock | None

    @property
    def pair(self) -> Pair:
        """The keys of juror and project."""
        return self.juror.pk, self.entry.pk


@dataclass(frozen=True, slots=True)
class Line:
    """A project with its cells, how many would read it, and how many should."""

    entry: Entry
    cells: tuple[Cell, ...]
    readers: int
    wanted: int

    @property
    def lacks(self) -> bool:
        """Whether it has too few jurors."""
        return self.readers < self.wanted


@dataclass(frozen=True, slots=True)
class Column:
    """A juror, and how many projects of the whole round they would read."""

    juror: Juror
    load: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A page of the grid. `basis` is the fingerprint of what it shows: whoever saves says which one they saw."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    shown: Page[Entry]
    categories: tuple[Category, ...]
    category: str
    basis: str

    @property
    def cells(self) -> list[Cell]:
        """All pairs of the page."""
        return [cell for line in self.lines for cell in line.cells]


def grid_of(judged: Round, view: View, ticked: Collection[Pair] | None = None) -> Grid:
    """Return a page of the grid, with the boxes `ticked` as they were sent, else as it stands. Six queries."""
    jurors = tuple(Juror.objects.filter(call=judged.call_id).select_related("user").order_by("sort_name", "pk"))
    judged_here = judged.call.categories.filter(entries__state=Entry.State.ELIGIBLE).distinct()
    categories = tuple(judged_here.order_by("sort_order", "pk"))
    category = view.category if any(item.slug == view.category for item in categories) else ""
    shown = _page(judged, category, view.page, len(jurors))
    entries = list(shown.object_list)
    standing = _standing(judged)
    open_pairs = {pair for pair, (state, _card) in standing.items() if state == Assignment.State.OPEN}
    locks = _locks(judged, jurors, entries, standing, view)
    boxes = {
        (juror.pk, entry.pk): _cell(juror, entry, open_pairs, locks, ticked) for entry in entries for juror in jurors
    }
    loads = Counter(juror for juror, _entry in open_pairs)
    for cell in boxes.values():
        loads[cell.juror.pk] += cell.is_ticked - cell.is_given
    lines = (tuple(boxes[juror.pk, entry.pk] for juror in jurors) for entry in entries)
    return Grid(
        columns=tuple(Column(juror, loads[juror.pk]) for juror in jurors),
        lines=tuple(_line(cells, judged) for cells in lines if cells),
        shown=shown,
        categories=categories,
        category=category,
        basis=_fingerprint(boxes),
    )


def _page(judged: Round, category: str, number: str, columns: int) -> Page[Entry]:
    entries = entries_of(judged).filter(state=Entry.State.ELIGIBLE).select_related("applicant", "category")
    if category:
        entries = entries.filter(category__slug=category)
    in_order = entries.order_by("category__sort_order", "category_id", "slug").distinct()
    lines = max(1, min(MOST_LINES, MOST_BOXES // max(1, columns)))
    return Paginator(in_order, lines).get_page(number)


def _standing(judged: Round) -> dict[Pair, tuple[str, str]]:
    """Return the pairs of the round: the state of the assignment, and of the card if there is one."""
    rows = Assignment.objects.filter(round=judged, entry__state=Entry.State.ELIGIBLE)
    columns = rows.values_list("juror_id", "entry_id", "state", "scorecard__state")
    return {(juror, entry): (state, card or "") for juror, entry, state, card in columns}


def _locks(
    judged: Round,
    jurors: Collection[Juror],
    entries: Collection[Entry],
    standing: Mapping[Pair, tuple[str, str]],
    view: View,
) -> dict[Pair, Lock]:
    keys = {str(juror.uuid): juror.pk for juror in jurors} | {str(entry.uuid): entry.pk for entry in entries}
    barred = {(keys.get(juror, 0), keys.get(entry, 0)) for juror, entry in conflicts(judged, jurors, entries)}
    reader = view.reader.pk if view.reader else 0
    left = {entry for juror, entry in barred if juror == reader}
    found: dict[Pair, Lock] = {}
    for pair in ((juror.pk, entry.pk) for juror in jurors for entry in entries):
        state, card = standing.get(pair, ("", ""))
        if pair in barred or state == Assignment.State.RECUSED:
            found[pair] = Lock.CONFLICT
        elif state == Assignment.State.OPEN and card:
            found[pair] = _OF_CARDS.get(card, Lock.BEGUN) if view.sees_progress else Lock.BEGUN
        elif reader and (pair[0] == reader or pair[1] in left):
            found[pair] = Lock.OWN_CHOICE
    return found


_OF_CARDS: dict[str, Lock] = {Scorecard.State.SUBMITTED: Lock.IN, Scorecard.State.ABSTAINED: Lock.ABSTAINED}


def _cell(
    juror: Juror,
    entry: Entry,
    open_pairs: Collection[Pair],
    locks: Mapping[Pair, Lock],
    ticked: Collection[Pair] | None,
) -> Cell:
    pair = (juror.pk, entry.pk)
    is_given, lock = pair in open_pairs, locks.get(pair)
    is_ticked = is_given if ticked is None or lock else pair in ticked
    return Cell(juror, entry, is_given, is_ticked, lock)


def _line(cells: tuple[Cell, ...], judged: Round) -> Line:
    able = sum(cell.lock != Lock.CONFLICT for cell in cells)
    wanted = able if judged.kind == Round.Kind.FINAL else judged.readers_per_entry
    return Line(cells[0].entry, cells, sum(cell.is_ticked for cell in cells), wanted)


def _fingerprint(boxes: Mapping[Pair, Cell]) -> str:
    """Return a fingerprint of what a page shows; the boxes that were ticked on it do not change it."""
    values = [[*pair, cell.is_given, str(cell.lock or "")] for pair, cell in sorted(boxes.items())]
    return sha256(json.dumps(values).encode()).hexdigest()
