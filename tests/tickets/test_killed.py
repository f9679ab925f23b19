"""`kill -9` between two steps of an order's money: nothing that was answered is lost, and nobody pays twice."""

import datetime as dt
import os
import signal
import traceback

import pytest
from django.db import connections

from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentSettingsFactory
from tests.tickets.failpoints import POINTS, failpoints, kill
from tests.tickets.stripe.conftest import stripe_server  # noqa: F401 -- a fixture
from tickets.catalogue import invariants as stock_invariants
from tickets.models import MoneyState, Order, Payment, ProviderEvent, Refund, Ticket
from tickets.orders import cancelling, expiring, invariants
from tickets.payments import invariants as money_invariants, paying, queries, refunding
from tickets.stripe import handling, receiving, reconciling

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),  # the child keeps one thread
]

OFFICE = Actor.system("office")


class Site:
    """The site's process, started anew for each step; killed at a point, it is started again for the same step."""

    def __init__(self, points):
        self.points, self.kills = points, 0

    def do(self, step, *args):
        """Do a step in a process of its own; if that is killed, again in another, which nothing kills."""
        if self._ends_well(step, args):
            return
        self.kills += 1
        self.points.armed = ""
        assert self._ends_well(step, args), "the step does not work after the kill"

    def _ends_well(self, step, args):
        connections.close_all()
        if not (pid := os.fork()):
            status = 1
            try:
                step(*args)
                status = 0
            except Exception:
                traceback.print_exc()
            finally:
                connections.close_all()
                os._exit(status)
        _pid, status = os.waitpid(pid, 0)
        assert status == 0 or os.WTERMSIG(status) == signal.SIGKILL
        return status == 0


def basket(village):
    """Return two places that are held for 110 euros."""
    until = NOW + dt.timedelta(minutes=20)
    order = OrderFactory(edition=village.edition, state="held", is_basket=True, expires_at=until)
    LineFactory.create_batch(2, order=order, product=village, cents=5500)
    return order


def pay(order_pk, terms):
    order = Order.objects.select_related("edition").get(pk=order_pk)
    paying.order_and_pay(
        order=order,
        way="stripe",
        total_cents=order.total_cents,
        terms=terms,
        return_url="https://example.org/fr/commande/A/b/",
        now=NOW,
    )


def receive(event):
    receiving.receive(event, now=NOW)


def handle():
    for event in ProviderEvent.objects.filter(handled_at=None):
        handling.handle(event.pk, now=NOW)


def give_back(order_pk):
    """Pay back what is not given back yet: who clicks again finds nothing to do."""
    order = Order.objects.get(pk=order_pk)
    if lines := list(order.lines.live()):
        cents = sum(line.cents for line in lines)
        cancelling.refund(order=order, lines=[line.pk for line in lines], cents=cents, actor=OFFICE, now=NOW)


def tick(later):
    now = NOW + later
    expiring.expire_due(now)
    reconciling.reconcile(now)
    paying.close_pages(now)
    refunding.send_due(now)


@pytest.mark.parametrize("name", POINTS)
def test_killed_there_and_started_again(village, stripe_server, monkeypatch, name):  # noqa: F811
    """One order is paid, one paid and given back, one let go; the process is killed once on the way."""
    books, events = stripe_server.books, []
    books.tell = events.append
    PaymentSettingsFactory(edition=village.edition)
    terms = queries.terms_of(village.edition).version  # loads all addresses, once for the processes to come
    kept, returned, left = basket(village), basket(village), basket(village)
    with failpoints(monkeypatch, end=kill) as points:
        points.armed = name
        site = Site(points)
        for order in (kept, returned, left):
            site.do(pay, order.pk, terms)
        for payment in Payment.objects.filter(order__in=[kept, returned]):
            books.pay(payment.reference)
        for event in events:
            site.do(receive, event)
        site.do(handle)
        site.do(give_back, returned.pk)
        site.do(tick, dt.timedelta())
        site.do(tick, dt.timedelta(hours=3))

    assert site.kills == 1
    assert dict(Order.objects.values_list("pk", "state")) == {
        kept.pk: "paid",
        returned.pk: "cancelled",
        left.pk: "expired",
    }
    charged = sum(row["amount"] for row in books.intents.values())
    assert (charged, sum(row["amount"] for row in books.refunds.values())) == (22000, 11000)
    assert [(row["status"], row["payment_status"]) for row in books.sessions.values()] == [
        ("complete", "paid"),
        ("complete", "paid"),
        ("expired", "unpaid"),
    ]
    assert set(Refund.objects.values_list("state", "amount_cents")) == {(MoneyState.CONFIRMED, 11000)}
    assert Ticket.objects.filter(state="valid").count() == 2
    mails = OutgoingMail.objects.values_list("kind", flat=True)
    assert sorted(mails) == sorted(
        ["order.tickets"] * 2 + ["payment.refunded", "order.expired"],
    )
    assert stock_invariants.violations() + invariants.violations() + money_invariants.violations() == []
