"""Giving a place back, changing it in one step, losing it with its ticket."""

import pytest

from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.door import open_door, token
from tests.factories.tickets import NOW
from tests.remembered import remembered
from tests.tickets.workshops.sessions import another_time, session_with_places, workshop_of
from tests.tickets.workshops.test_booking import book, day_ticket
from tests.tickets.workshops.test_waiting import join
from tickets.exceptions import NotCancellable, SessionNotOffered, SoldOut
from tickets.models import Checkin, Order, Quota, Ticket
from tickets.orders import cancelling
from tickets.workshops import leaving, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def later(repair):
    """Another time of the same session, with two places."""
    return another_time(repair.session, starts_at=repair.ends_at)


def swap(order, occurrence, *, now=NOW):
    return leaving.swap(order=order, line=queries.booking_of(order), to=workshop_of(occurrence), now=now)


def taken():
    return list(Quota.objects.order_by("pk").values_list("taken", flat=True))


def test_a_place_that_is_left_is_free_and_its_ticket_void(repair):
    order = book(repair)

    leaving.leave(order=order, line=queries.booking_of(order), now=NOW)

    assert taken() == [0]
    assert Ticket.objects.get().state == "cancelled"
    assert Order.objects.get().state == "cancelled"


def test_a_swap_moves_every_place_with_who_has_it(repair, later):
    order = book(repair, places=2)

    moved = swap(order, later)

    assert taken() == [0, 2]
    assert (moved.name, moved.email, moved.language) == (order.name, order.email, order.language)
    assert [line.occurrence for line in moved.lines.all()] == [later, later]
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert not OutgoingMail.objects.filter(kind="order.cancelled").exists()
    assert OutgoingMail.objects.filter(kind="order.tickets", fact_id=str(moved.pk)).exists()


def test_a_swap_into_a_full_time_changes_nothing(repair, later):
    book(later, places=2, token=9)
    order = book(repair)

    with pytest.raises(SoldOut):
        swap(order, later)

    assert taken() == [1, 2]
    order.refresh_from_db()
    assert order.state == "paid"
    assert Ticket.objects.get(line__order=order).state == "valid"


def test_a_swap_stays_within_the_session(repair):
    order = book(repair)

    with pytest.raises(SessionNotOffered):
        swap(order, session_with_places())

    assert taken() == [1, 0]


def test_a_swap_takes_the_ticket_along(soldering):
    later = another_time(soldering.session, starts_at=soldering.ends_at)
    ticket = day_ticket()
    order = book(soldering, ticket=ticket)

    assert swap(order, later).lines.get().booked_with == ticket


def test_who_has_come_keeps_the_place(repair, later):
    order = book(repair)
    scanned(Ticket.objects.get())

    with pytest.raises(NotCancellable):
        swap(order, later)

    assert taken() == [1, 0]


def test_what_a_swap_leaves_goes_to_the_first_in_line(repair, later):
    order = book(repair, places=2)
    join(repair, "ada")

    swap(order, later)

    assert Order.objects.get(state="held").name == "Ada"
    assert taken() == [1, 2]


def test_a_booking_goes_with_the_ticket_that_opened_it(soldering):
    ticket = day_ticket()
    order = book(soldering, ticket=ticket)
    cancelling.cancel(order=ticket.line.order, actor=Actor.system("test"), now=NOW)

    assert leaving.leave_with_ticket(NOW) == 1
    assert leaving.leave_with_ticket(NOW) == 0

    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == ("cancelled", "Le billet avec lequel elle a été réservée est annulé.")
    assert taken() == [0]
    assert OutgoingMail.objects.filter(kind="order.cancelled", fact_id=str(order.pk)).exists()


def test_nothing_is_taken_from_who_has_come_or_what_is_over(soldering):
    ticket, other = day_ticket(), day_ticket()
    order, past = book(soldering, ticket=ticket), book(soldering, ticket=other, token=2)
    scanned(Ticket.objects.get(line__order=order))
    for one in (ticket, other):
        cancelling.cancel(order=one.line.order, actor=Actor.system("test"), now=NOW)

    assert leaving.leave_with_ticket(soldering.ends_at) == 0
    assert leaving.leave_with_ticket(NOW) == 1

    assert Order.objects.get(pk=order.pk).state == "paid"
    assert Order.objects.get(pk=past.pk).state == "cancelled"


def scanned(ticket):
    """Let the door have admitted a ticket."""
    door = open_door()
    door.list.products.add(ticket.line.product)
    assert door.scan(token(ticket)).scan.verdict == Checkin.Verdict.ADMITTED
