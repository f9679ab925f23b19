import pytest

from tests.factories.tickets import FeeFactory, PriceFactory, ProductFactory
from tickets.fees.public_offers import public_offers

pytestmark = pytest.mark.django_db


def test_what_is_listed_and_needs_no_approval_is_offered():
    shown = ProductFactory(slug="pass", free=False)
    PriceFactory(product=shown, cents=6000, max_cents=None)
    ProductFactory(edition=shown.edition, slug="presse", requires_approval=True)
    ProductFactory(edition=shown.edition, slug="cache", is_listed=False)

    found = public_offers()

    assert [offer.slug for offer in found] == ["pass"]
    assert [price.lowest for price in found[0].prices] == [6000]


def test_what_a_place_costs_is_said_with_its_fees():
    sold = ProductFactory(slug="pass", free=False)
    PriceFactory(product=sold, slug="juste", cents=6000)
    PriceFactory(product=sold, slug="libre", cents=2000, max_cents=10_000)
    ProductFactory(slug="village-jour")
    FeeFactory(cents=150, percent=200)
    FeeFactory(cents=300, basis="order")

    found = {offer.slug: [(price.lowest, price.highest) for price in offer.prices] for offer in public_offers()}

    assert found == {"pass": [(6270, None), (2190, 10_350)], "village-jour": [(0, None)]}
