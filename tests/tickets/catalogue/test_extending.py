"""Buying more for an order: limits count both, what expires touches nothing, one code opens it all."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from festival.core.audit import Actor
from festival.core.writing import writing
from tests.factories.tickets import NOW, TicketFactory
from tests.tickets.bought import bought, fresh, meal, ordered, pay
from tests.tickets.buying.conftest import fest, item, lunch
from tickets.catalogue import extending
from tickets.delivery import queries
from tickets.exceptions import HoldOver, SoldOut, TooManyPlaces
from tickets.models import Order, Quota, RefundStep, Ticket, Zone
from tickets.orders import cancelling, expiring, placing

__all__ = ["fest", "lunch"]
pytestmark = pytest.mark.django_db


def test_more_of_the_same_is_an_order_of_its_own(fest):
    first = bought(item(fest))

    more = bought(item(fest, count=2), extends=first)

    assert (more.extends, more.name, more.email, more.state) == (first, first.name, first.email, "paid")
    assert (first.total_cents, more.total_cents) == (11000, 22000)
    assert Quota.objects.filter(products=fest).first().taken == 3


def test_both_together_hold_at_most_what_one_order_may(fest):
    first = bought(item(fest, count=3))

    with pytest.raises(TooManyPlaces):
        ordered(item(fest, count=2), extends=first)

    ordered(item(fest, count=1), extends=first)
    with pytest.raises(TooManyPlaces):
        ordered(item(fest, count=1), extends=first)
    assert extending.left_of(first, fest) == 0


def test_what_was_given_back_may_be_had_again(fest):
    first = bought(item(fest, count=4))
    RefundStep.objects.create(product=fest, days_before=1)
    ticket = first.tickets.first()
    cancelling.cancel(order=first, actor=Actor("x"), now=NOW, even_used=False, only=ticket)

    assert extending.left_of(fresh(first), fest) == 1
    ordered(item(fest), extends=fresh(first))


def test_an_addon_opens_with_the_ticket_that_there_is(fest, lunch):
    first = bought(item(fest))
    ticket = first.tickets.get()

    more = bought(meal(lunch), extends=first, ticket=ticket)

    line = more.lines.get()
    assert (line.booked_with, more.tickets.count(), Ticket.objects.count()) == (ticket, 0, 1)
    assert [one for one, _count in queries.extras_of(first, queries.tickets_of(first))] == [line]
    assert [one for one, _count in queries.extras_of(more)] == [line], "its own page and its mail name it too"


def test_the_order_says_which_zone_a_later_addon_opens(client, fest, lunch, django_assert_num_queries):
    first = bought(item(fest))
    with writing(public=True):
        camping = Zone.objects.create(
            edition=fest.edition, slug="camping", name={"en": "Camping", "fr": "Camping"}, number=1
        )
        camping.products.add(lunch)
    more = bought(meal(lunch), extends=first, ticket=first.tickets.get())

    for order in (first, more):
        page = client.get(reverse("tickets-order", args=[order.code, order.secret])).content.decode()
        assert "Ouvre aussi Camping" in page or "Also opens Camping" in page
    queries.extras_of(first, queries.tickets_of(first))
    with django_assert_num_queries(1):
        queries.extras_of(more)


def test_an_addon_that_expires_touches_nothing_that_was_bought(fest, lunch):
    first = bought(item(fest))
    more = ordered(meal(lunch), extends=first, ticket=first.tickets.get())
    before = Order.objects.filter(pk=first.pk).values().get(), list(Ticket.objects.values())

    assert expiring.expire_due(more.expires_at + dt.timedelta(seconds=1)) == 1

    assert (Order.objects.filter(pk=first.pk).values().get(), list(Ticket.objects.values())) == before
    assert fresh(more).state == "expired"
    assert set(Quota.objects.filter(products=lunch).values_list("taken", flat=True)) == {0}


def test_an_addon_paid_after_its_ticket_died_gives_the_money_back(fest, lunch):
    first = bought(item(fest))
    ticket = first.tickets.get()
    more = ordered(meal(lunch), extends=first, ticket=ticket)
    expiring.expire_due(more.expires_at)
    RefundStep.objects.create(product=fest, days_before=0)
    cancelling.cancel(order=first, actor=Actor("x"), now=NOW, even_used=False)

    assert pay(fresh(more), 1200) == "returned"

    assert fresh(more).state == "expired"


def test_an_addon_that_waits_ends_with_its_ticket(fest, lunch):
    first = bought(item(fest))
    more = ordered(meal(lunch), extends=first, ticket=first.tickets.get())
    RefundStep.objects.create(product=fest, days_before=0)

    cancelling.cancel(order=first, actor=Actor("x"), now=NOW, even_used=False)

    assert fresh(more).state == "cancelled"
    assert pay(fresh(more), 1200) == "returned"


@pytest.mark.parametrize("state", ["held", "pending", "expired", "cancelled"])
def test_nothing_is_bought_for_an_order_that_is_not_paid(fest, state):
    first = bought(item(fest))
    Order.objects.filter(pk=first.pk).update(state=state, expires_at=NOW)

    with writing(public=False), pytest.raises(HoldOver):
        extending.admit(first, [(fest, 1)])

    Order.objects.filter(pk=first.pk).update(state="paid", expires_at=None)


def test_a_ticket_that_went_to_somebody_else_opens_nothing_for_the_giver(fest, lunch):
    first = bought(item(fest))
    stale = first.tickets.get()
    Ticket.objects.update(issue=2)

    with pytest.raises(HoldOver):
        ordered(meal(lunch), extends=first, ticket=stale)


def test_more_free_places_count_with_the_first_ones(village):
    village.max_per_order = 2
    village.save()
    first = TicketFactory(product=village).order
    wish = placing.Wish(
        product=type(village).objects.prefetch_related("prices", "days__hours").get(pk=village.pk),
        places=1,
        buyer=placing.Buyer(first.name, first.email, "fr"),
        form_token=uuid.uuid4(),
        day=village.days.first(),
        extends=first,
    )

    more = placing.register_free(wish=wish, now=NOW)

    assert (more.extends, more.state, more.tickets.count()) == (first, "paid", 1)
    again = placing.Wish(**{name: getattr(wish, name) for name in wish.__slots__} | {"form_token": uuid.uuid4()})
    with pytest.raises(TooManyPlaces):
        placing.register_free(wish=again, now=NOW)


def test_a_full_house_has_no_more(fest):
    first = bought(item(fest))
    Quota.objects.update(size=1)

    with pytest.raises(SoldOut):
        ordered(item(fest), extends=first)


def test_the_order_of_an_order_is_the_first_one(fest):
    first = bought(item(fest))
    more = bought(item(fest), extends=first)

    assert extending.base_of(first) == first == extending.base_of(more)
