"""Cancelling orders."""

import datetime as dt

import pytest

from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentFactory, ProductFactory, TicketFactory
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


def pass_for_two_days(village):
    """Return two passes of one order, which draw on the quotas of both days."""
    village.admission = "all_days"
    village.save()
    first = TicketFactory(product=village)
    return first, TicketFactory(product=village, order=first.line.order)


def test_one_ticket_gives_its_place_back_to_each_quota_once(village):
    ticket, _ = pass_for_two_days(village)
    assert set(Quota.objects.values_list("taken", flat=True)) == {2}

    assert cancel(ticket.line.order, only=ticket) == 1
    with pytest.raises(NotCancellable, match="ended"):
        cancel(ticket.line.order, only=ticket)

    assert set(Quota.objects.values_list("taken", flat=True)) == {1}
    assert Order.objects.get().state == "paid"
    assert OutgoingMail.objects.get().kind == "ticket.cancelled"


def test_what_was_taken_along_with_a_ticket_goes_with_it(village):
    ticket, _ = pass_for_two_days(village)
    lunch = ProductFactory(slug="dejeuner", kind="addon", admission="all_days")
    LineFactory(order=ticket.line.order, product=lunch, kind="addon", parent=ticket.line)

    assert cancel(ticket.line.order, only=ticket) == 2
    assert Order.objects.get().lines.live().count() == 1


def test_the_last_ticket_ends_the_order(village):
    for ticket in pass_for_two_days(village):
        cancel(ticket.line.order, only=ticket, reason="Orage")

    order = Order.objects.get()
    assert (order.state, order.total_cents, order.cancel_reason) == ("cancelled", 0, "Orage")
    assert [mail.kind for mail in OutgoingMail.objects.order_by("pk")] == ["ticket.cancelled", "order.cancelled"]


def test_a_ticket_of_another_order_stays(village):
    mine, other = TicketFactory(product=village), TicketFactory(product=village)

    with pytest.raises(NotCancellable, match="ended"):
        cancel(mine.line.order, only=other)


@pytest.mark.parametrize("now", [NOW, NOW + dt.timedelta(hours=8)])
def test_a_holder_is_bound_by_the_day_and_the_office_is_not(village, now):
    first = TicketFactory(product=village, day=village.days.order_by("date").first())
    order = first.line.order
    options = {"order": order, "actor": OFFICE, "now": now, "only": first}
    if now > NOW:
        with pytest.raises(NotCancellable, match="over"):
            cancelling.cancel(**options, even_used=False)
        assert Ticket.objects.get().state == "valid"
        assert cancelling.cancel(**options) == 1
    else:
        assert cancelling.cancel(**options, even_used=False) == 1


def test_a_day_that_is_over_does_not_keep_the_others(village):
    first, second = village.days.order_by("date")
    order = TicketFactory(product=village, day=first).line.order
    TicketFactory(product=village, order=order, day=second)

    done = cancelling.cancel(order=order, actor=OFFICE, now=NOW + dt.timedelta(hours=8), even_used=False)

    assert done == 2


def test_what_costs_something_is_not_given_back_by_its_holder(village):
    order = TicketFactory(product=village, cents=5500).line.order

    with pytest.raises(NotCancellable, match="money"):
        cancelling.cancel(order=order, actor=OFFICE, now=NOW, even_used=False)

    assert Order.objects.get().total_cents == 5500
    assert cancel(order) == 1


def test_an_order_from_which_all_was_passed_on_has_nothing_to_give_back(village):
    with pytest.raises(NotCancellable, match="ended"):
        cancelling.cancel(order=OrderFactory(), actor=OFFICE, now=NOW, even_used=False)
