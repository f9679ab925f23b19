"""What the door answers to one scan.

Source of the rule: tickets admit once per list, on the list's day, to the products the list names
(`docs/explanation/door.md`). The order of the checks matters: the first that fails is what the door is told, so the
ones that say most about the paper in hand come before the ones that say something about the order behind it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The closed list of answers; the values are stored with every scan."""

    ADMITTED = "admitted"
    ALREADY_IN = "already_in"
    WRONG_DAY = "wrong_day"
    WRONG_PRODUCT = "wrong_product"
    WRONG_EDITION = "wrong_edition"
    CANCELLED = "cancelled"
    UNPAID = "unpaid"
    REPLACED = "replaced"
    FORGED = "forged"
    UNKNOWN = "unknown"


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
    `is_listed`: the list lets its product in. `is_for_day`: it is valid on the list's day. `is_inside`: the list has
    admitted it before.
    """

    edition: int
    issue: int
    is_cancelled: bool
    is_paid: bool
    is_listed: bool
    is_for_day: bool
    is_inside: bool


def judge(*, edition: int, claim: Claim | None, facts: Facts | None) -> Verdict:
    """Return what the door is told.

    Args:
        edition: The number of the edition whose list is checked.
        claim: What the token says; None when a short code was typed, or when nothing of ours could be read.
        facts: What the books say; None when they know no such ticket.
    """
    if claim is not None and (refusal := _refuse_claim(edition, claim, facts)):
        return refusal
    if facts is None:
        return Verdict.UNKNOWN
    checks = (
        (facts.edition != edition, Verdict.WRONG_EDITION),
        (facts.is_cancelled, Verdict.CANCELLED),
        (not facts.is_paid, Verdict.UNPAID),
        (not facts.is_listed, Verdict.WRONG_PRODUCT),
        (not facts.is_for_day, Verdict.WRONG_DAY),
        (facts.is_inside, Verdict.ALREADY_IN),
    )
    return next((verdict for fails, verdict in checks if fails), Verdict.ADMITTED)


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
