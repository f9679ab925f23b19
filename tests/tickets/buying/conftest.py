"""A Fest that can be paid: a pass in three prices and one of one's own, and a lunch by the day."""

import datetime as dt
import uuid

import pytest

from tests.factories.festival import DayFactory
from tests.factories.tickets import PaymentSettingsFactory, PriceFactory, ProductFactory, QuotaFactory
from tests.remembered import remembered
from tickets.buying.basket import Basket, Item
from tickets.models import Product


@pytest.fixture
@remembered
def fest(db):
    """The pass, named, at most four an order, for 5 to 7 May; ten a day."""
    product = ProductFactory(
        slug="pass-fest",
        admission="all_days",
        name={"fr": "Pass Fest", "en": "Fest pass"},
        named=True,
        max_per_order=4,
        days=[],
        free=False,
    )
    days = [DayFactory(edition=product.edition, date=dt.date(2027, 5, day)) for day in (5, 6, 7)]
    product.days.set(days)
    product.sale_closes = dt.datetime(2027, 5, 7, 10, tzinfo=dt.UTC)
    product.save()
    PriceFactory(product=product, slug="petit", cents=6000, is_default=False, vat_rate=550)
    PriceFactory(product=product, slug="juste", cents=11000, vat_rate=550)
    PriceFactory(product=product, slug="libre", cents=6000, max_cents=50000, is_default=False, vat_rate=550)
    PriceFactory(product=product, slug="invite", cents=0, is_default=False)
    for day in days:
        QuotaFactory(products=[product], day=day, size=10)
    PaymentSettingsFactory(edition=product.edition)
    return product


@pytest.fixture
@remembered
def lunch(fest):
    """The lunch, for 12 euros, ten a day."""
    product = ProductFactory(
        slug="dejeuner", kind="addon", name={"fr": "Déjeuner", "en": "Lunch"}, days=fest.days.all(), free=False
    )
    Product.objects.filter(pk=product.pk).update(sale_closes=fest.sale_closes)
    PriceFactory(product=product, cents=1200, vat_rate=1000)
    for day in fest.days.all():
        QuotaFactory(products=[product], day=day, size=10)
    return product


def fetched(product):
    """Return the product as the steps of a purchase read it."""
    return (
        Product.objects.select_related("edition")
        .prefetch_related("prices", "days__hours", "days__edition")
        .get(pk=product.pk)
    )


def item(product, slug="juste", *, count=1, cents=None, day=None):
    """Return so many of a product, at the price of that name."""
    product = fetched(product)
    price = next(one for one in product.prices.all() if one.slug == slug)
    return Item(product, price, price.cents if cents is None else cents, count, day)


def basket(*items, **changes):
    """Return a basket of these."""
    values = {"edition": items[0].product.edition if items else None, "items": items, "language": "fr"}
    return Basket(**(values | {"form_token": uuid.UUID(int=1)} | changes))
