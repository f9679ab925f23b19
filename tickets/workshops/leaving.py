"""Giving a place back, and changing it for another time of the same session in one step."""

import uuid
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext, override

from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.exceptions import NotCancellable, SessionNotOffered
from tickets.models import Order, OrderLine, Quota, Ticket
from tickets.orders import cancelling
from tickets.orders.placing import Buyer
from tickets.questions import answering
from tickets.workshops import booking, telling, waiting
from tickets.workshops.booking import Booking
from tickets.workshops.queries import Workshop


def leave(*, order: Order, line: OrderLine, now: datetime) -> None:
    """Give the places of a booking back, and hold them at once for who waits for them.

    Raises:
        NotCancellable: If the order has ended, was paid, or was used at the door.
    """
    cancelling.cancel(order=order, actor=Actor.of_order(order.code, order.name), now=now, even_used=False)
    if line.occurrence_id is not None:
        waiting.offer_places(line.occurrence_id, now)
        telling.tell_of(line.occurrence_id)


def swap(*, order: Order, line: OrderLine, to: Workshop, now: datetime) -> Order:
    """Give a booking back and take as many places at another time of the session; return the new order.

    Both or neither, in one transaction. What is given back is held at once for who waits for it.

    Raises:
        SessionNotOffered: If the other is no time of the same session.
        NotCancellable: If the booking cannot be given back.
        SoldOut, SaleClosed, TicketRefused, BookedAlready…: As in `booking.book`. Nothing was changed in these cases.
    """
    if line.occurrence is None or to.occurrence.session_id != line.occurrence.session_id:
        raise SessionNotOffered
    with writing(public=False):
        _lock(order, line, to)
        actor = Actor.of_order(order.code, order.name)
        places = cancelling.cancel(order=order, actor=actor, now=now, tell=False, even_used=False)
        wanted = Booking(
            workshop=to,
            places=places,
            buyer=Buyer(order.name, order.email, order.language),
            form_token=uuid.uuid5(order.form_key, str(to.occurrence.uuid)),
            ticket=line.booked_with,
            network=order.network,
        )
        taken = booking.book(booking=wanted, now=now)
        answering.move(before=order, after=taken)
    waiting.offer_places(line.occurrence.pk, now)
    telling.tell_of(line.occurrence.pk)
    return taken


def leave_with_ticket(now: datetime) -> int:
    """Give back the places that were booked with a ticket that is cancelled now; return how many. Runs in `tick`.

    Who has come already stays: nobody takes the place of somebody who sits on it.
    """
    lines = OrderLine.objects.live().filter(
        booked_with__state=Ticket.State.CANCELLED, order__state__in=Order.STATES_HOLDING, occurrence__ends_at__gt=now
    )
    left = 0
    for line in lines.select_related("order__edition"):
        with override(line.order.language):
            reason = gettext("The ticket that it was booked with is cancelled.")
        actor = Actor.system("tick")
        try:
            left += cancelling.cancel(order=line.order, actor=actor, now=now, reason=reason, even_used=False)
        except NotCancellable:
            continue
    return left


def _lock(order: Order, line: OrderLine, to: Workshop) -> None:
    """Take every lock that the two acts need, in the order in which a sale takes them, so that two never deadlock."""
    Order.objects.filter(pk=order.pk).update(state=F("state"))
    if line.booked_with_id is not None:
        list(Ticket.objects.select_for_update().filter(pk=line.booked_with_id))
    both = [line.occurrence_id, to.occurrence.pk]
    list(Quota.objects.select_for_update().filter(occurrence__in=both).order_by("pk"))
