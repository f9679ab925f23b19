"""A Village with places, as most tests of the shop need it."""

import pytest

from tests.factories.tickets import ProductFactory, QuotaFactory
from tests.remembered import remembered


@pytest.fixture
@remembered
def village(db):
    """A free product for 2 and 3 May, ten places a day, with a signing key."""
    product = ProductFactory()
    for day in product.days.all():
        QuotaFactory(products=[product], day=day, size=10)
    return product
