"""People of a group who fill in their own: a secret link for each, which is filled in once (decision 0039)."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import require_transaction, writing
from tickets.models import Guest, Order, OrderLine, Ticket
from tickets.orders.placing import Buyer
from tickets.questions import answering
from tickets.questions.queries import Given
from tickets.selfservice.faults import FilledAlready, GuestGone

GUEST_MAIL = "guest.tickets"

Admit = Callable[[], None]


def invite(*, order: Order, guests: Sequence[Sequence[OrderLine]]) -> None:
    """Make a link for each person, of these lines each; within the transaction that holds the basket.

    Links that there were, none of which anybody has seen, are replaced; no guests means that the buyer fills in all.
    """
    require_transaction("inviting guests")
    order.lines.exclude(guest=None).update(guest=None)
    Guest.objects.filter(order=order).delete()
    made = Guest.objects.bulk_create(
        Guest(order=order, rank=rank, secret=secrets.token_urlsafe(32)) for rank, _lines in enumerate(guests, start=1)
    )
    for guest, lines in zip(made, guests, strict=True):
        order.lines.live().filter(pk__in=[line.pk for line in lines]).update(guest=guest)


def fill_in(*, guest: Guest, person: Buyer, given: Sequence[Given], now: datetime, admit: Admit | None = None) -> None:
    """Put a person's name on what is theirs, keep their answers, and send them their tickets.

    `admit` counts limits within the transaction; what it raises gives everything up.

    Raises:
        FilledAlready: If somebody has filled it in.
        GuestGone: If the order is not paid, or nothing of it is theirs any more. Nothing was written in both cases.
    """
    order = guest.order
    with writing(public=False):
        if not Order.objects.filter(pk=order.pk, state=Order.State.PAID).update(state=Order.State.PAID):
            raise GuestGone
        values = {"name": person.name, "email": person.email, "language": person.language, "filled_at": now}
        if not Guest.objects.filter(pk=guest.pk, filled_at=None).update(**values):
            raise FilledAlready
        lines = set(guest.lines.live().values_list("pk", flat=True))
        if not lines or any(one.line and one.line.pk not in lines for one in given):
            raise GuestGone
        if admit is not None:
            admit()
        for ticket in Ticket.objects.filter(line__in=lines, state=Ticket.State.VALID).select_related("line__order"):
            ticket.holder = person.name
            ticket.save(update_fields=["holder"])
        answering.store(order=order, given=given, now=now)
        guest.refresh_from_db(fields=list(values))
        outbox.queue(GUEST_MAIL, to=person.email, language=person.language, fact=guest, now=now, edition=order.edition)
        actor = Actor.of_order(order.code, person.name)
        audit.record("guest.filled_in", guest, actor=actor, at=now, facts={"rank": guest.rank}, edition=order.edition)


def send_again(*, guest: Guest, now: datetime) -> None:
    """Send a guest's tickets once more, to the address that they gave."""
    order = guest.order
    with writing(public=False):
        outbox.queue(GUEST_MAIL, to=guest.email, language=guest.language, fact=guest, now=now, edition=order.edition)
        actor = Actor.of_order(order.code, guest.name)
        audit.record("guest.mailed_again", guest, actor=actor, at=now, edition=order.edition)
