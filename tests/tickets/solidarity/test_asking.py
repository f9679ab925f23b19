"""Asking for a ticket of the pot: at once, later, by the office's hand; never twice, never beyond a limit."""

import datetime as dt

import pytest

from festival.models import OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.solidarity.conftest import ask, give, wish
from tickets.exceptions import DayNotOffered, DayPassed, SaleClosed, SaleNotOpen, TooManyPlaces
from tickets.models import Order, Pot, PotRequest, Price, Product
from tickets.solidarity import asking
from tickets.solidarity.faults import NotInPot

pytestmark = pytest.mark.django_db


def test_while_there_is_money_it_is_given_at_once(pot, box):
    give(box, 6000)
    request = ask(wish(pot))

    assert (request.state, request.order.name) == ("granted", "Ada Personne")
    assert not OutgoingMail.objects.filter(kind="pot.asked").exists()


def test_the_same_form_twice_is_one_request(pot, box):
    give(box, 20_000)
    first, second = ask(wish(pot)), ask(wish(pot))

    assert first.pk == second.pk
    assert Pot.objects.get().balance_cents == 14_000
    assert ask(wish(pot, name="Ada Lý")).pk != first.pk


@pytest.mark.parametrize(("cents", "automatic"), [(5999, True), (20_000, False)])
def test_what_is_not_given_at_once_waits_and_a_mail_says_so(pot, box, cents, automatic):
    give(box, cents)
    request = ask(wish(pot), automatic=automatic)

    assert (request.state, request.by_hand) == ("waiting", not automatic)
    assert OutgoingMail.objects.about(request).filter(kind="pot.asked").count() == 1
    assert Pot.objects.get().balance_cents == cents


def test_the_office_may_want_to_decide_each(pot, box):
    give(box, 20_000)
    Pot.objects.update(automatic_per_day=0)

    request = ask(wish(pot))

    assert (request.state, request.by_hand) == ("waiting", True)


@pytest.mark.parametrize(
    ("now", "changes", "error"),
    [
        (dt.datetime(2027, 1, 1, tzinfo=dt.UTC), {}, SaleNotOpen),
        (dt.datetime(2027, 5, 7, 11, tzinfo=dt.UTC), {}, SaleClosed),
        (NOW, {"places": 3}, TooManyPlaces),
        (NOW, {"places": 0}, TooManyPlaces),
        (NOW, {"places": -1}, TooManyPlaces),
    ],
)
def test_what_cannot_be_asked_for_is_not_written(pot, now, changes, error):
    with pytest.raises(error):
        ask(wish(pot, **changes), now=now)

    assert not PotRequest.objects.exists()


def test_only_tickets_of_the_pot(pot, fest):
    other = Price.objects.select_related("product__edition__pot").get(product=fest, slug="juste")
    with pytest.raises(NotInPot):
        ask(wish(pot, price=other))


def test_a_day_where_the_product_asks_for_one(pot, fest):
    Product.objects.filter(pk=fest.pk).update(admission="one_day", sale_closes=dt.datetime(2027, 6, 1, tzinfo=dt.UTC))
    with pytest.raises(DayNotOffered):
        ask(wish(pot))
    day = fest.days.first()
    with pytest.raises(DayPassed):
        ask(wish(pot, day=day), now=dt.datetime(2027, 5, 6, 12, tzinfo=dt.UTC))
    assert ask(wish(pot, day=day)).day == day


def test_what_refuses_gives_everything_up(pot, box):
    give(box, 20_000)

    class TooOften(Exception):
        pass

    def admit():
        raise TooOften

    with pytest.raises(TooOften):
        asking.ask(wish=wish(pot), now=NOW, admit=admit, is_automatic=lambda: True)

    assert (PotRequest.objects.count(), Order.objects.count()) == (0, 1)
