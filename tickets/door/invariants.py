"""What must always hold at the door; `manage.py fsck` prints each line that is found."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Q

from tickets.door.verdicts import Direction, Verdict
from tickets.models import Checkin, CheckinList


def violations() -> list[str]:
    """Return one line per broken rule; an empty list when the books of the door are sound."""
    checks = (
        _passages,
        _more_out_than_in,
        _nameless,
        _wrong_edition,
        _already_in_without_admission,
        _unread_words,
        _lists_of_two_editions,
    )
    return [line for check in checks for line in check()]


def _passages() -> Iterator[str]:
    """Passages of one ticket one way on one list run from 1 without a hole."""
    groups = Checkin.objects.exclude(passage=None).order_by().values("list_id", "ticket_id", "direction")
    for row in groups.annotate(count=Count("pk"), last=Max("passage")).exclude(count=F("last")):
        yield (
            f"ticket {row['ticket_id']} went {row['direction']} {row['count']} times on list {row['list_id']}, "
            f"and its last passage is number {row['last']}"
        )


def _more_out_than_in() -> Iterator[str]:
    """Nobody leaves more often than they came in."""
    went = {direction: Count("pk", filter=Q(direction=direction)) for direction in (Direction.IN, Direction.OUT)}
    groups = Checkin.objects.exclude(passage=None).order_by().values("list_id", "ticket_id")
    for row in groups.annotate(came=went[Direction.IN], left=went[Direction.OUT]).filter(left__gt=F("came")):
        yield (
            f"ticket {row['ticket_id']} came in {row['came']} times on list {row['list_id']}, "
            f"and left {row['left']} times"
        )


def _nameless() -> Iterator[str]:
    """Nothing is admitted, called cancelled, unpaid, replaced or already in without the ticket it is about."""
    nameless = Q(verdict__in=[Verdict.UNKNOWN, Verdict.WRONG_EDITION, Verdict.FORGED])
    for pk, verdict in Checkin.objects.filter(ticket=None).exclude(nameless).values_list("pk", "verdict"):
        yield f"scan {pk} says {verdict} and names no ticket"


def _wrong_edition() -> Iterator[str]:
    """A list admits tickets of its own edition only."""
    admissions = Checkin.objects.exclude(passage=None)
    for pk in admissions.exclude(ticket__edition=F("list__edition")).values_list("pk", flat=True):
        yield f"scan {pk} admitted a ticket of another edition"


def _already_in_without_admission() -> Iterator[str]:
    """Whoever is told to be in already was let in on that list before, by another scan."""
    told = Checkin.objects.filter(verdict=Checkin.Verdict.ALREADY_IN).order_by()
    admitted = set(Checkin.objects.filter(counts=True).order_by().values_list("list_id", "ticket_id"))
    for pk, *pair in told.values_list("pk", "list_id", "ticket_id"):
        if tuple(pair) not in admitted:
            yield f"scan {pk} says already in, but nobody was admitted with ticket {pair[1]} on list {pair[0]}"


def _unread_words() -> Iterator[str]:
    """Verdicts come from the closed list."""
    for pk, verdict in Checkin.objects.exclude(verdict__in=list(Verdict), shown__in=list(Verdict)).values_list(
        "pk", "verdict"
    ):
        yield f"scan {pk} has the verdict {verdict!r}, which does not exist"


def _lists_of_two_editions() -> Iterator[str]:
    """A list has the day and the products of its edition."""
    for pk in CheckinList.objects.exclude(day=None).exclude(day__edition=F("edition")).values_list("pk", flat=True):
        yield f"list {pk} is for a day of another edition"
    products = CheckinList.products.through.objects.exclude(product__edition=F("checkinlist__edition"))
    for pk in products.values_list("checkinlist_id", flat=True):
        yield f"list {pk} lets in a product of another edition"
