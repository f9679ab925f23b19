"""Cards as the count of marks sees them: who gave which mark to what, and what follows from who read what.

Nothing here depends on names: all are put in an order that comes from the marks alone, so that other names or another
order of the lines give the same result.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from hashlib import sha256

ROUNDS = 4  # of telling jurors and entries apart by those that they met


@dataclass(frozen=True, slots=True)
class Card:
    """One juror's mark for one entry; a juror has at most one card of an entry."""

    juror: str
    entry: str
    category: str
    mark: Fraction


@dataclass(frozen=True)
class Cards:
    """All cards of a count. An entry belongs to one category."""

    cards: tuple[Card, ...]

    @cached_property
    def by_entry(self) -> Mapping[str, Sequence[Card]]:
        """The cards of each entry, in canonical order."""
        return _grouped(self.cards, "entry", self._order_of_entries)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories in canonical order."""
        found: dict[str, list[str]] = defaultdict(list)
        for entry, cards in self.by_entry.items():
            found[cards[0].category].append(self._told_apart[0][entry])
        return tuple(sorted(found, key=lambda category: (sorted(found[category]), category)))

    @cached_property
    def jurors(self) -> tuple[str, ...]:
        """The jurors in canonical order."""
        signs = self._told_apart[1]
        return tuple(sorted(signs, key=lambda juror: (signs[juror], juror)))

    @cached_property
    def category_of(self) -> Mapping[str, str]:
        """The category of each entry."""
        return {entry: cards[0].category for entry, cards in self.by_entry.items()}

    @cached_property
    def raw_means(self) -> Mapping[str, Fraction]:
        """The exact mean of each entry's marks."""
        return {entry: sum((card.mark for card in own), Fraction()) / len(own) for entry, own in self.by_entry.items()}

    @cached_property
    def components(self) -> Mapping[str, int]:
        """For each entry the number, from 1, of the group that jurors connect; the largest group first.

        Between groups no juror read both, so that severity and quality cannot be told apart.
        """
        parent: dict[Hashable, Hashable] = {}

        def root(node: Hashable) -> Hashable:
            parent.setdefault(node, node)
            while parent[node] != node:
                parent[node] = parent[parent[node]]
                node = parent[node]
            return node

        for card in self.cards:
            parent[root(("juror", card.juror))] = root(("entry", card.entry))
        groups: dict[Hashable, list[str]] = defaultdict(list)
        for entry in self.by_entry:
            groups[root(("entry", entry))].append(entry)
        signs = self._told_apart[0]
        ordered = sorted(groups.values(), key=lambda own: (-len(own), sorted(signs[entry] for entry in own)))
        return {entry: number for number, own in enumerate(ordered, start=1) for entry in own}

    @cached_property
    def complete_components(self) -> frozenset[int]:
        """The groups in which every juror read every entry: no order is fairer there than that of the means."""
        entries = Counter(self.components.values())
        jurors: dict[int, set[str]] = defaultdict(set)
        cards: Counter[int] = Counter()
        for card in self.cards:
            component = self.components[card.entry]
            jurors[component].add(card.juror)
            cards[component] += 1
        return frozenset(number for number in entries if cards[number] == entries[number] * len(jurors[number]))

    @cached_property
    def _told_apart(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Signs of entries and of jurors that come from the marks alone: equal ones play the same part."""
        met: dict[str, dict[str, list[tuple[str, Fraction]]]] = {"entry": defaultdict(list), "juror": defaultdict(list)}
        for card in self.cards:
            met["entry"][card.entry].append((card.juror, card.mark))
            met["juror"][card.juror].append((card.entry, card.mark))
        category_of = {card.entry: card.category for card in self.cards}
        sizes = Counter(category_of.values())
        entries = {entry: str(sizes[category_of[entry]]) for entry in met["entry"]}
        jurors = dict.fromkeys(met["juror"], "")
        for _ in range(ROUNDS):
            jurors = {
                juror: _sign(jurors[juror], [(entries[e], m) for e, m in met["juror"][juror]]) for juror in jurors
            }
            entries = {
                entry: _sign(entries[entry], [(jurors[j], m) for j, m in met["entry"][entry]]) for entry in entries
            }
        return entries, jurors

    @cached_property
    def _order_of_entries(self) -> Mapping[str, tuple[str, str]]:
        signs = self._told_apart[0]
        return {entry: (sign, entry) for entry, sign in signs.items()}


def _sign(own: str, met: Iterable[tuple[str, Fraction]]) -> str:
    text = own + "|" + ",".join(sorted(f"{sign}:{mark}" for sign, mark in met))
    return sha256(text.encode()).hexdigest()


def _grouped(cards: Iterable[Card], by: str, order: Mapping[str, tuple[str, str]]) -> dict[str, list[Card]]:
    found: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        found[getattr(card, by)].append(card)
    return {key: found[key] for key in sorted(found, key=lambda key: order[key])}
