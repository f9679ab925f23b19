"""What must always be true of what needs approval; `manage.py fsck` and every test ask this."""

from collections.abc import Iterator

from django.db.models import Q

from tickets.models import Approval, Order


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _waiting() -> Iterator[str]:
    """An order waits for approval with its request, and for nothing that is decided."""
    waits = Order.objects.filter(awaits_approval=True)
    for code in waits.filter(approval=None).values_list("code", flat=True):
        yield f"Order {code} waits for approval, and nobody asked for it."
    for code in waits.exclude(approval__decided_at=None).values_list("code", flat=True):
        yield f"Order {code} waits for approval, and it was decided."
    undecided = Approval.objects.filter(decided_at=None, order__awaits_approval=False)
    for code in undecided.values_list("order__code", flat=True):
        yield f"Order {code} does not wait for approval, and nothing was decided."


def _decided() -> Iterator[str]:
    """What was refused holds nothing; what was accepted was not refused by another way."""
    refused = Approval.objects.filter(is_accepted=False).exclude(order__state=Order.State.CANCELLED)
    for code in refused.values_list("order__code", flat=True):
        yield f"Order {code} was refused, and is not cancelled."
    ordered = Q(order__state__in=[Order.State.PENDING, Order.State.PAID])
    early = Approval.objects.filter(ordered).exclude(is_accepted=True)
    for code in early.values_list("order__code", flat=True):
        yield f"Order {code} went on without its approval."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_waiting, _decided)
