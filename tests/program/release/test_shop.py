import pytest

from program.release.shop import ShopFacts, shop_facts
from tests.factories.program import OccurrenceFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_the_shop_is_asked_for_all_sessions_and_placings_at_once(shop):
    session = SessionFactory()
    placed = OccurrenceFactory.create_batch(2, session=session)
    shop.STOCKS[placed[0].uuid] = (20, 19)
    shop.PRODUCTS[session.uuid] = ["pass-fest"]

    facts = shop_facts([session])

    assert facts == ShopFacts({session.uuid: ["pass-fest"]}, {placed[0].uuid: "last"})
    assert [set(asked) for asked in shop.ASKED] == [{occurrence.uuid for occurrence in placed}]


def test_without_a_shop_nothing_is_known(settings):
    settings.OCCURRENCE_PLACES = settings.SESSION_PRODUCTS = ""

    assert shop_facts([OccurrenceFactory().session]) == ShopFacts()
