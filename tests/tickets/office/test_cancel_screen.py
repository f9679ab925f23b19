"""Cancelling one order, many, or all that have something in common."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Group

from festival import roles
from festival.models import AuditEntry, OutgoingMail
from tests.factories.festival import EditionFactory, UserFactory, member_of
from tests.factories.tickets import NOW, OrderFactory, PaymentFactory, TicketFactory
from tickets.models import Order, Quota, Ticket
from tickets.orders.queries import network_key

pytestmark = pytest.mark.django_db
SCREEN = "/cms/order/cancel/"


@pytest.fixture
def till(client, settings):
    """A browser of the ticket office."""
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(member_of(roles.TICKET_OFFICE))
    return client


def order_of(product, **fields):
    return TicketFactory(product=product, order=OrderFactory(**fields)).line.order


def states():
    return dict(Order.objects.values_list("code", "state"))


def taken():
    return sum(Quota.objects.values_list("taken", flat=True))


def shown(till, query):
    response = till.get(f"{SCREEN}?{query}")
    return int(response.context["count"])


def test_one_order_is_shown_then_cancelled(village, till, run_outbox):
    order, other = order_of(village), order_of(village)
    page = till.get(f"/cms/order/inspect/{order.pk}/").content.decode()
    assert f"{SCREEN}?order={order.pk}" in page

    address = f"{SCREEN}?order={order.pk}"
    assert (shown(till, f"order={order.pk}"), states()[order.code]) == (1, "paid")
    response = till.post(address, {"count": 1, "reason": "Doublon", "tell": "on"})

    assert response.status_code == 302
    assert states() == {order.code: "cancelled", other.code: "paid"}
    assert (taken(), Ticket.objects.get(line__order=order).state) == (1, "cancelled")
    run_outbox()
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.state, mail.to) == ("order.cancelled", "sent", order.email)
    entry = AuditEntry.objects.get(verb="order.cancelled")
    assert entry.facts == {"reason": "Doublon", "places": 1, "told": True}
    assert "Doublon" in till.get(f"/cms/order/inspect/{order.pk}/").content.decode()


def test_many_are_ticked_in_the_list(village, till):
    orders = [order_of(village) for _ in range(3)]
    html = till.get("/cms/order/").content.decode()
    assert len(re.findall(r'form="cancel-orders" name="order" value="\d+"', html)) == 3
    query = "&".join(f"order={order.pk}" for order in orders[:2])

    assert shown(till, query) == 2
    till.post(f"{SCREEN}?{query}", {"count": 2, "reason": "Test"})

    assert list(states().values()).count("cancelled") == 2
    assert not OutgoingMail.objects.exists()


def test_all_of_a_network_a_time_an_address(village, till):
    attack = network_key("198.51.100.7")
    for number in range(5):
        order_of(village, network=attack, email=f"bot{number}@mail.example", created_at=NOW)
    first = order_of(village, network=attack, email="bot9@mail.example", created_at=NOW - dt.timedelta(days=1))
    order_of(village, network=network_key("203.0.113.1"), email="lina@example.org")

    assert shown(till, f"network_of={first.code}") == 6
    assert shown(till, f"network_of={first.code.lower()}&since=2027-05-02 11:00") == 5
    assert shown(till, "until=2027-05-02 00:00") == 1
    assert shown(till, "address=*@mail.example") == 6
    assert shown(till, "address=bot?@*") == 0
    assert shown(till, "address=bot*") == 6
    assert shown(till, "address=LINA") == 1
    assert shown(till, "address=.*") == 0
    assert shown(till, "address=%25") == 0
    till.post(f"{SCREEN}?network_of={first.code}", {"count": 6, "reason": "Adresses inventées"})
    assert list(states().values()).count("cancelled") == 6


def test_what_has_changed_meanwhile_is_shown_again(village, till):
    order_of(village, email="a@mail.example")

    response = till.post(f"{SCREEN}?address=mail.example", {"count": 7, "reason": "Test"})

    assert response.status_code == 200
    assert set(states().values()) == {"paid"}
    assert 'value="Test"' in response.content.decode()


@pytest.mark.parametrize("tell", [{}, {"tell": "on"}])
def test_whether_the_holders_are_told_stays_as_it_was_ticked(village, till, tell):
    order_of(village, email="a@mail.example")

    html = till.post(f"{SCREEN}?address=mail.example", {"count": 7, "reason": "Test"} | tell).content.decode()

    assert bool(re.search(r'<input type="checkbox" name="tell"[^>]* checked', html)) == bool(tell)


def test_what_is_still_to_be_paid_can_be_meant_alone(village, till):
    OrderFactory(edition=village.edition, state="pending", expires_at=NOW)
    order_of(village, email="a@mail.example")

    assert shown(till, "state=pending&since=2027-01-01 00:00") == 1


def test_what_was_paid_stays(village, till):
    paid, free = TicketFactory(product=village, cents=5500).line.order, order_of(village)
    PaymentFactory(order=paid)

    response = till.post(f"{SCREEN}?order={paid.pk}&order={free.pk}", {"count": 2, "reason": "x"}, follow=True)

    assert states() == {paid.code: "paid", free.code: "cancelled"}
    assert response.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "address=",
        "network_of=NOTHING",
        "since=31/02",
        "order=999999",
        "order=x",
        "network_of=K%00",
        "address=%00",
        "x=y",
    ],
)
def test_nonsense_is_said_and_nothing_happens(village, till, query):
    order = order_of(village)

    for response in (till.get(f"{SCREEN}?{query}"), till.post(f"{SCREEN}?{query}", {"count": 1, "reason": "x"})):
        assert response.status_code in {200, 422}
    assert states()[order.code] == "paid"


def test_a_reason_is_needed(village, till):
    order = order_of(village)

    response = till.post(f"{SCREEN}?order={order.pk}", {"count": 1, "reason": " "})

    assert (response.status_code, states()[order.code]) == (422, "paid")


def test_another_edition_is_never_meant(village, till):
    past = EditionFactory(number=2026, is_current=False, start_date=dt.date(2026, 5, 1), end_date=dt.date(2026, 5, 7))
    other = OrderFactory(edition=past, email="a@mail.example")

    assert shown(till, "address=mail.example") == 0
    assert till.get(f"{SCREEN}?order={other.pk}").status_code == 422


def test_others_may_not(village, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    roles.set_up()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=roles.EDITORS))
    client.force_login(user)

    assert client.get(SCREEN).status_code in {302, 403}
