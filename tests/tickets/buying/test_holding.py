"""Baskets: exact, once, within every limit; details and more time while they are held."""

import datetime as dt
import uuid

import pytest

from festival.models import AuditEntry, OutgoingMail
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.tickets import NOW, PriceFactory, ProductFactory
from tests.tickets.buying.conftest import basket, item
from tickets.buying import holding
from tickets.exceptions import (
    BasketEmpty,
    DayNotOffered,
    DayPassed,
    HoldOver,
    NotReady,
    PriceNotOffered,
    SaleClosed,
    SaleNotOpen,
    SoldOut,
    TooManyPlaces,
)
from tickets.models import Order, PaymentSettings, Product, Quota, SigningKey, Ticket
from tickets.orders import expiring

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def hold(*items, now=NOW, **changes):
    return holding.hold(basket=basket(*items, **changes), now=now)


def taken(product):
    return list(Quota.objects.filter(products=product).order_by("day__date").values_list("taken", flat=True))


def test_a_basket_holds_its_places_for_twenty_minutes(fest, lunch):
    thursday = fest.days.get(date=dt.date(2027, 5, 6))

    order = hold(item(fest, count=2), item(fest, "libre", cents=7550), item(lunch, "prix", day=thursday))

    assert (order.state, order.is_basket, order.expires_at - NOW) == ("held", True, 20 * MINUTE)
    assert (order.name, order.email, order.total_cents, order.currency) == ("", "", 30750, "EUR")
    lines = list(order.lines.order_by("pk").values_list("kind", "cents", "vat_rate", "vat_cents", "day"))
    assert lines == [
        ("admission", 11000, 550, 573, None),
        ("admission", 11000, 550, 573, None),
        ("admission", 7550, 550, 394, None),
        ("addon", 1200, 1000, 109, thursday.pk),
    ]
    assert (taken(fest), taken(lunch)) == ([3, 3, 3], [0, 1, 0])
    assert (Ticket.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    assert AuditEntry.objects.get(verb="order.held").facts == {
        "products": ["dejeuner", "pass-fest"],
        "places": 4,
        "total_cents": 30750,
    }


def test_the_same_form_twice_is_one_order_and_another_choice_is_another(fest):
    first, again = hold(item(fest)), hold(item(fest))
    other = hold(item(fest, count=2))

    assert first == again != other
    assert taken(fest) == [3, 3, 3]


def test_a_basket_that_is_left_gives_its_places_back_without_a_mail(fest):
    order = hold(item(fest))

    assert expiring.expire_due(NOW + 20 * MINUTE) == 1

    assert (Order.objects.get().state, taken(fest), OutgoingMail.objects.count()) == ("expired", [0, 0, 0], 0)
    assert order.email == ""


def test_nothing_is_taken_when_one_of_its_places_is_gone(fest, lunch):
    Quota.objects.filter(products=lunch).update(size=0)

    with pytest.raises(SoldOut):
        hold(item(fest), item(lunch, "prix", day=fest.days.first()))
    assert (Order.objects.count(), taken(fest)) == (0, [0, 0, 0])


@pytest.mark.parametrize("counts", [(5,), (3, 2), (1000,)])
def test_no_order_holds_more_of_a_product_than_it_may_in_however_many_lines(fest, counts):
    with pytest.raises(TooManyPlaces):
        hold(*(item(fest, count=count) for count in counts))


@pytest.mark.parametrize("count", [0, -1])
def test_less_than_one_is_nothing(fest, count):
    with pytest.raises(TooManyPlaces):
        hold(item(fest, count=count))


@pytest.mark.parametrize(
    ("slug", "cents"),
    [("juste", 10999), ("juste", 11001), ("juste", -11000), ("libre", 5999), ("libre", 50001), ("libre", -6000)],
)
def test_amounts_that_are_not_asked_for(fest, slug, cents):
    with pytest.raises(PriceNotOffered):
        hold(item(fest, slug, cents=cents))


@pytest.mark.parametrize("cents", [6000, 6001, 50000])
def test_amounts_within_the_range(fest, cents):
    assert hold(item(fest, "libre", cents=cents)).total_cents == cents


def test_a_sum_that_no_column_holds(fest):
    Product.objects.update(max_per_order=100)
    PriceFactory(product=fest, slug="riche", cents=10_000_000, max_cents=None, is_default=False)
    PriceFactory(product=fest, slug="mecene", cents=10_000_000 - 1, max_cents=None, is_default=False)
    assert hold(item(fest, "riche", count=1)).total_cents == 10_000_000

    other = ProductFactory(slug="autre", admission="all_days", max_per_order=100, free=False)
    PriceFactory(product=other, cents=10_000_000)
    with pytest.raises(TooManyPlaces):
        hold(item(other, "prix", count=100), item(fest, "riche"))


def test_an_empty_basket(fest):
    with pytest.raises(BasketEmpty):
        holding.hold(basket=basket(edition=fest.edition), now=NOW)


@pytest.mark.parametrize(
    ("now", "error"),
    [
        (dt.datetime(2027, 1, 1, tzinfo=dt.UTC), SaleNotOpen),
        (dt.datetime(2027, 5, 7, 10, tzinfo=dt.UTC), SaleClosed),
    ],
)
def test_before_and_after_the_sale(fest, now, error):
    with pytest.raises(error):
        hold(item(fest), now=now)


def test_a_pass_is_sold_until_its_last_day_is_over_and_a_day_until_it_is(fest, lunch):
    fest.sale_closes = lunch.sale_closes = dt.datetime(2027, 6, 1, tzinfo=dt.UTC)
    fest.save()
    lunch.save()
    friday = dt.datetime(2027, 5, 7, 5, tzinfo=dt.UTC)
    assert hold(item(fest), now=friday)

    with pytest.raises(DayPassed):
        hold(item(lunch, "prix", day=fest.days.get(date=dt.date(2027, 5, 5))), now=friday)
    with pytest.raises(DayPassed):
        hold(item(fest, count=2), now=friday + dt.timedelta(days=2))


def test_days_that_do_not_fit(fest, lunch):
    other = DayFactory(edition=fest.edition, date=dt.date(2027, 5, 1))
    with pytest.raises(DayNotOffered):
        hold(item(lunch, "prix"))
    with pytest.raises(DayNotOffered):
        hold(item(lunch, "prix", day=other))
    with pytest.raises(DayNotOffered):
        hold(item(fest, day=fest.days.first()))


def test_what_has_no_day_is_never_over(fest):
    cup = ProductFactory(slug="gobelet", kind="addon", admission="all_days", days=[], free=False)
    PriceFactory(product=cup, cents=100)

    assert hold(item(cup, "prix")).total_cents == 100


@pytest.mark.parametrize(
    "changes",
    [
        {"is_listed": False},
        {"requires_approval": True},
        {"admission": "occurrence"},
    ],
)
def test_what_is_not_sold_here(fest, changes):
    Product.objects.filter(pk=fest.pk).update(**changes)

    with pytest.raises(PriceNotOffered):
        hold(item(fest))


def test_what_is_free_is_registered_for_and_a_price_stays_with_its_product(fest, lunch, village):
    with pytest.raises(PriceNotOffered):
        hold(item(village, "prix", day=village.days.first()))
    foreign = item(lunch, "prix")
    with pytest.raises(PriceNotOffered):
        hold(holding.Item(item(fest).product, foreign.price, 1200, 1))


def test_nothing_is_sold_of_another_edition(fest):
    with pytest.raises(NotReady):
        hold(item(fest), edition=EditionFactory(number=2028, is_current=False))


@pytest.mark.parametrize("what", [{"iban": "", "takes_onsite": False}, {"terms_page": None}])
def test_without_a_way_to_pay_or_terms_nothing_is_sold(fest, what):
    PaymentSettings.objects.update(**what)

    with pytest.raises(NotReady):
        hold(item(fest))


@pytest.mark.unsound  # a listed product without a key is a fault
def test_without_a_key_nothing_is_sold(fest):
    SigningKey.objects.all().delete()

    with pytest.raises(NotReady):
        hold(item(fest))


def test_more_time_is_given_once(fest):
    order = hold(item(fest))

    holding.give_more_time(order=order, now=NOW + 5 * MINUTE)

    order.refresh_from_db()
    assert order.expires_at == NOW + 25 * MINUTE
    with pytest.raises(HoldOver):
        holding.give_more_time(order=order, now=NOW + 6 * MINUTE)


def test_no_time_is_given_when_it_is_over(fest):
    order = hold(item(fest))

    with pytest.raises(HoldOver):
        holding.give_more_time(order=order, now=NOW + 20 * MINUTE)


def test_a_code_that_is_in_use_is_drawn_again(fest, monkeypatch):
    hold(item(fest))
    used = Order.objects.values("code", "secret").get()
    fresh = [used, used, {"code": "KNEW2345", "secret": "s" * 43}]
    monkeypatch.setattr(holding.placing, "fresh_codes", lambda: fresh.pop(0))

    assert hold(item(fest), form_token=uuid.UUID(int=2)).code == "KNEW2345"


def test_cents_of_two_currencies_are_never_added_up(fest, lunch):
    Product.objects.filter(pk=lunch.pk).update(currency="CHF")
    lunch.refresh_from_db()

    with pytest.raises(NotReady):
        hold(item(fest), item(lunch, "prix", day=fest.days.first()))

    assert not Order.objects.exists()
