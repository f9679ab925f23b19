"""What the shop's pages say of the pot at one moment."""

import datetime as dt

import pytest

from tests.factories.tickets import NOW
from tests.tickets.buying.conftest import fest  # noqa: F401 -- a fixture
from tests.tickets.solidarity.conftest import box, give, pot  # noqa: F401 -- fixtures
from tickets.catalogue.pot_offer import pot_offer
from tickets.models import Pot, Product

pytestmark = pytest.mark.django_db


def test_so_many_tickets_as_there_is_money_for(pot, box):  # noqa: F811
    assert pot_offer(NOW).tickets == 0
    give(box, 17_999)

    found = pot_offer(NOW)

    assert found.tickets == 2
    assert [choice.label for choice in found.choices] == ["Pass Fest"]


def test_nothing_without_a_pot_without_prices_or_outside_of_the_sale(pot, fest):  # noqa: F811
    assert pot_offer(dt.datetime(2027, 5, 8, tzinfo=dt.UTC)) is None
    pot.prices.clear()
    Pot.objects.filter(pk=pot.pk).delete()
    assert pot_offer(NOW + dt.timedelta(days=5, hours=1)) is None


def test_a_day_ticket_is_one_choice_a_day_until_it_is_over(pot, fest):  # noqa: F811
    Product.objects.filter(pk=fest.pk).update(admission="one_day")

    assert len(pot_offer(NOW).choices) == 3
    later = pot_offer(dt.datetime(2027, 5, 6, 12, tzinfo=dt.UTC))
    assert [choice.key.partition("-")[2] for choice in later.choices] == [
        str(day.pk) for day in fest.days.order_by("date")[1:]
    ]
