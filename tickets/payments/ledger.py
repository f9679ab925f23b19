"""What each fact of money moves on the accounts of the books, by double entry.

Accounts: `receivable` (what buyers owe), `revenue` (net of tax), `vat:RATE` (tax by rate, in hundredths of a percent),
`cash:PROVIDER` (what came by each way), `owed` (refunds that are begun and not done), `pot` (what was given for tickets
of others and is not spent yet: a gift, so no revenue and no tax). Cents of one currency; a debit is positive, a credit
negative, and what one fact moves adds up to zero. Accounts that it leaves alone are not named.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

RECEIVABLE = "receivable"
REVENUE = "revenue"
OWED = "owed"
POT = "pot"

type Line = tuple[int, int, int]
type Entries = dict[str, int]


def vat(rate: int) -> str:
    """Return the account of the tax at a rate, in hundredths of a percent."""
    return f"vat:{rate}"


def cash(provider: str) -> str:
    """Return the account of what came by one way; what the pot pays comes out of the pot."""
    return POT if provider == POT else f"cash:{provider}"


def sale(lines: Iterable[Line]) -> Entries:
    """Return what selling lines moves: (cents with tax, rate, tax in cents) each, of either sign."""
    moved: Counter[str] = Counter()
    for cents, rate, tax in lines:
        moved[RECEIVABLE] += cents
        moved[REVENUE] -= cents - tax
        moved[vat(rate)] -= tax
    return _named(moved)


def gift(cents: int) -> Entries:
    """Return what it moves when `cents` are given into the pot; negative when the gift is taken back."""
    return _named({RECEIVABLE: cents, POT: -cents})


def together(*parts: Entries) -> Entries:
    """Return what several facts move together."""
    moved: Counter[str] = Counter()
    for part in parts:
        moved.update(part)
    return _named(moved)


def taken_back(lines: Iterable[Line]) -> Entries:
    """Return what cancelling sold lines moves: the sale the other way round."""
    return {account: -cents for account, cents in sale(lines).items()}


def payment(provider: str, cents: int) -> Entries:
    """Return what `cents` moves that came by a way."""
    return _named({cash(provider): cents, RECEIVABLE: -cents})


def refund_begun(cents: int) -> Entries:
    """Return what it moves when `cents` are to go back."""
    return _named({RECEIVABLE: cents, OWED: -cents})


def refund_done(provider: str, cents: int) -> Entries:
    """Return what it moves when `cents` have gone back by a way."""
    return _named({OWED: cents, cash(provider): -cents})


def refund_dropped(cents: int) -> Entries:
    """Return what it moves when `cents` that were to go back stay after all."""
    return {account: -moved for account, moved in refund_begun(cents).items()}


def _named(moved: Mapping[str, int]) -> Entries:
    return {account: cents for account, cents in moved.items() if cents}
