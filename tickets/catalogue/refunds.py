"""How much of what was paid goes back when it is given back at a moment.

Source of the rule: the organiser's steps of a product, such as all of it until 5 April, half of it until 28 April, then
nothing; a fee is kept of each refund (decision 0041). Amounts are whole cents; an end is excluded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.catalogue import pricing

WHOLE = 100  # percent


@dataclass(frozen=True, slots=True)
class Step:
    """So much goes back until a moment: `percent` is 1 to 100."""

    until: datetime
    percent: int


@dataclass(frozen=True, slots=True)
class Rule:
    """The steps of one thing that was sold, whatever their order, and what is kept of each refund, in cents."""

    steps: tuple[Step, ...] = ()
    fee_cents: int = 0

    def in_order(self, at: datetime) -> list[Step]:
        """Return the steps that are not over at `at`, the first to end first."""
        return sorted((step for step in self.steps if at < step.until), key=lambda step: (step.until, -step.percent))


def back(cents: int, rule: Rule, *, at: datetime) -> int:
    """Return how much of `cents` (0 or more) goes back at `at`; never less than 0, never more than `cents`.

    Of a share, half a cent is for the buyer; the fee is taken off what goes back.
    """
    step = next(iter(rule.in_order(at)), None)
    if step is None:
        return 0
    share = (cents * step.percent + WHOLE // 2) // WHOLE
    return max(0, share - rule.fee_cents)


def is_refundable(cents: int, rule: Rule, *, at: datetime) -> bool:
    """Return whether something that cost `cents` can be given back at `at` by who has it: what was free always can."""
    return not cents or back(cents, rule, at=at) > 0


def shares(total: int, parts: Sequence[int]) -> list[int]:
    """Return `total` cents cut among parts in proportion to them, to the cent.

    Args:
        total: From 0 to the sum of the parts.
        parts: Cents, 0 or more each.

    Returns:
        As many amounts as parts, which add up to `total`; none above its part. What a division leaves over goes to the
        largest remainders, of alike ones to the first.
    """
    whole = sum(parts)
    if not 0 <= total <= whole:
        raise ValueError(f"{total} cents cannot be cut among {whole}.")
    return pricing.apportioned(total, parts)
