"""What must always be true of bookings and waiting lists; `manage.py fsck` and every test ask this."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from tickets.models import OrderLine, WaitingEntry


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _twice() -> Iterator[str]:
    """One person has one place in a session with a ticket."""
    booked = OrderLine.objects.holding_a_place().exclude(booked_with=None).exclude(occurrence=None).order_by()
    twice = booked.values("booked_with", "occurrence").annotate(count=Count("pk")).filter(count__gt=1)
    for row in twice.order_by("booked_with", "occurrence"):
        yield f"Ticket {row['booked_with']} has {row['count']} places in session {row['occurrence']}."


def _strangers() -> Iterator[str]:
    """A ticket books places in sessions of its own edition, or opens add-ons of it, and nothing else."""
    wrong = (Q(occurrence=None) & ~Q(kind=OrderLine.Kind.ADDON)) | ~Q(booked_with__edition=F("order__edition"))
    for pk in OrderLine.objects.exclude(booked_with=None).filter(wrong).order_by("pk").values_list("pk", flat=True):
        yield f"Line {pk} was booked with a ticket that is not for it."
    for pk in WaitingEntry.objects.exclude(occurrence__edition=F("edition")).values_list("pk", flat=True):
        yield f"Waiting entry {pk} is not of the edition of its session."


def _offers() -> Iterator[str]:
    """What is offered to somebody is a place in the session that they wait for."""
    for entry in WaitingEntry.objects.exclude(order=None).order_by("pk"):
        if not OrderLine.objects.filter(order=entry.order_id, occurrence=entry.occurrence_id).exists():
            yield f"Waiting entry {entry.pk} was offered no place in its session."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_twice, _strangers, _offers)
