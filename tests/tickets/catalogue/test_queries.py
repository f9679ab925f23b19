"""What the shop's pages and the programme read."""

import datetime as dt

import pytest

from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import OccurrenceFactory, SessionFactory
from tests.factories.tickets import NOW, PriceFactory, ProductFactory, QuotaFactory
from tickets.catalogue import queries
from tickets.catalogue.pricing import Scarcity, Stock
from tickets.models import Product, Quota

pytestmark = pytest.mark.django_db


def test_the_office_sells_the_current_edition_only(village):
    ProductFactory(edition=EditionFactory(number=2028, is_current=False), slug="autre", days=[])

    assert [offer.product.slug for offer in queries.offers(now=NOW)] == ["village-jour"]


def test_a_day_shows_the_scarcest_of_its_quotas(village):
    QuotaFactory(products=[village, ProductFactory(slug="autre")], day=village.days.first(), size=4)

    (first, second), *_others = (offer.days for offer in queries.offers(now=NOW))

    assert (first.stock, second.stock) == (Stock(4, 0), Stock(10, 0))


def test_a_pass_shows_the_scarcest_of_all_its_days(village):
    days = list(village.days.all())
    whole = ProductFactory(slug="pass", admission="all_days", days=days, free=False)
    PriceFactory(product=whole, cents=5500)
    QuotaFactory(products=[whole], size=900)
    QuotaFactory(products=[whole, village], day=days[1], size=7)

    offer = queries.offer("pass", now=NOW)

    assert offer.stock == Stock(7, 0)
    assert not offer.product.is_registration


def test_places_of_sessions_are_no_places_of_days(village):
    QuotaFactory(products=[village], occurrence=OccurrenceFactory(), size=0)

    assert queries.offer("village-jour", now=NOW).scarcity is Scarcity.MANY


@pytest.mark.parametrize("change", [{"kind": "addon"}, {"admission": "occurrence"}, {"requires_approval": True}])
def test_what_is_not_registered_in_the_office(village, change):
    Product.objects.update(**change)

    assert not queries.offer("village-jour", now=NOW).product.is_registration


@pytest.mark.unsound  # places are taken that nobody bought
def test_the_programme_asks_for_places_once(django_assert_num_queries):
    said = {(20, 17): "", (20, 18): "", (20, 19): "last", (20, 20): "full", (2, 1): "last", (2000, 1900): ""}
    rows = dict(zip(OccurrenceFactory.create_batch(len(said)), said, strict=True))
    for occurrence, (size, taken) in rows.items():
        QuotaFactory(products=[], occurrence=occurrence)
        Quota.objects.filter(occurrence=occurrence).update(taken=taken, size=size)
    nowhere = OccurrenceFactory()

    with django_assert_num_queries(1):
        found = queries.places_of_occurrences([*(row.uuid for row in rows), nowhere.uuid])

    assert found == {row.uuid: said[stock] for row, stock in rows.items()}


def test_the_programme_asks_for_the_products_of_sessions():
    opened, closed = SessionFactory(), SessionFactory()
    for number, slug in enumerate(("pass", "jour", "cache")):
        product = ProductFactory(slug=slug, sort_order=9 - number, is_listed=slug != "cache")
        product.sessions.add(opened)

    assert queries.products_of_sessions([opened.uuid, closed.uuid]) == {opened.uuid: ["jour", "pass"]}


def test_days_keep_the_order_of_the_week(village):
    village.days.add(DayFactory(date=dt.date(2027, 5, 1)))

    assert [cell.iso for cell in queries.offer("village-jour", now=NOW).days] == [
        "2027-05-01",
        "2027-05-02",
        "2027-05-03",
    ]


@pytest.mark.unsound  # places are taken that nobody bought
def test_the_importer_hears_how_many_places_are_taken():
    occurrence, nobody = OccurrenceFactory.create_batch(2)
    QuotaFactory(edition=occurrence.session.edition, products=[], occurrence=occurrence, size=12)
    Quota.objects.update(taken=3)

    assert queries.taken_of_occurrences([occurrence.uuid, nobody.uuid]) == {occurrence.uuid: 3}
