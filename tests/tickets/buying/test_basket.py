"""What a basket comes to, before anything is held: the same as afterwards."""

import pytest

from tests.factories.tickets import NOW, VoucherFactory
from tests.tickets.buying.conftest import basket, fetched, item
from tickets.buying import holding
from tickets.buying.basket import quote
from tickets.models import Order, Product, Quota, Voucher
from tickets.payments.queries import summary_of
from tickets.vouchers.faults import VoucherRefused

pytestmark = pytest.mark.django_db


def told(summary):
    return [(str(one.line.product_name), one.count, one.cents, one.code, one.off_cents) for one in summary]


@pytest.fixture
def chosen(fest, lunch):
    """Two passes, one at a price of one's own, and two lunches on different days."""
    days = list(fetched(lunch).days.all())
    return [
        item(fest, count=2),
        item(fest, "libre", cents=7550),
        *(item(lunch, "prix", day=day) for day in days[:2]),
    ]


def test_alike_places_stand_together_and_the_total_is_right(chosen):
    found = quote(basket(*chosen), now=NOW)

    assert told(found.summary) == [
        ("Pass Fest", 2, 22000, "", 0),
        ("Pass Fest", 1, 7550, "", 0),
        ("Déjeuner", 1, 1200, "", 0),
        ("Déjeuner", 1, 1200, "", 0),
    ]
    assert (found.total_cents, found.currency) == (31950, "EUR")


def test_nothing_is_held_and_no_code_is_used(fest, chosen):
    VoucherFactory(products=[fest])

    quote(basket(*chosen, code="AMAP27"), now=NOW)

    assert not Order.objects.exists()
    assert set(Quota.objects.values_list("taken", flat=True)) == {0}
    assert Voucher.objects.get().used == 0


@pytest.mark.parametrize("code", ["", "amap 27"])
def test_it_is_what_the_next_steps_say(fest, chosen, code):
    VoucherFactory(products=[fest])
    found = quote(basket(*chosen, code=code), now=NOW)

    order = holding.hold(basket=basket(*chosen, code=code), now=NOW)

    assert told(found.summary) == told(summary_of(order))
    assert found.total_cents == order.total_cents


def test_a_gift_stays_what_it_is(fest, chosen):
    Product.objects.filter(slug="dejeuner").update(kind="donation")
    VoucherFactory(effect="percent", value=5000)
    gift = fetched(Product.objects.get(slug="dejeuner"))

    found = quote(basket(item(fest), item(gift, "prix", day=gift.days.first()), code="AMAP27"), now=NOW)

    assert told(found.summary) == [("Pass Fest", 1, 5500, "AMAP27", 5500), ("Déjeuner", 1, 1200, "", 0)]


def test_a_code_that_is_not_for_it_is_refused(fest, chosen):
    VoucherFactory(effect="price", value=50000)

    with pytest.raises(VoucherRefused):
        quote(basket(*chosen, code="AMAP27"), now=NOW)
