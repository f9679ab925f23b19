"""Adding to an order on its own pages: chosen, held, paid by the usual ways, opened by the code that there is."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from festival.core.writing import forget_generation
from tests.factories.tickets import TicketFactory, VoucherFactory
from tests.tickets.bought import bought, fresh, pay
from tests.tickets.buying.conftest import item
from tickets.models import Order, Quota, Ticket, Voucher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def warm():
    forget_generation()


def page(order, name="tickets-order-number", *rest):
    with override("fr"):
        return reverse(name, args=[order.code, order.secret, *rest])


def adding(order):
    return page(order, "tickets-ticket-add", order.tickets.first().number)


def form_of(client, address, **typed):
    html = client.get(address).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', html)[1]
    return {"form_token": token} | typed


def chosen(product, **typed):
    price = product.prices.get(slug="prix") if product.slug == "dejeuner" else product.prices.get(slug="juste")
    return {f"{product.slug}-{price.pk}": 1} | typed


def lunch_of(lunch):
    return chosen(lunch, **{"dejeuner-days": [day.date.isoformat() for day in lunch.days.all()[:1]]})


def test_a_lunch_is_added_and_paid_and_the_order_shows_it(fest, lunch, client):
    order = bought(item(fest))
    typed = form_of(client, adding(order), **lunch_of(lunch))

    answer = client.post(adding(order), typed)

    later = Order.objects.get(extends=order)
    assert answer["Location"] == page(later, "tickets-order-pay")
    assert (later.name, later.email, later.state) == (order.name, order.email, "held")
    assert "encore à payer" in client.get(page(order, "tickets-order")).content.decode()
    held = client.get(answer["Location"]).content.decode()
    terms = re.search(r'name="terms" value="([^"]+)"', held)[1]
    client.post(answer["Location"], {"way": "transfer", "total": 1200, "terms": terms})
    pay(fresh(later))

    html = client.get(page(order, "tickets-order")).content.decode()
    assert "1 × Déjeuner" in html
    assert page(later, "tickets-order") in html
    assert Ticket.objects.count() == 1


def test_the_same_form_twice_is_held_once(fest, lunch, client):
    order = bought(item(fest))
    typed = form_of(client, adding(order), **lunch_of(lunch))

    both = [client.post(adding(order), typed)["Location"] for _ in range(2)]

    assert both[0] == both[1]
    assert Order.objects.filter(extends=order).count() == 1


def test_what_is_wrong_is_said_beside_the_field(fest, lunch, client):
    order = bought(item(fest))

    empty = client.post(adding(order), form_of(client, adding(order)))
    undated = client.post(adding(order), form_of(client, adding(order), **chosen(lunch)))

    assert (empty.status_code, undated.status_code) == (422, 422)
    assert "Choisissez votre jour" in undated.content.decode()


def test_sold_out_is_a_sentence(fest, lunch, client):
    order = bought(item(fest))
    typed = form_of(client, adding(order), **lunch_of(lunch))
    Quota.objects.filter(products=lunch).update(size=0)

    answer = client.post(adding(order), typed)

    assert answer.status_code in {409, 422}
    assert not Order.objects.filter(extends=order).exists()


def test_a_code_makes_what_is_added_cheaper(fest, lunch, client):
    VoucherFactory(value=5000, max_uses=1)
    order = bought(item(fest))
    typed = form_of(client, adding(order), **lunch_of(lunch), code=" amap-27 ")

    answer = client.post(adding(order), typed)

    later = Order.objects.get(extends=order)
    assert answer["Location"] == page(later, "tickets-order-pay")
    assert (later.total_cents, Voucher.objects.get().used) == (600, 1)
    again = client.post(adding(order), form_of(client, adding(order), **lunch_of(lunch), code="AMAP27"))
    assert again.status_code == 409
    assert "autant de fois que possible" in again.content.decode()


def test_a_code_makes_more_places_cheaper(fest, client):
    VoucherFactory(value=10_000)
    order = bought(item(fest))

    answer = client.post(page(order), form_of(client, page(order), **chosen(fest), code="AMAP27"))

    later = Order.objects.get(extends=order)
    assert (answer["Location"], later.total_cents) == (page(later, "tickets-order-details"), 0)


def test_what_a_code_gives_is_said_and_what_it_is_not_too(fest, lunch, client):
    VoucherFactory(products=[lunch])
    order = bought(item(fest))

    shown = client.post(adding(order), form_of(client, adding(order), code="AMAP27", look="1"))
    unknown = client.post(adding(order), form_of(client, adding(order), **lunch_of(lunch), code="ZZZ"))

    assert "20 % de moins" in shown.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert (shown.status_code, unknown.status_code) == (200, 422)
    assert "Nous ne connaissons pas ce code" in unknown.content.decode()
    assert not Order.objects.filter(extends=order).exists()


def test_an_addon_that_is_not_listed_is_opened_by_its_code(fest, lunch, client):
    VoucherFactory(code="EQUIPE", value=10_000, products=[lunch], reveals=True)
    lunch.is_listed = False
    lunch.save()
    forget_generation()
    order = bought(item(fest))
    address = adding(order)
    token = {"form_token": "00000000-0000-4000-8000-000000000007"}

    looked = client.post(address, token | {"code": "equipe", "look": "1"})
    client.post(address, token | lunch_of(lunch) | {"code": "equipe"})

    assert "dejeuner-" in looked.content.decode()
    assert Order.objects.get(extends=order).total_cents == 0


def test_an_addon_costs_few_queries(fest, lunch, client, django_assert_num_queries):
    order = bought(item(fest))
    client.get(adding(order))

    with django_assert_num_queries(8):  # generation, order, tickets, scans, asked, sale, places
        client.get(adding(order))


def test_more_of_a_pass_asks_whose_it_is(fest, client):
    order = bought(item(fest))

    answer = client.post(page(order), form_of(client, page(order), **chosen(fest)))

    later = Order.objects.get(extends=order)
    assert answer["Location"] == page(later, "tickets-order-details")


def test_beyond_what_one_order_may_hold_nothing_is_offered(fest, client):
    order = bought(item(fest, count=4))

    assert "pass-fest" not in client.get(page(order)).content.decode()


def test_more_free_places_come_at_once(village, client):
    order = TicketFactory(product=village).order
    typed = form_of(client, page(order), product="village-jour", day="2027-05-03", places=2)

    answer = client.post(page(order), typed, follow=True)

    later = Order.objects.get(extends=order)
    assert (later.tickets.count(), later.email) == (2, order.email)
    assert page(order, "tickets-order") in answer.content.decode()


def test_more_free_places_are_named_where_tickets_are(village, client):
    village.named = True
    village.save()
    forget_generation()
    order = TicketFactory(product=village).order
    typed = form_of(client, page(order), product="village-jour", day="2027-05-03")

    missing = client.post(page(order), typed)
    client.post(page(order), typed | {"name": "Zoé Martin"})

    assert missing.status_code == 422
    assert Ticket.objects.get(order__extends=order).holder == "Zoé Martin"


def test_fewer_are_given_back_one_by_one(village, client):
    first = TicketFactory(product=village)
    other = TicketFactory(product=village, order=first.order)

    html = client.get(page(first.order)).content.decode()

    for ticket in (first, other):
        assert page(first.order, "tickets-ticket-cancel", ticket.number) in html


@pytest.mark.parametrize("state", ["held", "pending", "expired", "cancelled"])
def test_of_an_order_that_is_not_paid_the_number_stays(fest, client, state):
    order = bought(item(fest))
    Order.objects.filter(pk=order.pk).update(state=state, expires_at=order.created_at)

    answer = client.get(page(order))

    Order.objects.filter(pk=order.pk).update(state="paid", expires_at=None)
    assert answer["Location"] == page(order, "tickets-order")


def test_changing_the_number_costs_few_queries(village, client, django_assert_num_queries):
    order = TicketFactory(product=village).order
    client.get(page(order))

    with django_assert_num_queries(7):  # generation, order, products, limits, counted, tickets, scans
        client.get(page(order))
