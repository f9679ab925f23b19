"""What an order can have more of now."""

import datetime as dt

import pytest

from festival.core.writing import forget_generation
from tests.factories.tickets import NOW, TicketFactory
from tests.tickets.bought import bought
from tests.tickets.buying.conftest import item
from tickets.additions import queries
from tickets.models import Quota

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def warm():
    forget_generation()


def slugs(found):
    return [offer.product.slug for offer in found]


def test_addons_are_offered_while_they_are_sold(fest, lunch):
    order = bought(item(fest))
    lunch.refresh_from_db()

    assert slugs(queries.addons(order, NOW)) == ["dejeuner"]
    assert slugs(queries.addons(order, lunch.sale_closes)) == []
    Quota.objects.filter(products=lunch).update(size=0)
    assert slugs(queries.addons(order, NOW)) == []


def test_more_of_what_the_order_has_and_nothing_else(fest, village):
    order = bought(item(fest))

    assert [(offer.product.slug, left) for offer, left in queries.more(order, NOW)] == [("pass-fest", 3)]
    free = TicketFactory(product=village).order
    assert slugs(offer for offer, _left in queries.more(free, NOW)) == ["village-jour"]


def test_of_a_past_edition_nothing_is_added(fest, lunch):
    order = bought(item(fest))
    order.edition.is_current = False
    order.edition.save()

    assert queries.addons(order, NOW) == []
    assert queries.more(order, NOW + dt.timedelta(days=1)) == []
