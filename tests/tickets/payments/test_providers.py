"""What needs nobody's service: transfer and on site."""

import datetime as dt

import pytest

from festival.models import Day
from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import (
    NOW,
    LineFactory,
    OrderFactory,
    PaymentFactory,
    PaymentSettingsFactory,
    RefundFactory,
)
from tests.remembered import remembered
from tickets.payments import providers

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
@remembered
def order(village):
    """A day of the Village on 5 May, when the doors open at ten."""
    PaymentSettingsFactory(edition=village.edition)
    village.days.add(DayFactory(edition=village.edition, date=dt.date(2027, 5, 5)))
    order = OrderFactory(edition=village.edition, state="held", expires_at=NOW)
    LineFactory(order=order, product=village, day=Day.objects.get(date="2027-05-05"))
    return order


DOORS = dt.datetime(2027, 5, 5, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (NOW - 30 * DAY, NOW - 23 * DAY),
        (NOW, DOORS - DAY),
        (DOORS - 2 * DAY, DOORS - DAY),
        (DOORS - 2 * DAY + dt.timedelta(seconds=1), None),
    ],
)
def test_a_transfer_has_its_days_and_ends_a_day_before_the_doors_open(order, now, until):
    assert providers.provider("transfer").offered_until(order, now) == until


@pytest.mark.parametrize(("now", "until"), [(NOW, DOORS), (DOORS, None)])
def test_on_site_ends_when_the_doors_open(order, now, until):
    assert providers.provider("onsite").offered_until(order, now) == until


def test_doors_open_with_the_first_day_of_a_pass_or_the_session(village):
    edition = village.edition
    village.admission = "all_days"
    village.save()
    order = OrderFactory(edition=edition, state="held")
    LineFactory(order=order, product=village)
    first = Day.objects.order_by("date").first()
    assert providers.doors_open(order).date() <= first.date

    placed = OccurrenceFactory(session__edition=edition)
    other = OrderFactory(edition=edition, state="held")
    LineFactory(order=other, product=village, occurrence=placed, counted=False)
    assert providers.doors_open(other) == placed.starts_at


def test_without_a_day_they_open_with_the_edition(village):
    order = OrderFactory(edition=village.edition, state="held")

    assert providers.doors_open(order) == dt.datetime(2027, 4, 30, 22, tzinfo=dt.UTC)


@pytest.mark.parametrize("name", ["transfer", "onsite"])
def test_by_hand_nobody_is_called(name, village):
    order = OrderFactory(edition=village.edition)
    payment = PaymentFactory(order=order, provider=name)
    refund = RefundFactory(payment=payment, provider=name, state="created")
    way = providers.provider(name)

    begun = way.begin(payment, order, "", NOW)
    assert (begun.reference, begun.url, way.moves_money) == ("", "", False)
    assert way.ask(payment).state == "confirmed"
    assert way.refund(refund).state == "created"
    assert way.call_off(payment) is None
