"""What a code does: how it is read, whether it may be used now, which lines it fits, what it takes off each.

Amounts are whole cents of one currency, percentages hundredths of a percent. Intervals are half-open: at `until` a code
is over (decision 0035).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

WHOLE = 10_000  # 100 %, in hundredths of a percent

# No vowels, no look-alikes: a code never spells a word, and is told on the telephone.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"

# What the eye takes for another letter: capitals of the Greek and Cyrillic alphabets, and letters for digits.
_SAME = str.maketrans(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0405\u0408",
    "ABEZHIKMNOPTYXABEKMHOPCTYXISJ",
)
_DIGITS = str.maketrans("OIL", "011")
_NOT_COMPARED = re.compile(r"[^0-9A-Z]")


class Effect(StrEnum):
    """What a code does to the price of a place."""

    NONE = "none"
    PERCENT = "percent"
    AMOUNT = "amount"
    PRICE = "price"


class Refusal(StrEnum):
    """Why a code cannot be used; a closed list."""

    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    USED_UP = "used_up"
    TOO_FEW = "too_few"
    SPENT = "spent"
    NOT_FOR_THIS = "not_for_this"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a code says of itself, and what is left of it.

    `products` are primary keys, none for all; `reveals` whether it opens those of them that are not listed.
    `keeps_places` whether it keeps places back, so that each place that is had with it counts.
    `uses_left` and `budget_left` are None without a limit, else 0 or more.
    """

    effect: Effect
    value: int = 0
    products: frozenset[int] = frozenset()
    reveals: bool = False
    keeps_places: bool = False
    uses_left: int | None = None
    budget_left: int | None = None
    starts: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One place that is chosen: its product (primary key), what it costs without a code, whether it needs one."""

    product: int
    cents: int
    needs_code: bool = False


def fold(code: str) -> str:
    """Return what two spellings of a code have in common: case, accents, blanks, hyphens and look-alikes go.

    Empty when nothing of it can be compared. O is 0, I and L are 1, as whoever reads it aloud cannot tell them apart.
    """
    plain = unicodedata.normalize("NFKD", code).upper().translate(_SAME)
    return _NOT_COMPARED.sub("", plain).translate(_DIGITS)


def cut(effect: Effect, value: int, cents: int) -> int:
    """Return what a code takes off a place of `cents`, between 0 and all of it.

    A percentage is rounded to the nearest cent, halves up: in favour of the buyer.
    """
    match effect:
        case Effect.PERCENT:
            return min(cents, (2 * cents * value + WHOLE) // (2 * WHOLE))
        case Effect.AMOUNT:
            return min(cents, value)
        case Effect.PRICE:
            return max(0, cents - value)
    return 0


def refuse(terms: Terms, *, now: datetime) -> Refusal | None:
    """Return why a code cannot be used by anybody at `now`, None when it can."""
    checks = (
        (terms.starts is not None and now < terms.starts, Refusal.NOT_YET),
        (terms.until is not None and now >= terms.until, Refusal.EXPIRED),
        (terms.uses_left == 0, Refusal.USED_UP),
        (terms.budget_left == 0, Refusal.SPENT),
    )
    return next((refusal for fails, refusal in checks if fails), None)


def fits(terms: Terms, place: Place) -> bool:
    """Return whether a code is for a place: for its product, and for one that is not listed only if it opens it."""
    named = place.product in terms.products
    return terms.reveals and named if place.needs_code else named or not terms.products


def take_off(terms: Terms, places: Sequence[Place]) -> list[int | None]:
    """Return for each place what the code takes off it; None for one that does not use it.

    A place uses the code when it becomes cheaper by it, or cannot be had without it, or the code keeps places back.
    What is taken off together is at the most what is left of the budget: the last place gets what remains.
    """
    left = terms.budget_left
    found: list[int | None] = []
    for place in places:
        if not fits(terms, place):
            found.append(None)
            continue
        off = cut(terms.effect, terms.value, place.cents)
        off = off if left is None else min(off, left)
        left = left if left is None else left - off
        found.append(off if off or place.needs_code or terms.keeps_places else None)
    return found


def refuse_places(terms: Terms, places: Iterable[Place], offs: Iterable[int | None]) -> Refusal | None:
    """Return why a code does not go with these places (`offs` from `take_off`), None when it does."""
    uses = [off for off in offs if off is not None]
    if not uses or any(place.needs_code and not fits(terms, place) for place in places):
        return Refusal.NOT_FOR_THIS
    return Refusal.TOO_FEW if terms.uses_left is not None and len(uses) > terms.uses_left else None
