"""The second step: who buys, whose names the tickets carry, what was answered, and who fills in their own."""

import pytest

from festival.models import AuditEntry
from tests.factories.tickets import NOW
from tests.tickets.buying.conftest import basket, item
from tests.tickets.questions.conftest import ask
from tickets.buying import detailing, holding
from tickets.buying.detailing import Details
from tickets.exceptions import HoldOver
from tickets.models import Answer, Guest, Order, OrderLine
from tickets.orders.placing import Buyer
from tickets.questions import queries
from tickets.questions.queries import Given

pytestmark = pytest.mark.django_db
ZOE = Buyer("Zoé Ünal", "zoe@example.org", "en")


def hold(*items):
    return holding.hold(basket=basket(*items), now=NOW)


def give(order, **fields):
    detailing.give_details(order=order, details=Details(ZOE, **fields), now=NOW)


def test_details_name_the_buyer_and_who_holds_each_ticket(fest):
    order = hold(item(fest, count=2))
    first, second = order.lines.order_by("pk")

    give(order, holders=[(first, "Ada Lý"), (second, "")])

    order.refresh_from_db()
    assert (order.name, order.email, order.language, order.state) == ("Zoé Ünal", "zoe@example.org", "en", "held")
    assert list(OrderLine.objects.order_by("pk").values_list("holder", flat=True)) == ["Ada Lý", ""]
    assert AuditEntry.objects.get(verb="order.details_given").facts == {}


@pytest.mark.parametrize(
    "changes", [{"state": "pending"}, {"expires_at": NOW}, {"is_basket": False, "email": "a@b.fr"}]
)
def test_details_are_given_while_a_basket_is_held(fest, changes):
    order = hold(item(fest))
    Order.objects.update(**{"email": "a@b.fr"} | changes)

    with pytest.raises(HoldOver):
        give(order, guests=[list(order.lines.all())])
    assert not Guest.objects.exists()


def test_answers_can_be_changed_until_it_is_ordered(fest):
    diet = ask(fest, "regime")
    order = hold(item(fest))
    line, facts = order.lines.get(), queries.asked_of_place(fest.edition_id, fest.pk)[0]

    for value in ("vegan", "tout", ""):
        give(order, given=[Given(facts, line, value)])
        kept = list(Answer.objects.filter(question=diet).values_list("value", flat=True))
        assert kept == ([value] if value else [])


def test_people_get_a_link_each_and_lose_it_when_the_buyer_fills_in_all(fest):
    order = hold(item(fest, count=3))
    lines = list(order.lines.order_by("pk"))

    give(order, guests=[[lines[0]], lines[1:]])
    guests = list(Guest.objects.all())
    assert [(guest.rank, guest.lines.count(), len(guest.secret)) for guest in guests] == [(1, 1, 43), (2, 2, 43)]

    give(order, guests=[[line] for line in lines])
    assert Guest.objects.count() == 3
    give(order, holders=[(lines[0], "Ada Lý")])
    assert not Guest.objects.exists()
    assert not OrderLine.objects.exclude(guest=None).exists()
