"""Which order a credit of the bank is for: by the code in its text, however it was written there. Plain Python.

People and banks write `k7m4 qx2v`, `K7M4-QX2V`, a 0 for a Q, and break lines in the middle of a word. So text and
codes are compared without blanks and signs, in large letters, and with letters that look alike made the same.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from festival.text import collation
from tickets.statements.entries import Entry

_ALIKE = str.maketrans("OQDILZSBGUY", "000112586VV")
_SHORTEST_NAME = 2  # letters


class Found(StrEnum):
    """How the order was found."""

    CODE = "code"  # its code stands there
    NEAR = "near"  # one character is off; amount and name agree
    SEVERAL = "several"  # the codes of more than one order
    NOTHING = "nothing"


class Amount(StrEnum):
    """What came in beside what is owed."""

    EQUAL = "equal"
    SHORT = "short"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Owed:
    """An order as far as matching needs it: `due` are the cents that are still to pay, 0 for one that was paid."""

    code: str
    due: int
    currency: str
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a credit is for. Only a sure one may be confirmed without somebody looking at it."""

    found: Found
    code: str = ""
    amount: Amount = Amount.EQUAL
    is_sure: bool = False


NOTHING = Match(Found.NOTHING)


class Orders:
    """All orders that money may be for, arranged so that a text of any length is looked up at once."""

    def __init__(self, orders: Iterable[Owed]) -> None:
        self.by_code: dict[str, Owed] = {}
        self._by_look: dict[str, list[Owed]] = {}
        self._by_due: dict[int, list[tuple[Owed, set[str]]]] = {}
        for order in orders:
            self.by_code[order.code] = order
            self._by_look.setdefault(look(order.code), []).append(order)
            if order.due > 0:
                self._by_due.setdefault(order.due, []).append((order, _wanted(order.name)))
        self._lengths = sorted({len(code) for code in self._by_look})

    def match(self, entry: Entry) -> Match:
        """Return what the entry is for."""
        found = self._named(entry.text)
        if len(found) > 1:
            return Match(Found.SEVERAL)
        if found:
            return _judged(entry, found[0])
        words = _words(entry)
        named = [order for order, wanted in self._by_due.get(entry.cents, ()) if wanted and wanted <= words]
        near = [order for order in named if _is_near(entry, order)]
        return Match(Found.NEAR, near[0].code) if len(near) == 1 else NOTHING

    def _named(self, text: str) -> list[Owed]:
        """Return the orders whose codes stand in the text: those written exactly, else those that look like it."""
        bare = _bare(text)
        seen = bare.translate(_ALIKE)
        exact: dict[str, Owed] = {}
        alike: dict[str, Owed] = {}
        for length in self._lengths:
            for start in range(len(bare) - length + 1):
                for order in self._by_look.get(seen[start : start + length], ()):
                    alike[order.code] = order
                    if bare[start : start + length] == order.code:
                        exact[order.code] = order
        return list((exact or alike).values())


def look(code: str) -> str:
    """Return the code with letters that look alike made the same; codes that differ may share it."""
    return _bare(code).translate(_ALIKE)


def named_together(counterparty: str, name: str) -> bool:
    """Whether a bank's `M OU MME MARTIN PAUL` may be our `Paul Martin`: all words of one stand in the other."""
    wanted = _wanted(name)
    return bool(wanted) and wanted <= set(collation.words_of(counterparty))


def _judged(entry: Entry, order: Owed) -> Match:
    amount = Amount.EQUAL if entry.cents == order.due else Amount.SHORT if entry.cents < order.due else Amount.OVER
    is_sure = amount is Amount.EQUAL and _agrees(entry, order) and not entry.is_return
    return Match(Found.CODE, order.code, amount, is_sure)


def _agrees(entry: Entry, order: Owed) -> bool:
    """Whether both speak of the same currency; many files do not name theirs."""
    return entry.currency in {order.currency, ""}


def _is_near(entry: Entry, order: Owed) -> bool:
    """Whether the code stands there with one character wrong, missing, too much, or two changed round."""
    if not _agrees(entry, order):
        return False
    seen, wanted = _bare(entry.text).translate(_ALIKE), look(order.code)
    sizes = range(len(wanted) - 1, len(wanted) + 2)
    windows = (seen[start : start + size] for size in sizes for start in range(len(seen) - size + 1))
    return any(is_one_off(window, wanted) for window in windows)


def is_one_off(first: str, second: str) -> bool:
    """Whether two words differ by one character that is wrong, missing or too much, or by two that changed places."""
    if len(first) > len(second):
        first, second = second, first
    start = next((n for n, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), len(first))
    if len(first) != len(second):
        return len(second) == len(first) + 1 and first[start:] == second[start + 1 :]
    swapped = first[start + 1 : start + 2] + first[start : start + 1] + first[start + 2 :]
    return first[start + 1 :] == second[start + 1 :] or swapped == second[start:]


def same_amount(orders: Mapping[str, Owed], entry: Entry) -> Sequence[Owed]:
    """Return the orders that owe just what came in, those with the payer's name first; for choosing by hand."""
    owing = [order for order in orders.values() if order.due == entry.cents]
    words = f"{entry.counterparty} {entry.text}"
    return sorted(owing, key=lambda order: (not named_together(words, order.name), order.code))


def _wanted(name: str) -> set[str]:
    """Return the words of a buyer's name that a bank would have to write."""
    return {word for word in collation.words_of(name) if len(word) >= _SHORTEST_NAME}


def _words(entry: Entry) -> set[str]:
    return set(collation.words_of(f"{entry.counterparty} {entry.text}"))


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).upper()
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())
