"""What may still be done with a ticket by whoever holds it: give it back, change its name, pass it on.

Source of the rule: nobody but the entrance uses a ticket up, what was paid goes back by the rule of its product
(`refunds`), and what the product says of itself (a name on it, passed on or not) holds for its tickets (decision 0032).
"""

from dataclasses import dataclass
from enum import StrEnum

LAST_ISSUE = 255  # stands as one byte in the signed code


class Refusal(StrEnum):
    """Why it may not; a closed list, from what says most to what says least."""

    ENDED = "ended"
    USED = "used"
    OVER = "over"
    ASKED = "asked"
    SET = "set"
    MONEY = "money"
    GIVEN = "given"
    NO_NAME = "no_name"
    ONE_PERSON = "one_person"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the books say of a ticket.

    `is_live`: neither it nor its order was cancelled, and its order does not wait. `is_used`: the entrance let it in,
    and did not take that back. `is_over`: its last day, or its session, has ended. `is_asked_for`: its holder wants to
    give it back, and the office has not answered. `is_refundable`: nothing was paid for it, or something of that goes
    back when it is given back now. `issue`: how often it was made, 1 to 255.
    """

    is_live: bool
    is_used: bool
    is_over: bool
    is_named: bool
    is_transferable: bool
    is_refundable: bool
    is_asked_for: bool = False
    issue: int = 1


@dataclass(frozen=True, slots=True)
class Choices:
    """What the page of an order offers for a ticket."""

    give_back: bool
    rename: bool
    pass_on: bool

    @property
    def any(self) -> bool:
        """Whether there is any choice at all."""
        return self.give_back or self.rename or self.pass_on


def choices(facts: Facts) -> Choices:
    """Return what may be done with a ticket."""
    return Choices(
        give_back=refuse_return(facts) is None,
        rename=refuse_renaming(facts) is None,
        pass_on=refuse_passing_on(facts) is None,
    )


def refuse_return(facts: Facts) -> Refusal | None:
    """Return why a ticket cannot be given back by its holder, None when it can."""
    if refusal := _refuse_any(facts):
        return refusal
    return None if facts.is_refundable else Refusal.MONEY


def refuse_renaming(facts: Facts) -> Refusal | None:
    """Return why the name on a ticket cannot be changed by its holder, None when it can.

    Where a ticket is for one person only, another name would pass it on.
    """
    if refusal := _refuse_any(facts):
        return refusal
    if not facts.is_named:
        return Refusal.NO_NAME
    return None if facts.is_transferable else Refusal.ONE_PERSON


def refuse_passing_on(facts: Facts) -> Refusal | None:
    """Return why a ticket cannot be passed on to somebody else, None when it can.

    What was paid stays with the order that paid it, so that a refund finds its way.
    """
    if refusal := _refuse_any(facts):
        return refusal
    if not facts.is_transferable:
        return Refusal.ONE_PERSON
    return Refusal.TOO_OFTEN if facts.issue >= LAST_ISSUE else None


def _refuse_any(facts: Facts) -> Refusal | None:
    """Return why nothing can be done with a ticket any more."""
    checks = (
        (not facts.is_live, Refusal.ENDED),
        (facts.is_used, Refusal.USED),
        (facts.is_over, Refusal.OVER),
        (facts.is_asked_for, Refusal.ASKED),
    )
    return next((refusal for fails, refusal in checks if fails), None)
