import pytest

from tests.factories.tickets import ProductFactory
from tickets.orders import readiness
from tickets.orders.readiness import Gap, Missing

pytestmark = pytest.mark.django_db


def test_an_edition_that_lists_nothing_lacks_nothing():
    product = ProductFactory(key=False, free=False, days=[])
    product.is_listed = False
    product.save()

    assert readiness.gaps(product.edition) == []


@pytest.mark.unsound  # fsck tells it too
def test_each_gap_is_named_with_its_product():
    product = ProductFactory(key=False, free=False, days=[])

    found = readiness.gaps(product.edition)

    name = str(product)
    assert found == [Gap(Missing.KEY), Gap(Missing.PRICE, name), Gap(Missing.DAYS, name)]
    assert str(found[1]) == f"A product has no price yet, not even 0: {name}."


def test_a_whole_product_lacks_nothing():
    assert readiness.gaps(ProductFactory().edition) == []


def test_a_ticket_for_one_session_needs_no_day():
    assert readiness.gaps(ProductFactory(admission="occurrence", days=[]).edition) == []


def test_a_key_that_does_not_open_is_told_apart(settings):
    edition = ProductFactory().edition
    settings.TICKET_KEY_SECRET = ""

    assert readiness.key_gaps(edition) == [Gap(Missing.SECRET)]
