"""What must always hold at the door; `manage.py fsck` prints each line that is found."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from tickets.door.verdicts import Verdict
from tickets.models import Checkin


def violations() -> list[str]:
    """Return one line per broken rule; an empty list when the books of the door are sound."""
    checks = (
        _admitted_twice,
        _nameless,
        _wrong_edition,
        _already_in_without_admission,
        _unread_words,
    )
    return [line for check in checks for line in check()]


def _admitted_twice() -> Iterator[str]:
    """At most one admission per list and ticket."""
    admissions = Checkin.objects.filter(verdict=Checkin.Verdict.ADMITTED).order_by()
    for list_id, position_id, count in (
        admissions.values_list("list_id", "position_id").annotate(count=Count("pk")).filter(count__gt=1)
    ):
        yield f"ticket {position_id} was admitted {count} times on list {list_id}"


def _nameless() -> Iterator[str]:
    """Nothing is admitted, called cancelled, unpaid, replaced or already in without the ticket it is about."""
    nameless = Q(verdict__in=[Verdict.UNKNOWN, Verdict.WRONG_EDITION, Verdict.FORGED])
    for pk, verdict in Checkin.objects.filter(position=None).exclude(nameless).values_list("pk", "verdict"):
        yield f"scan {pk} says {verdict} and names no ticket"


def _wrong_edition() -> Iterator[str]:
    """A list admits tickets of its own edition only."""
    admissions = Checkin.objects.filter(verdict=Checkin.Verdict.ADMITTED, position__isnull=False)
    for pk in admissions.exclude(position__order__edition=F("list__edition")).values_list("pk", flat=True):
        yield f"scan {pk} admitted a ticket of another edition"


def _already_in_without_admission() -> Iterator[str]:
    """Whoever is told to be in already was let in on that list before, by another scan."""
    told = Checkin.objects.filter(verdict=Checkin.Verdict.ALREADY_IN).order_by()
    admitted = set(
        Checkin.objects.filter(verdict=Checkin.Verdict.ADMITTED).order_by().values_list("list_id", "position_id")
    )
    for pk, *pair in told.values_list("pk", "list_id", "position_id"):
        if tuple(pair) not in admitted:
            yield f"scan {pk} says already in, but nobody was admitted with ticket {pair[1]} on list {pair[0]}"


def _unread_words() -> Iterator[str]:
    """Verdicts come from the closed list."""
    for pk, verdict in Checkin.objects.exclude(verdict__in=list(Verdict)).values_list("pk", "verdict"):
        yield f"scan {pk} has the verdict {verdict!r}, which does not exist"
