import pytest

from tests.factories.tickets import PriceFactory, ProductFactory
from tickets.catalogue.public_offers import public_offers

pytestmark = pytest.mark.django_db


def test_what_is_listed_and_needs_no_approval_is_offered():
    shown = ProductFactory(slug="pass", free=False)
    PriceFactory(product=shown, cents=6000, max_cents=None)
    ProductFactory(edition=shown.edition, slug="presse", requires_approval=True)
    ProductFactory(edition=shown.edition, slug="cache", is_listed=False)

    found = public_offers()

    assert [offer.slug for offer in found] == ["pass"]
    assert [price.lowest for price in found[0].prices] == [6000]
