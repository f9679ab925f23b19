"""Who opens a zone comes in on its list, by the ticket itself or by what was bought for it."""

import pytest

from tests.factories.door import open_door, token
from tests.factories.tickets import LineFactory, ProductFactory, ZoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def backstage():
    """A door that names no product, only the zone."""
    door = open_door()
    door.zone = ZoneFactory(edition=door.product.edition)
    door.list.products.clear()
    door.change_list(zone=door.zone)
    return door


def scan(door, ticket):
    return door.scan(token(ticket)).scan.verdict


def test_a_ticket_that_opens_the_zone_comes_in_once(backstage):
    backstage.zone.products.add(backstage.product)
    ticket = backstage.ticket()

    assert (scan(backstage, ticket), scan(backstage, ticket)) == ("admitted", "already_in")


def test_a_ticket_that_does_not_is_refused(backstage):
    backstage.zone.products.add(ProductFactory(slug="equipe", edition=backstage.product.edition))

    assert scan(backstage, backstage.ticket()) == "wrong_product"


def test_another_zone_opens_nothing_here(backstage):
    ZoneFactory(edition=backstage.product.edition, slug="camping", number=4, products=[backstage.product])

    assert scan(backstage, backstage.ticket()) == "wrong_product"


def test_an_addon_opens_the_zone_with_the_code_of_its_ticket(backstage):
    addon = ProductFactory(slug="visite", kind="addon", edition=backstage.product.edition)
    backstage.zone.products.add(addon)
    mine, other = backstage.ticket(), backstage.ticket()
    LineFactory(order=mine.order, product=addon, kind="addon", day=backstage.list.day, booked_with=mine)

    assert (scan(backstage, mine), scan(backstage, other)) == ("admitted", "wrong_product")


def test_products_of_the_list_come_in_besides(backstage):
    guests = ProductFactory(slug="invites", edition=backstage.product.edition, days=[backstage.list.day])
    backstage.list.products.add(guests)
    backstage.zone.products.add(backstage.product)

    assert (scan(backstage, backstage.ticket()), scan(backstage, backstage.ticket(product=guests))) == (
        "admitted",
        "admitted",
    )
