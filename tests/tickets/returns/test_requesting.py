"""Asking the office to take something back: the day of asking counts, the tickets stay valid, each wish ends once."""

import datetime as dt

import pytest

from festival.models import OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.bought import OFFICE, bought, fresh, went_back
from tests.tickets.buying.conftest import item
from tickets.exceptions import NotCancellable
from tickets.models import RefundRequest, RefundStep, Ticket
from tickets.orders import cancelling
from tickets.returns import queries, requesting

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def asking(fest):
    fest.refund_needs_approval = True
    fest.save()
    RefundStep.objects.create(product=fest, until=NOW + DAY)
    RefundStep.objects.create(product=fest, until=NOW + 2 * DAY, percent=50)
    return fest


def give_back(order, only=None, now=NOW):
    quote = queries.quote(order, only, now=now)
    return requesting.give_back(order=order, only=only, quote=quote, actor=OFFICE, now=now)


def mails(kind):
    return OutgoingMail.objects.filter(kind=kind).count()


def test_the_ticket_stays_valid_until_the_office_answers(asking):
    order = bought(item(asking, count=2))

    assert give_back(order, order.tickets.first()) is True

    asked = RefundRequest.objects.get()
    assert (asked.cents, asked.state, went_back(order)) == (11000, "open", 0)
    assert Ticket.objects.filter(state="valid").count() == 2
    assert mails("refund.asked") == 1


def test_accepted_it_gives_what_the_day_of_asking_gave(asking):
    order = bought(item(asking))
    give_back(order)
    later = NOW + DAY + dt.timedelta(hours=1)

    requesting.accept(request=RefundRequest.objects.get(), cents=11000, actor=OFFICE, now=later)

    assert (went_back(order), fresh(order).state) == (11000, "cancelled")
    assert RefundRequest.objects.get().state == "accepted"
    assert (mails("order.cancelled"), mails("payment.refunded")) == (1, 1)


def test_refused_it_stays_and_may_be_asked_for_again(asking):
    order = bought(item(asking))
    give_back(order)

    requesting.refuse(request=RefundRequest.objects.get(), reason="Trop tard", actor=OFFICE, now=NOW)

    assert (went_back(order), order.tickets.get().state) == (0, "valid")
    assert (RefundRequest.objects.get().reason, mails("refund.refused")) == ("Trop tard", 1)
    assert give_back(order) is True


@pytest.mark.parametrize("answer", ["accept", "refuse"])
def test_a_wish_is_answered_once(asking, answer):
    order = bought(item(asking))
    give_back(order)
    asked = RefundRequest.objects.get()
    requesting.accept(request=asked, cents=11000, actor=OFFICE, now=NOW)

    said = {"cents": 11000} if answer == "accept" else {"reason": "x"}
    with pytest.raises(NotCancellable, match="ended"):
        getattr(requesting, answer)(request=asked, actor=OFFICE, now=NOW, **said)

    assert went_back(order) == 11000


def test_twice_it_is_not_asked_for(asking):
    order = bought(item(asking))
    give_back(order, order.tickets.get())

    with pytest.raises(NotCancellable, match="asked"):
        give_back(order, order.tickets.get())


def test_another_sum_than_was_shown_is_not_sent(asking):
    order = bought(item(asking))
    give_back(order)

    with pytest.raises(NotCancellable):
        requesting.accept(request=RefundRequest.objects.get(), cents=10999, actor=OFFICE, now=NOW)

    assert RefundRequest.objects.get().state == "open"
    with pytest.raises(NotCancellable):
        requesting.ask(order=order, only=None, cents=1, actor=OFFICE, now=NOW)


def test_a_wish_ends_with_what_it_was_about(asking):
    order = bought(item(asking))
    give_back(order)

    cancelling.refund(order=order, lines={order.lines.get().pk}, cents=11000, actor=OFFICE, now=NOW)

    assert RefundRequest.objects.get().state == "dropped"


def test_the_holder_cannot_go_round_the_office(asking):
    order = bought(item(asking))

    with pytest.raises(NotCancellable, match="money"):
        cancelling.cancel(order=order, actor=OFFICE, now=NOW, even_used=False)


def test_without_approval_it_goes_at_once(asking):
    asking.refund_needs_approval = False
    asking.save()
    order = bought(item(asking))

    assert give_back(order) is False
    assert went_back(order) == 11000
    assert not RefundRequest.objects.exists()
