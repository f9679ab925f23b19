"""What giving back comes to, what waits for the office, and what happened to an order."""

import datetime as dt

import pytest

from tests.factories.tickets import NOW, TicketFactory
from tests.tickets.bought import OFFICE, bought, meal, ordered
from tests.tickets.buying.conftest import item
from tests.tickets.returns.test_clarifying import sent_back
from tickets.models import RefundRequest, RefundStep
from tickets.returns import giving, noting, queries

pytestmark = pytest.mark.django_db


def test_a_quote_names_what_goes_back_what_is_kept_and_what_goes_along(fest, lunch):
    RefundStep.objects.create(product=fest, until=NOW + dt.timedelta(days=1), percent=50)
    order = bought(item(fest), meal(lunch))

    quote = queries.quote(order, order.tickets.get(), now=NOW)

    assert (quote.cents, quote.back, quote.kept, quote.is_asked_of_office) == (12200, 5500, 6700, False)
    assert [line.product for line in quote.extras] == [lunch]


def test_of_what_is_free_or_still_to_be_paid_nothing_goes_back(fest, lunch, village):
    RefundStep.objects.create(product=fest, until=NOW + dt.timedelta(days=1))
    RefundStep.objects.create(product=lunch, until=NOW + dt.timedelta(days=1))
    free = TicketFactory(product=village).order
    order = bought(item(fest))
    ordered(meal(lunch), extends=order, ticket=order.tickets.get())

    assert (queries.quote(free, None, now=NOW).cents, queries.quote(order, None, now=NOW).cents) == (0, 11000)
    assert queries.quote(order, None, now=NOW).back == 11000


def test_the_queue_holds_what_waits(fest):
    order = bought(item(fest, count=2))
    wish = RefundRequest.objects.create(order=order, cents=1, asked_at=NOW)
    made = sent_back(order, 300)
    giving.give(order=order, cents=100, told="", actor=OFFICE, now=NOW)
    edition = order.edition_id

    assert list(queries.open_requests(edition)) == [wish]
    assert list(queries.unclear(edition)) == [made]
    assert [one.amount_cents for one in queries.to_send(edition)] == [100]
    assert list(queries.under_way(edition)) == []
    assert not queries.open_requests(None).exists()


def test_the_history_is_one_list_with_the_notes_the_last_first(fest):
    order = bought(item(fest))
    later = NOW + dt.timedelta(hours=1)
    noting.note(order=order, text="A appelé.", actor=OFFICE, now=later)

    found = queries.timeline(order)

    assert (found[0].note, found[0].by, found[0].at) == ("A appelé.", "Noa", later)
    verbs = [one.entry.verb for one in found if one.entry]
    assert {"order.held", "order.paid", "payment.confirmed"} <= set(verbs)
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
