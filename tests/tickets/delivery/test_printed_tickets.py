import datetime as dt

import pytest

from festival.time import clock
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import OrderFactory, ProductFactory, TicketFactory, cancel
from tickets.delivery import queries, tokens
from tickets.delivery.printed_tickets import printed_tickets
from tickets.door import queries as door
from tickets.exceptions import KeySecretMissing
from tickets.models import Order

pytestmark = pytest.mark.django_db


def printed_of(order):
    return printed_tickets(queries.tickets_of(order))


def test_tickets_of_an_order_are_counted_and_signed():
    order = OrderFactory()
    tickets = [TicketFactory(order=order), TicketFactory(order=order)]

    first, second = printed_of(order)

    assert [(printed.rank, printed.count) for printed in (first, second)] == [(1, 2), (2, 2)]
    assert first.short_code == tokens.spell_short_code(tickets[0].short_code)
    assert first.token != second.token
    assert first.qr_path.startswith("M")
    assert first.section == "village"


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        ({"admission": "one_day"}, "2"),
        ({"admission": "all_days"}, "2–3"),
        ({"admission": "occurrence", "days": []}, "2"),
    ],
)
def test_it_names_the_days_that_it_opens(fields, numbers):
    order = OrderFactory()
    occurrence = OccurrenceFactory() if fields["admission"] == "occurrence" else None
    TicketFactory(order=order, product=ProductFactory(slug="x", **fields), occurrence=occurrence)

    assert printed_of(order)[0].day_numbers == numbers


@pytest.mark.parametrize(
    ("starts", "day"),
    [("2027-05-02T22:30", 2), ("2027-05-03T00:30", 2), ("2027-05-03T04:59", 2), ("2027-05-03T05:00", 3)],
)
def test_a_session_of_the_night_is_on_the_day_that_the_door_counts(starts, day):
    moment = dt.datetime.fromisoformat(starts).replace(tzinfo=clock.zone())
    occurrence = OccurrenceFactory(starts_at=moment, ends_at=moment + dt.timedelta(hours=1))
    order = OrderFactory(edition=occurrence.edition)
    product = ProductFactory(edition=occurrence.edition, slug="x", admission="occurrence", days=[])
    TicketFactory(order=order, product=product, occurrence=occurrence)

    (printed,) = printed_of(order)

    assert printed.dates == [dt.date(2027, 5, day)]
    assert door.today(order.edition, now=moment) == dt.date(2027, 5, day)


def test_a_day_of_its_own_is_the_only_one():
    order = OrderFactory()
    TicketFactory(order=order)

    assert [day.date for day in printed_of(order)[0].days] == [dt.date(2027, 5, 2)]


def test_what_is_cancelled_or_not_paid_opens_no_door():
    order = OrderFactory()
    kept, gone = TicketFactory(order=order), TicketFactory(order=order)
    cancel(gone)

    assert [printed.is_valid for printed in printed_of(order)] == [True, False]
    order.state = Order.State.PENDING
    assert kept.line.order == order
    assert [printed.is_valid for printed in printed_of(order)] == [False, False]


@pytest.mark.unsound  # fsck tells it too
def test_without_a_key_there_is_no_paper():
    order = OrderFactory()
    TicketFactory(order=order, product=ProductFactory(key=False))

    with pytest.raises(KeySecretMissing):
        printed_of(order)


def test_a_line_without_a_product_is_a_mistake_of_ours():
    order = OrderFactory()
    TicketFactory(order=order)
    (printed,) = printed_of(order)
    printed.line.product = None

    with pytest.raises(ValueError, match="without a product"):
        _ = printed.product


def test_a_place_in_a_session_is_of_no_day_of_the_product():
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    order = TicketFactory(product=product, day=None, occurrence=OccurrenceFactory()).line.order

    (printed,) = printed_of(order)

    assert (printed.days, printed.day_numbers) == ([], "2")
