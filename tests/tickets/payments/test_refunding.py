"""Money that goes back: never more than came, sent with its key, confirmed once."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import OutgoingMail
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentFactory, ProductFactory, TicketFactory
from tests.remembered import remembered
from tests.tickets.payments.test_paying import Service
from tickets.exceptions import NotCancellable
from tickets.models import LedgerEntry, MoneyState, Order, OrderLine, Payment, Provider, Quota, Refund, Ticket
from tickets.orders import cancelling
from tickets.payments import invariants, providers, queries as payment_queries, refunding
from tickets.payments.faults import RefundTooHigh

pytestmark = pytest.mark.django_db
OFFICE = Actor.system("office")


@pytest.fixture
def service(monkeypatch):
    service = Service()
    monkeypatch.setitem(providers._registry, Provider.STRIPE, service)
    return service


@pytest.fixture
@remembered
def paid(village):
    """Three tickets that were paid by a service."""
    order = OrderFactory(edition=village.edition)
    TicketFactory.create_batch(3, order=order, product=village, cents=5500, vat_rate=550, vat_cents=287)
    PaymentFactory(order=order, provider="stripe", amount_cents=16500)
    return order


def refund(order, count=1, cents=5500):
    lines = set(order.lines.live().order_by("pk").values_list("pk", flat=True)[:count])
    return cancelling.refund(order=order, lines=lines, cents=cents, actor=OFFICE, now=NOW)


def accounts():
    found = {}
    for account, cents in LedgerEntry.objects.values_list("account", "cents"):
        found[account] = found.get(account, 0) + cents
    return {account: cents for account, cents in found.items() if cents}


def test_a_part_goes_back_and_the_rest_stays(paid, service):
    assert refund(paid) == 5500

    order = Order.objects.get()
    assert (order.state, order.total_cents) == ("paid", 11000)
    assert list(Ticket.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "valid", "valid"]
    assert list(Quota.objects.order_by("pk").values_list("taken", flat=True)) == [2, 0]
    assert Refund.objects.get().state == "created"
    assert OutgoingMail.objects.get().kind == "payment.refunded"
    assert accounts() == {"cash:stripe": 16500, "revenue": -10426, "vat:550": -574, "owed": -5500}

    assert refunding.send_due(NOW) == 1
    assert refunding.send_due(NOW) == 0
    assert accounts() == {"cash:stripe": 11000, "revenue": -10426, "vat:550": -574}
    assert list(service.refunds.values()) == [5500]


def test_all_of_it_ends_the_order(paid, service):
    refund(paid, 3, 16500)

    assert (Order.objects.get().state, Order.objects.get().total_cents) == ("cancelled", 0)


def test_what_is_cancelled_already_or_costs_something_else_is_refused(paid):
    first = set(paid.lines.order_by("pk").values_list("pk", flat=True)[:1])
    refund(paid)

    with pytest.raises(NotCancellable):
        cancelling.refund(order=paid, lines=first, cents=5500, actor=OFFICE, now=NOW)
    with pytest.raises(NotCancellable):
        refund(paid, 1, 5499)
    with pytest.raises(NotCancellable):
        refund(paid, 0, 0)
    assert Refund.objects.count() == 1


def test_what_belongs_to_a_line_goes_with_it(paid):
    line = paid.lines.order_by("pk").first()
    LineFactory(order=paid, kind="addon", product=ProductFactory(slug="repas", kind="addon"), cents=1200, parent=line)
    PaymentFactory(order=paid, amount_cents=1200)

    assert refund(paid, 1, 6700) == 6700

    assert sorted(Refund.objects.values_list("amount_cents", "provider")) == [(1200, "transfer"), (5500, "stripe")]


def test_never_more_than_came(paid):
    payment = Payment.objects.get()
    with pytest.raises(RefundTooHigh) as refused, writing(public=False):
        refunding.begin(payment=payment, amount_cents=16501, reason="late", now=NOW, actor=OFFICE)
    assert refused.value.left == 16500
    with pytest.raises(RefundTooHigh), writing(public=False):
        refunding.begin(payment=payment, amount_cents=0, reason="late", now=NOW, actor=OFFICE)
    with pytest.raises(RefundTooHigh), writing(public=False):
        refunding.pay_back(paid, 16501, now=NOW, actor=OFFICE)


def test_a_service_that_does_not_answer_is_asked_again_with_the_same_key(paid, service):
    refund(paid)
    service.is_down = True
    assert refunding.send_due(NOW) == 0

    service.is_down = False
    assert refunding.send_due(NOW) == 1
    assert len(service.refunds) == 1


def test_what_a_service_refuses_is_left_to_the_office(paid, service):
    refund(paid)
    service.answer = MoneyState.FAILED

    assert refunding.send_due(NOW) == 1

    first, second = Refund.objects.order_by("pk")
    assert [(one.state, one.provider, one.amount_cents) for one in (first, second)] == [
        ("failed", "stripe", 5500),
        ("created", "transfer", 5500),
    ]
    assert refunding.send_due(NOW) == 0
    assert [refunding.confirm(refund=second, now=NOW, actor=OFFICE) for _ in range(2)] == [True, False]
    assert refunding.fail(refund=second, now=NOW, actor=OFFICE) is False
    assert OutgoingMail.objects.count() == 1


def test_what_takes_its_time_is_on_its_way(paid, service):
    refund(paid)
    service.answer = MoneyState.PENDING

    assert refunding.send_due(NOW) == 1

    assert Refund.objects.get().state == "pending"
    assert refunding.confirm(refund=Refund.objects.get(), now=NOW, actor=OFFICE, reference="re_7")
    assert Refund.objects.get().reference == "re_7"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=6))
def test_any_sequence_of_partial_refunds_keeps_the_books(village, steps):
    Quota.objects.update(size=10_000)
    order = OrderFactory(edition=village.edition)
    for cents in (5500, 0, 1999, 12345, 1):
        tax = 104 if cents == 1999 else 0
        TicketFactory(order=order, product=village, cents=cents, vat_rate=550 if tax else 0, vat_cents=tax)
    PaymentFactory(order=order, amount_cents=7000)
    PaymentFactory(order=order, amount_cents=order.total_cents - 7000)
    lines = list(OrderLine.objects.filter(order=order).order_by("pk"))

    for index, is_sent in steps:
        line = lines[index]
        try:
            cancelling.refund(order=order, lines={line.pk}, cents=line.cents, actor=OFFICE, now=NOW)
        except NotCancellable:
            line.refresh_from_db()
            assert line.cancelled_at is not None
        if is_sent:
            for owed in Refund.objects.filter(order=order, state="created"):
                refunding.confirm(refund=owed, now=NOW, actor=OFFICE)

    assert invariants.violations() == []
    left = sum(line.cents for line in OrderLine.objects.live().filter(order=order))
    assert payment_queries.balance(order) == Order.objects.get(pk=order.pk).total_cents == left
