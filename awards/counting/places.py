"""Places by competition ranking: those who are equal share a place, and the next ones are skipped (1, 2, 2, 4)."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cmp_to_key


def places[Entry: Hashable](entries: Iterable[Entry], compare: Callable[[Entry, Entry], int]) -> dict[Entry, int]:
    """Return the place of each entry; `compare` is above zero where its first argument is better, 0 where equal."""
    found: dict[Entry, int] = {}
    before: Entry | None = None
    for number, entry in enumerate(sorted(entries, key=cmp_to_key(compare), reverse=True), start=1):
        shares = before is not None and compare(before, entry) == 0
        found[entry] = found[before] if shares and before is not None else number
        before = entry
    return found


def places_by[Entry: Hashable](values: Mapping[Entry, float], *, apart: float = 0) -> dict[Entry, int]:
    """Return the place of each entry by its value, the highest first; values no further than `apart` are equal."""

    def compare(one: Entry, other: Entry) -> int:
        difference = values[one] - values[other]
        return 0 if abs(difference) <= apart else 1 if difference > 0 else -1

    return places(values, compare)
