"""What the door answers to one scan.

Source of the rule: tickets admit once per list, on the list's day, to the products the list names; who may come in
again is the list's rule (`docs/explanation/door.md`). The order of the checks matters: the first that fails is what the
door is told, so the ones that say most about the paper in hand come before the ones that say something about the order
behind it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The closed list of answers; the values are stored with every scan."""

    ADMITTED = "admitted"
    LEFT = "left"
    ALREADY_IN = "already_in"
    NOT_IN = "not_in"
    WRONG_DAY = "wrong_day"
    WRONG_PRODUCT = "wrong_product"
    WRONG_EDITION = "wrong_edition"
    CANCELLED = "cancelled"
    UNPAID = "unpaid"
    REPLACED = "replaced"
    FORGED = "forged"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Which way the person goes."""

    IN = "in"
    OUT = "out"


class Reentry(StrEnum):
    """Who may come in again: nobody, who was scanned out, or everybody."""

    NO = "no"
    ONCE_OUT = "once_out"
    FREE = "free"


class Signature(StrEnum):
    """What the check of a token's signature gave. RETIRED: right, but made with a key that was since withdrawn."""

    GOOD = "good"
    BAD = "bad"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a signed token says of itself: the edition's number, the issue of the ticket (1 to 255), its signature."""

    edition: int
    issue: int
    signature: Signature


@dataclass(frozen=True, slots=True)
class Facts:
    """What the books say of a ticket, seen from one list.

    `edition`: its edition's number. `issue`: the one that is valid now. `is_cancelled`: the ticket or its whole order.
    `is_listed`: the list lets its product in. `is_for_day`: it is valid on the list's day. `entries` and `exits`: how
    often the list has let it in and out before.
    """

    edition: int
    issue: int
    is_cancelled: bool
    is_paid: bool
    is_listed: bool
    is_for_day: bool
    entries: int
    exits: int

    @property
    def is_inside(self) -> bool:
        """Whether it went in more often than out."""
        return self.entries > self.exits


def judge(
    *,
    edition: int,
    claim: Claim | None,
    facts: Facts | None,
    direction: Direction = Direction.IN,
    reentry: Reentry = Reentry.NO,
) -> Verdict:
    """Return what the door is told.

    Args:
        edition: The number of the edition whose list is checked.
        claim: What the token says; None when a short code was typed, or when nothing of ours could be read.
        facts: What the books say; None when they know no such ticket.
        direction: Which way the person goes. Whoever is in may leave, even if the ticket was cancelled meanwhile.
        reentry: The list's rule.
    """
    if claim is not None and (refusal := _refuse_claim(edition, claim, facts)):
        return refusal
    if facts is None:
        return Verdict.UNKNOWN
    if facts.edition == edition and direction is Direction.OUT:
        return Verdict.LEFT if facts.is_inside else Verdict.NOT_IN
    checks = (
        (facts.edition != edition, Verdict.WRONG_EDITION),
        (facts.is_cancelled, Verdict.CANCELLED),
        (not facts.is_paid, Verdict.UNPAID),
        (not facts.is_listed, Verdict.WRONG_PRODUCT),
        (not facts.is_for_day, Verdict.WRONG_DAY),
        (_is_once_too_often(facts, reentry), Verdict.ALREADY_IN),
    )
    return next((verdict for fails, verdict in checks if fails), Verdict.ADMITTED)


def passage(verdict: Verdict, facts: Facts | None) -> int | None:
    """Return how often the ticket has gone this way when it goes now, from 1; None for who does not pass.

    The books hold each passage once: of two phones that let the same one through, one has to judge again.
    """
    if facts is None or verdict not in {Verdict.ADMITTED, Verdict.LEFT}:
        return None
    return 1 + (facts.entries if verdict is Verdict.ADMITTED else facts.exits)


def _is_once_too_often(facts: Facts, reentry: Reentry) -> bool:
    if reentry is Reentry.NO:
        return facts.entries > 0
    return reentry is Reentry.ONCE_OUT and facts.is_inside


def _refuse_claim(edition: int, claim: Claim, facts: Facts | None) -> Verdict | None:
    """Return why the token itself is refused, whatever its order says; None when it is genuine and up to date.

    Keys of other editions are not at hand, so an edition that differs is told before the signature is looked at.
    A retired key may have leaked: only tokens that were replaced since are believed to be honest old paper.
    """
    if claim.edition != edition:
        return Verdict.WRONG_EDITION
    is_older = facts is not None and claim.issue < facts.issue
    if claim.signature is Signature.BAD or (claim.signature is Signature.RETIRED and not is_older):
        return Verdict.FORGED
    if is_older:
        return Verdict.REPLACED
    if facts is not None and claim.issue > facts.issue:
        return Verdict.UNKNOWN
    return None
