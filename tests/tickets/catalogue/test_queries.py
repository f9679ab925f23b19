"""What the shop's pages and the programme read."""

import datetime as dt

import pytest
from django.utils import translation

from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import NOW, PriceFactory, ProductFactory, QuotaFactory, ZoneFactory
from tickets.catalogue import queries
from tickets.catalogue.pricing import Scarcity, Stock
from tickets.models import Product, SetPart

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


def test_days_keep_the_order_of_the_week(village):
    village.days.add(DayFactory(date=dt.date(2027, 5, 1)))

    assert [cell.iso for cell in queries.offer("village-jour", now=NOW).days] == [
        "2027-05-01",
        "2027-05-02",
        "2027-05-03",
    ]


def test_an_offer_says_which_zones_it_opens(village):
    ZoneFactory(edition=village.edition, name={"fr": "Salle de presse", "en": "Press room"}, products=[village])

    with translation.override("en"):
        (found,) = [one.product for one in queries.offers(now=NOW) if one.product.pk == village.pk]

    assert found.zones == ("Press room",)


def test_a_set_opens_what_its_parts_open(village):
    bundle = ProductFactory(slug="duo", kind="set", free=False, days=village.days.all())
    PriceFactory(product=bundle, cents=1000)
    SetPart.objects.create(product=bundle, part=village, count=2, cents=500, vat_rate=0)
    ZoneFactory(edition=village.edition, name="Coulisses", products=[village])

    (found,) = [one.product for one in queries.offers(now=NOW) if one.product.slug == "duo"]

    assert found.zones == ("Coulisses",)
