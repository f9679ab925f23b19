"""What must always hold at the door; `manage.py fsck` prints each line that is found."""

from collections.abc import Iterator
from itertools import groupby

from django.db.models import F, Q

from tickets.door.verdicts import Verdict
from tickets.models import Checkin, CheckinList

_MOVES = (Verdict.ADMITTED, Verdict.LEFT)


def violations() -> list[str]:
    """Return one line per broken rule; an empty list when the books of the door are sound."""
    return [line for check in CHECKS for line in check()]


def _histories() -> Iterator[tuple[str, list[tuple[int | None, int, int]]]]:
    """Return what moved each ticket on each list, in order: step, counts, inside."""
    moves = Checkin.objects.exclude(step=None).order_by("list_id", "ticket_id", "step")
    rows = moves.values_list("list_id", "ticket_id", "step", "counts", "inside").iterator()
    for (list_id, ticket_id), history in groupby(rows, key=lambda row: row[:2]):
        yield f"ticket {ticket_id} on list {list_id}", [row[2:] for row in history]


def _steps() -> Iterator[str]:
    """What moves one ticket on one list is numbered from 1 without a hole."""
    for name, history in _histories():
        steps = [step for step, _counts, _inside in history]
        if steps != list(range(1, len(steps) + 1)):
            yield f"{name} has the steps {steps}"


def _ledgers() -> Iterator[str]:
    """A visitor is counted once or not at all, and is inside or is not, after each step."""
    for name, history in _histories():
        counted = inside = 0
        for step, counts, moved in history:
            counted, inside = counted + counts, inside + moved
            if counted not in {0, 1} or inside not in {0, 1}:
                yield f"{name} is counted {counted} times and {inside} times inside after step {step}"
                break


def _undoings() -> Iterator[str]:
    """What takes a scan back is about the same ticket on the same list, comes later, and undoes all it did."""
    undone = Checkin.objects.exclude(undoes=None)
    same = Q(list=F("undoes__list"), ticket=F("undoes__ticket"), direction=F("undoes__direction"))
    later = Q(step__gt=F("undoes__step"), undoes__verdict__in=_MOVES)
    exact = Q(counts=-F("undoes__counts"), inside=-F("undoes__inside"))
    for pk in undone.exclude(same & later & exact).order_by("pk").values_list("pk", flat=True):
        yield f"scan {pk} takes back what it does not fit"


def _nameless() -> Iterator[str]:
    """Nothing is admitted, called cancelled, unpaid, replaced or already in without the ticket it is about."""
    nameless = Q(verdict__in=[Verdict.UNKNOWN, Verdict.WRONG_EDITION, Verdict.FORGED])
    for pk, verdict in Checkin.objects.filter(ticket=None).exclude(nameless).values_list("pk", "verdict"):
        yield f"scan {pk} says {verdict} and names no ticket"


def _wrong_edition() -> Iterator[str]:
    """A list admits tickets of its own edition only."""
    admissions = Checkin.objects.filter(verdict__in=_MOVES)
    for pk in admissions.exclude(ticket__edition=F("list__edition")).values_list("pk", flat=True):
        yield f"scan {pk} admitted a ticket of another edition"


def _already_in_without_admission() -> Iterator[str]:
    """Whoever is told to be in already was let in on that list before, by another scan."""
    told = Checkin.objects.filter(verdict=Checkin.Verdict.ALREADY_IN).order_by()
    admitted = set(Checkin.objects.filter(counts=1).order_by().values_list("list_id", "ticket_id"))
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


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (
    _steps,
    _ledgers,
    _undoings,
    _nameless,
    _wrong_edition,
    _already_in_without_admission,
    _unread_words,
    _lists_of_two_editions,
)
