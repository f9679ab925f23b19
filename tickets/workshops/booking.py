"""Booking a place in a session of the programme, freely or with a ticket that opens it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from festival.core.writing import writing
from tickets.catalogue.pricing import SaleState
from tickets.exceptions import BookedAlready, SaleClosed, SaleNotOpen, SessionNotOffered, SoldOut, TicketRefused
from tickets.models import Order, OrderLine, Ticket, WaitingEntry
from tickets.orders import placing
from tickets.orders.placing import Buyer, Wish
from tickets.questions.queries import Given
from tickets.workshops import queries, telling
from tickets.workshops.queries import Workshop

Admit = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Booking:
    """What was posted: `places` in a session for `buyer`, with the `ticket` that opens it where one is asked for.

    `form_token`, `network` and `given` are those of `placing.Wish`.
    """

    workshop: Workshop
    places: int
    buyer: Buyer
    form_token: uuid.UUID
    ticket: Ticket | None = None
    network: str = ""
    given: Sequence[Given] = ()

    def wish(self) -> Wish:
        """Return it as an order is placed."""
        return Wish(
            product=self.workshop.product,
            places=self.places,
            buyer=self.buyer,
            form_token=self.form_token,
            occurrence=self.workshop.occurrence,
            network=self.network,
            booked_with=self.ticket,
            given=self.given,
        )


def book(*, booking: Booking, now: datetime, admit: Admit | None = None) -> Order:
    """Give the places and return their order; its mail is on the way when this returns.

    One person has one place in a session with a ticket. While people wait for the session, nobody comes before them.
    `admit` counts against limits, as in `placing.register_free`.

    Raises:
        SaleNotOpen, SaleClosed, SessionNotOffered, TooManyPlaces, NotFree, NotReady: If there is nothing to book now.
        TicketRefused: If the session asks for a ticket, and there is none that opens it.
        BookedAlready: If the ticket has its place.
        SoldOut: If fewer places are left. Nothing was written in all of these cases.
    """
    check(booking.workshop, booking.ticket, now)
    occurrence = booking.workshop.occurrence

    def admit_last() -> None:
        refuse_second(booking.ticket, occurrence.pk)
        if WaitingEntry.objects.filter(occurrence=occurrence, state=WaitingEntry.State.WAITING).exists():
            raise SoldOut
        if admit:
            admit()

    with writing(public=False):
        order = placing.register_free(
            wish=booking.wish(),
            now=now,
            admit=admit_last,
            is_held=booking.workshop.needs_confirmation(booking.places),
        )
        telling.tell_of(occurrence.pk)
        return order


def check(found: Workshop, ticket: Ticket | None, now: datetime) -> None:
    """Raise what keeps everybody, or this ticket, from a place in the session, full or not; see `book`."""
    if found.is_cancelled:
        raise SessionNotOffered
    state = found.state(now)
    if state is SaleState.SOON:
        raise SaleNotOpen
    if state is SaleState.CLOSED:
        raise SaleClosed
    if not found.needs_ticket:
        return
    if ticket is None:
        raise TicketRefused(why="unknown")
    if refused := queries.refusal_of(ticket, found):
        raise TicketRefused(why=refused.value)
    if bookings_with(ticket, found.occurrence.pk):
        raise BookedAlready


def bookings_with(ticket: Ticket, occurrence_id: int) -> int:
    """Return how many places the ticket has in the session."""
    lines = OrderLine.objects.holding_a_place().filter(occurrence=occurrence_id, booked_with=ticket)
    return lines.count()


def refuse_second(ticket: Ticket | None, occurrence_id: int) -> None:
    """Refuse the second place of one ticket, after its line was written: the ticket's row lets one decide at a time."""
    if ticket is None:
        return
    held = Ticket.objects.select_for_update().filter(pk=ticket.pk, state=Ticket.State.VALID).first()
    if held is None or held.issue != ticket.issue:  # cancelled, or passed on a moment ago
        raise TicketRefused(why="void")
    if bookings_with(ticket, occurrence_id) > 1:
        raise BookedAlready
