"""Cancelling orders."""

import datetime as dt

import pytest

from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentFactory, TicketFactory
from tickets.exceptions import NotCancellable
from tickets.models import Order, Quota, Ticket
from tickets.orders import cancelling

pytestmark = pytest.mark.django_db
OFFICE = Actor("user:1", "Alice")


def cancel(order, **options):
    return cancelling.cancel(order=order, actor=OFFICE, now=NOW, **options)


def test_places_return_and_tickets_are_void(village):
    order = TicketFactory(product=village).line.order
    TicketFactory(product=village, order=order)

    assert cancel(order, reason="Doublon") == 2

    order.refresh_from_db()
    assert (order.state, order.total_cents, order.cancel_reason) == ("cancelled", 0, "Doublon")
    assert set(order.lines.values_list("cancelled_at", flat=True)) == {NOW}
    assert set(Ticket.objects.values_list("state", flat=True)) == {"cancelled"}
    assert set(Quota.objects.values_list("taken", flat=True)) == {0}


def test_a_held_order_gives_its_places_back_too(village):
    order = OrderFactory(state="held", expires_at=NOW + dt.timedelta(hours=1))
    LineFactory(order=order, product=village)

    assert cancel(order) == 1
    assert set(Quota.objects.values_list("taken", flat=True)) == {0}
    assert not OutgoingMail.objects.exists(), "nobody has confirmed the address, which may be a stranger's"


@pytest.mark.parametrize("state", ["expired", "cancelled"])
def test_what_has_ended_stays(state):
    order = OrderFactory(state=state)

    with pytest.raises(NotCancellable) as caught:
        cancel(order)

    assert caught.value.why == "ended"
    assert not OutgoingMail.objects.exists()


def test_what_was_paid_stays_whole(village):
    order = TicketFactory(product=village, cents=5500).line.order
    PaymentFactory(order=order)

    with pytest.raises(NotCancellable, match="money"):
        cancel(order)

    assert (Order.objects.get().state, Ticket.objects.get().state) == ("paid", "valid")


def test_a_line_that_was_cancelled_before_gives_nothing_back_twice(village):
    order = TicketFactory(product=village).line.order
    TicketFactory(product=village, order=order, cancelled_at=NOW - dt.timedelta(days=1))

    assert cancel(order) == 1
    assert set(Quota.objects.values_list("taken", flat=True)) == {0}


def test_many_are_counted(village):
    orders = [TicketFactory(product=village, cents=cents).line.order for cents in (5500, 0, 0)]
    PaymentFactory(order=orders[0])

    done = cancelling.cancel_many(orders=orders, actor=OFFICE, now=NOW, reason="x", tell=False)

    assert (done.orders, done.places, done.stayed) == (2, 2, 1)
