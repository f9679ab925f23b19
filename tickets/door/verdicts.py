"""What the door answers to one scan.

Source of the rule: tickets admit once per list, on the festival day of the scan, to the products the list names; who
may come in again is the list's rule (`docs/explanation/door.md`). The order of the checks matters: the first that fails
is what the door is told, so the ones that say most about the paper in hand come before the ones that say something
about the order behind it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The closed list of answers; the values are stored with every scan."""

    ADMITTED = "admitted"
    LEFT = "left"
    UNDONE = "undone"
    ALREADY_IN = "already_in"
    NOT_IN = "not_in"
    WRONG_DAY = "wrong_day"
    WRONG_LIST = "wrong_list"
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
class Standing:
    """Where a ticket stands on one list.

    `steps`: how often something has moved it there, from 0. `is_counted`: its visitor is counted. `is_inside`: the last
    way was in.
    """

    steps: int = 0
    is_counted: bool = False
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """What a scan that passes writes into the books: its step, and by how much it changes both counts (-1, 0 or 1)."""

    step: int
    counts: int
    inside: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the books say of a ticket, seen from one list at one moment.

    `edition`: its edition's number. `issue`: the one that is valid now. `is_cancelled`: the ticket or its whole order.
    `is_listed`: the list lets its product in. `is_valid_today`: it is valid on the festival day of the moment.
    `is_list_today`: the list is for that day, or for the whole week. `standing`: where it stands on the list.
    """

    edition: int
    issue: int
    is_cancelled: bool
    is_paid: bool
    is_listed: bool
    is_valid_today: bool
    is_list_today: bool
    standing: Standing


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
        return Verdict.LEFT if facts.standing.is_inside else Verdict.NOT_IN
    checks = (
        (facts.edition != edition, Verdict.WRONG_EDITION),
        (facts.is_cancelled, Verdict.CANCELLED),
        (not facts.is_paid, Verdict.UNPAID),
        (not facts.is_listed, Verdict.WRONG_PRODUCT),
        (not facts.is_valid_today, Verdict.WRONG_DAY),
        (not facts.is_list_today, Verdict.WRONG_LIST),
        (_is_once_too_often(facts.standing, reentry), Verdict.ALREADY_IN),
    )
    return next((verdict for fails, verdict in checks if fails), Verdict.ADMITTED)


def move(verdict: Verdict, standing: Standing) -> Move | None:
    """Return what the books get for a verdict, None for whoever does not pass.

    The books hold each step once: of two phones that move the same ticket at once, one has to judge again.
    """
    if verdict is Verdict.ADMITTED:
        return Move(standing.steps + 1, int(not standing.is_counted), int(not standing.is_inside))
    if verdict is Verdict.LEFT:
        return Move(standing.steps + 1, 0, -1)
    return None


def move_back(taken: Move, standing: Standing) -> Move:
    """Return what takes back the move `taken`, the last one that still holds."""
    return Move(standing.steps + 1, -taken.counts, -taken.inside)


def _is_once_too_often(standing: Standing, reentry: Reentry) -> bool:
    if reentry is Reentry.NO:
        return standing.is_counted
    return reentry is Reentry.ONCE_OUT and standing.is_inside


def _refuse_claim(edition: int, claim: Claim, facts: Facts | None) -> Verdict | None:
    """Return why the token itself is refused, whatever its order says; None when it is genuine and up to date.

    A ticket of another edition is one of ours only if a key of that edition made it: another festival numbers its
    editions alike. A retired key may have leaked: only tokens that were replaced since are believed to be honest paper.
    """
    if claim.edition != edition:
        return Verdict.FORGED if claim.signature is Signature.BAD else Verdict.WRONG_EDITION
    is_older = facts is not None and claim.issue < facts.issue
    if claim.signature is Signature.BAD or (claim.signature is Signature.RETIRED and not is_older):
        return Verdict.FORGED
    if is_older:
        return Verdict.REPLACED
    if facts is not None and claim.issue > facts.issue:
        return Verdict.UNKNOWN
    return None
