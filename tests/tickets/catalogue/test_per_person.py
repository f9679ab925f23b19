"""What one person may have: all orders of a mailbox together, at the last step, whichever way they are made."""

import datetime as dt
import uuid

import pytest

from festival.core.audit import Actor
from festival.core.writing import writing
from tests.factories.tickets import NOW
from tests.tickets.bought import BUYER, bought, fresh, ordered
from tests.tickets.buying.conftest import basket, fest, item
from tickets.buying import detailing, holding
from tickets.buying.detailing import Details
from tickets.catalogue import per_person
from tickets.catalogue.per_person import TooManyForPerson
from tickets.exceptions import TooManyPlaces
from tickets.models import Order, Product, Quota
from tickets.orders import cancelling, confirming, expiring, placing
from tickets.orders.placing import Buyer, Wish

__all__ = ["fest"]
pytestmark = pytest.mark.django_db
NOA = Buyer("Noa", "noa@example.org", "fr")


@pytest.fixture
def two(village):
    Product.objects.filter(pk=village.pk).update(max_per_person=2)
    return Product.objects.select_related("edition").prefetch_related("prices", "days__hours").get(pk=village.pk)


@pytest.fixture
def one_pass(fest):
    Product.objects.filter(pk=fest.pk).update(max_per_person=1)
    fest.refresh_from_db()
    return fest


def register(product, email=NOA.email, places=1, now=NOW, **changes):
    wish = Wish(
        product=product,
        places=places,
        buyer=Buyer("Noa", email, "fr"),
        form_token=uuid.uuid4(),
        day=product.days.first(),
        **{name: changes.pop(name) for name in ("extends",) if name in changes},
    )
    return placing.register_free(wish=wish, now=now, **changes)


def test_the_orders_of_one_address_count_together(two):
    register(two)
    register(two)

    with pytest.raises(TooManyForPerson) as caught:
        register(two)

    assert (caught.value.most, Order.objects.count(), Quota.objects.first().taken) == (2, 2, 2)


def test_one_order_counts_whole(two):
    with pytest.raises(TooManyPlaces):
        register(two, places=3)

    assert two.places_per_form == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("noa@example.org", "NOA+2@Example.org"),
        ("noa+1@example.org", "noa@example.org"),
        ("n.oa@gmail.com", "noa+x@googlemail.com"),
    ],
)
def test_aliases_are_one_person(two, first, second):
    register(two, first, places=2)

    with pytest.raises(TooManyForPerson):
        register(two, second)


@pytest.mark.parametrize(
    "other", ["noa@example.net", "noah@example.org", "no@example.org", "n_a@example.org", "noa@sub.example.org"]
)
def test_others_are_others(two, other):
    register(two, places=2)

    assert register(two, other, places=2).state == "paid"


def test_the_same_form_twice_is_one_order(two):
    wish = Wish(two, 2, NOA, uuid.uuid4(), day=two.days.first())

    assert placing.register_free(wish=wish, now=NOW) == placing.register_free(wish=wish, now=NOW)


def test_what_was_given_back_or_is_over_may_be_had_again(two):
    order = register(two, places=2)
    cancelling.cancel(order=order, actor=Actor("x"), now=NOW, even_used=False)
    held = register(two, places=2, is_held=True)
    with pytest.raises(TooManyForPerson):
        register(two)

    late = held.expires_at + dt.timedelta(minutes=1)
    assert register(two, places=2, now=late).state == "paid"
    expiring.expire_due(late)


def test_more_for_an_order_counts_with_it(two):
    first = register(two, places=2)

    with pytest.raises(TooManyForPerson):
        register(two, extends=first)


def test_a_corrected_address_does_not_get_around_it(two):
    register(two, places=2)
    held = register(two, "somebody@example.org", is_held=True)

    with pytest.raises(TooManyForPerson):
        confirming.correct_address(order=held, email="noa+3@example.org", now=NOW)

    assert Order.objects.get(pk=held.pk).email == "somebody@example.org"


def test_two_baskets_side_by_side(one_pass):
    first, second = (holding.hold(basket=basket(item(one_pass), form_token=uuid.uuid4()), now=NOW) for _tab in range(2))
    detailing.give_details(order=first, details=Details(BUYER), now=NOW)

    with pytest.raises(TooManyForPerson):
        detailing.give_details(order=second, details=Details(BUYER), now=NOW)

    assert fresh(second).email == ""
    detailing.give_details(order=first, details=Details(BUYER), now=NOW)


def test_a_pass_is_not_added_to_ones_own(one_pass):
    first = bought(item(one_pass))

    with pytest.raises(TooManyForPerson):
        ordered(item(one_pass), extends=first)


def test_what_is_not_limited_asks_nothing(village, django_assert_num_queries):
    with writing(public=False), django_assert_num_queries(0):
        per_person.admit("noa@example.org", [(village, 99)], now=NOW)


def test_what_is_no_address_is_a_person_of_its_own(two):
    with writing(public=False):
        per_person.admit("nobody", [(two, 2)], now=NOW)
        with pytest.raises(TooManyForPerson):
            per_person.admit("nobody", [(two, 3)], now=NOW)
