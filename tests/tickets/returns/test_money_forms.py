"""What the office may write of money that came, and tick of what goes back."""

import datetime as dt
import uuid

import pytest

from tests.factories.tickets import NOW, LineFactory, OrderFactory, TicketFactory
from tickets.returns.money_forms import ReceivedForm, RefundForm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.FESTIVAL_CLOCK = NOW.isoformat()


def received(order, **changes):
    typed = {"key": str(uuid.uuid4()), "way": "transfer", "amount": "12,50", "came_at": "2027-04-01 10:00"} | changes
    return ReceivedForm(typed, order=order, missing=1250, way="transfer")


@pytest.mark.parametrize(
    ("typed", "cents"), [("12,50", 1250), ("12.5", 1250), (" 110 ", 11000), ("0", None), ("-3", None), ("dix", None)]
)
def test_an_amount_is_read_as_people_write_it_and_is_more_than_nothing(typed, cents):
    form = received(OrderFactory(), amount=typed)

    assert form.is_valid() is (cents is not None)
    assert form.cleaned_data.get("amount") == cents


def test_money_comes_by_hand_alone_and_not_tomorrow():
    tomorrow = (NOW + dt.timedelta(days=1)).strftime("%Y-%m-%d %H:%M")

    assert set(received(OrderFactory(), way="stripe").errors) == {"way"}
    assert set(received(OrderFactory(), came_at=tomorrow).errors) == {"came_at"}


@pytest.mark.parametrize(("missing", "shown"), [(1205, "12,05"), (0, ""), (-100, "")])
def test_what_is_missing_is_proposed(missing, shown):
    form = ReceivedForm(order=OrderFactory(), missing=missing, way="onsite")

    assert (form["amount"].value(), form["way"].value()) == (shown, "onsite")


def test_only_lines_of_the_order_that_still_count_can_be_ticked():
    order, other = OrderFactory(), TicketFactory().line
    live, gone = TicketFactory(order=order).line, LineFactory(order=order, cancelled_at=NOW)

    assert RefundForm({"lines": [live.pk]}, order=order).is_valid()
    for pk in (gone.pk, other.pk):
        assert "lines" in RefundForm({"lines": [pk]}, order=order).errors
    assert "lines" in RefundForm({}, order=order).errors
    assert str(live.product_name) in str(RefundForm(order=order)["lines"])
