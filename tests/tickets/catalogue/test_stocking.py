"""Changing quotas and products while they are sold: counters start at the recount, what is in use stays."""

import datetime as dt

import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry, Edition
from tests.factories.festival import DayFactory
from tests.factories.tickets import NOW, LineFactory, ProductFactory, QuotaFactory, TicketFactory
from tests.remembered import remembered
from tickets.catalogue import stocking
from tickets.exceptions import PlacesInUse, SizeBelowTaken, SoldAlready
from tickets.models import Product, Quota

pytestmark = pytest.mark.django_db
ME = Actor("user:1", "Aïcha")


def save(quota, products):
    stocking.save_quota(quota=quota, products=products, actor=ME, now=NOW)


def new_quota(product, **fields):
    return Quota(edition=product.edition, name="Places", **({"size": 10} | fields))


@pytest.fixture
@remembered
def sold():
    """A day product of which three are sold: two for the 2nd, one for the 3rd."""
    product = ProductFactory()
    first, second = product.days.all()
    for day in (first, first, second):
        TicketFactory(product=product, day=day)
    return product


def test_a_quota_added_after_sales_began_starts_at_the_recount(sold):
    quota, of_day = new_quota(sold), new_quota(sold, day=sold.days.first())

    save(quota, [sold])
    save(of_day, [sold])

    assert list(Quota.objects.order_by("pk").values_list("taken", flat=True)) == [3, 2]
    entry = AuditEntry.objects.filter(verb="quota.created").first()
    assert entry.facts == {"size": 10, "taken": 2, "reserved": 0, "products": ["village-jour"]}


def test_a_quota_cannot_be_smaller_than_what_is_sold(sold):
    quota = new_quota(sold, size=2)

    with pytest.raises(SizeBelowTaken) as caught:
        save(quota, [sold])

    assert (caught.value.taken, quota.pk, Quota.objects.count()) == (3, None, 0)
    quota.size = 3
    save(quota, [sold])
    quota.size = 2
    with pytest.raises(SizeBelowTaken):
        save(quota, [sold])
    assert Quota.objects.values_list("size", "taken").get() == (3, 3)


def test_adding_a_product_counts_its_lines(sold):
    other = ProductFactory(slug="autre")
    quota = QuotaFactory(products=[other])

    save(quota, [other, sold])

    assert Quota.objects.get().taken == 3


def test_a_product_with_places_in_a_quota_stays_in_it(sold):
    quota = QuotaFactory(products=[sold])

    with pytest.raises(PlacesInUse) as caught:
        save(quota, [ProductFactory(slug="autre")])

    assert (caught.value.name, caught.value.taken) == (str(sold), 3)
    assert list(quota.products.all()) == [sold]


def test_a_product_without_places_in_a_quota_may_leave(sold):
    free = ProductFactory(slug="autre")
    quota = QuotaFactory(products=[sold, free])

    save(quota, [sold])

    assert list(quota.products.all()) == [sold]


def test_a_quota_with_places_taken_cannot_be_deleted(sold):
    quota = QuotaFactory(products=[sold])

    with pytest.raises(PlacesInUse):
        stocking.delete_quota(quota=quota, actor=ME, now=NOW)

    free = QuotaFactory(products=[ProductFactory(slug="autre")])
    stocking.delete_quota(quota=free, actor=ME, now=NOW)
    assert list(Quota.objects.all()) == [quota]


def change(product, **fields):
    def store():
        for name, value in fields.items():
            getattr(product, name).set(value) if name == "days" else setattr(product, name, value)
        product.save()
        return product

    return stocking.save_product(product=product, save=store, actor=ME, now=NOW)


@pytest.mark.parametrize(
    ("field", "value"), [("number", None), ("kind", "addon"), ("admission", "all_days"), ("currency", "CHF")]
)
def test_what_stands_in_sold_tickets_does_not_change(sold, field, value):
    if field == "number":
        value = sold.number % 255 + 1

    with pytest.raises(SoldAlready) as caught:
        change(sold, **{field: value})

    assert (caught.value.field, caught.value.lines) == (field, 3)


def test_prices_are_in_the_currency_of_the_edition(village):
    Edition.objects.update(currency="CHF")

    saved = change(Product.objects.get(pk=village.pk), place="Halle")

    assert Product.objects.get(pk=saved.pk).currency == "CHF"


def test_what_was_sold_keeps_its_currency(sold):
    Edition.objects.update(currency="CHF")

    saved = change(Product.objects.get(pk=sold.pk), place="Halle")

    assert Product.objects.get(pk=saved.pk).currency == "EUR"


def test_a_day_that_was_sold_stays(sold):
    first, second = sold.days.all()

    with pytest.raises(SoldAlready):
        change(sold, days=[second])
    change(sold, days=[first, second, DayFactory(date=dt.date(2027, 5, 4))])

    assert sold.days.count() == 3


def test_a_day_added_to_a_pass_takes_places_of_that_day():
    days = [DayFactory(date=dt.date(2027, 5, day)) for day in (5, 6)]
    whole = ProductFactory(slug="pass", admission="all_days", days=days[:1])
    quota = QuotaFactory(products=[whole], day=days[1], size=1)
    LineFactory(product=whole, order__state="pending")

    change(whole, days=days)
    quota.refresh_from_db()
    assert quota.taken == 1

    change(whole, name="Pass")
    assert AuditEntry.objects.filter(verb="product.changed").count() == 2


def test_a_day_whose_quota_is_full_cannot_be_added_to_a_pass():
    days = [DayFactory(date=dt.date(2027, 5, day)) for day in (5, 6)]
    whole = ProductFactory(slug="pass", admission="all_days", days=days[:1])
    QuotaFactory(products=[whole], day=days[1], size=0)
    LineFactory(product=whole, order__state="pending")

    with pytest.raises(SizeBelowTaken):
        change(whole, days=days)
    assert list(whole.days.all()) == days[:1]


def test_what_was_not_sold_may_change(sold):
    other = ProductFactory(slug="autre", number=sold.number % 255 + 1)
    free = other.number % 255 + 1

    assert change(other, number=free).number == free


def test_a_quota_with_places_taken_does_not_move_to_another_day(sold):
    """The day that it leaves would have no limit any more."""
    first, second = sold.days.all()
    quota = QuotaFactory(products=[sold], day=first)
    quota.day = second

    with pytest.raises(PlacesInUse) as refused:
        save(quota, [sold])

    assert refused.value.taken == 2
    assert Quota.objects.get().day == first


def test_a_quota_that_nobody_draws_on_may_move():
    product = ProductFactory()
    first, second = product.days.all()
    quota = QuotaFactory(products=[product], day=first)
    quota.day = second

    save(quota, [product])

    assert Quota.objects.get().day == second
