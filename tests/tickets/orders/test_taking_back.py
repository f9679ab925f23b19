"""Giving back what was paid: by the rule of the day, to whoever paid, with what belongs to it, to the cent."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.bought import OFFICE, balance, bought, fresh, meal, went_back
from tests.tickets.buying.conftest import fest, item, lunch
from tickets.exceptions import NotCancellable, NotChangeable
from tickets.models import Order, OrderLine, Quota, RefundStep, Ticket
from tickets.orders import cancelling, queries, taking_back
from tickets.orders.placing import Buyer
from tickets.payments import invariants
from tickets.payments.faults import RefundTooHigh
from tickets.returns import giving
from tickets.selfservice import passing_on

__all__ = ["fest", "lunch"]
pytestmark = pytest.mark.django_db
HOLDER = Actor("order:x")
ZOE = Buyer("Zoé", "zoe@example.org", "fr")


def back(order, only=None, now=NOW):
    return cancelling.cancel(order=order, actor=HOLDER, now=now, even_used=False, only=only)


def held(ticket):
    return Ticket.objects.select_related("order__edition", "line").get(pk=ticket.pk)


@pytest.mark.parametrize(
    ("now", "cents"),
    [
        (dt.datetime(2027, 4, 4, 21, 59, 59, tzinfo=dt.UTC), 11000),
        (dt.datetime(2027, 4, 5, 21, 59, 59, tzinfo=dt.UTC), 11000),
        (dt.datetime(2027, 4, 5, 22, 0, tzinfo=dt.UTC), 5500),
        (dt.datetime(2027, 4, 28, 21, 59, 59, tzinfo=dt.UTC), 5500),
        (dt.datetime(2027, 4, 28, 22, 0, tzinfo=dt.UTC), None),
    ],
)
def test_so_much_goes_back_so_many_days_before(fest, now, cents):
    """Thirty and seven days before 5 May, until midnight in Paris."""
    RefundStep.objects.create(product=fest, days_before=30, percent=100)
    RefundStep.objects.create(product=fest, days_before=7, percent=50)
    order = bought(item(fest))

    if cents is None:
        with pytest.raises(NotCancellable, match="money"):
            back(order, now=now)
        return
    back(order, now=now)

    after = fresh(order)
    assert (went_back(order), after.state, after.total_cents) == (cents, "cancelled", 11000 - cents)
    assert balance(order) == 11000 - cents
    kept = list(after.lines.live().values_list("kind", "cents", "vat_rate"))
    assert kept == ([] if cents == 11000 else [("fee", 5500, 550)])


def test_a_fee_is_kept_of_each_ticket(fest):
    fest.refund_fee_cents = 500
    fest.save()
    RefundStep.objects.create(product=fest, days_before=1)
    order = bought(item(fest, count=2))

    back(order, only=order.tickets.first())

    assert (went_back(order), fresh(order).total_cents) == (10500, 11500)
    assert order.tickets.filter(state="valid").count() == 1


def test_what_was_bought_for_a_ticket_goes_back_along(fest, lunch):
    for product in (fest, lunch):
        RefundStep.objects.create(product=product, until=NOW + dt.timedelta(days=1))
    order = bought(item(fest), meal(lunch))
    ticket = order.tickets.get()
    later = bought(meal(lunch), extends=order, ticket=ticket)
    assert order.lines.get(product=lunch).booked_with == ticket

    back(order, only=ticket)

    assert (went_back(order), went_back(later)) == (12200, 1200)
    assert (fresh(order).state, fresh(later).state) == ("cancelled", "cancelled")
    assert set(Quota.objects.values_list("taken", flat=True)) == {0}


def test_a_passed_on_ticket_goes_back_to_who_paid(fest):
    RefundStep.objects.create(product=fest, until=NOW + dt.timedelta(days=1))
    order = bought(item(fest, count=2))
    first = held(order.tickets.first())
    theirs = passing_on.pass_on(ticket=first, order=order, to=ZOE, now=NOW).receiver

    with pytest.raises(NotCancellable, match="ended"):
        back(order, only=held(first))
    back(theirs)

    assert (went_back(order), went_back(theirs), fresh(theirs).state) == (11000, 0, "cancelled")
    assert (fresh(order).state, fresh(order).total_cents) == ("paid", 11000)


def test_the_payer_gives_back_their_own_alone(fest):
    RefundStep.objects.create(product=fest, until=NOW + dt.timedelta(days=1))
    order = bought(item(fest, count=2))
    first = held(order.tickets.first())
    passing_on.pass_on(ticket=first, order=order, to=ZOE, now=NOW)

    back(order)

    assert (fresh(order).state, fresh(order).total_cents, held(first).state) == ("paid", 11000, "valid")
    assert went_back(order) == 11000


def test_the_office_cancels_a_line_though_its_ticket_went_on_and_tells_its_holder(fest):
    order = bought(item(fest))
    ticket = held(order.tickets.get())
    theirs = passing_on.pass_on(ticket=ticket, order=order, to=ZOE, now=NOW).receiver

    cancelling.refund(order=order, lines={ticket.line_id}, cents=11000, actor=OFFICE, now=NOW)

    assert (fresh(order).state, fresh(theirs).state, held(ticket).state) == ("cancelled", "cancelled", "cancelled")
    assert OutgoingMail.objects.filter(kind="ticket.cancelled", to="zoe@example.org").count() == 1


def test_what_went_back_before_does_not_go_back_again(fest):
    RefundStep.objects.create(product=fest, until=NOW + dt.timedelta(days=1))
    order = bought(item(fest))
    giving.give(order=order, cents=1000, told="", actor=OFFICE, now=NOW)

    assert taking_back.by_rule(queries.lines_to_cancel(order), NOW) == {order.lines.first().pk: 10000}
    back(order)

    assert (went_back(order), fresh(order).total_cents, balance(order)) == (11000, 0, 0)


def test_what_went_back_before_is_not_cancelled_by_itself(fest):
    """A line that says "paid back" gone alone, total and ledger would be higher by what had gone."""
    order = bought(item(fest))
    giving.give(order=order, cents=1000, told="", actor=OFFICE, now=NOW)
    line = order.lines.get(kind="discount")

    with pytest.raises(NotCancellable, match="money"):
        cancelling.refund(order=order, lines={line.pk}, cents=0, actor=OFFICE, now=NOW)

    assert (fresh(order).total_cents, order.lines.live().count()) == (10000, 2)


def mails(order, *kinds):
    found = OutgoingMail.objects.filter(kind__in=kinds, to=order.email)
    return sorted(found.values_list("kind", flat=True))


@pytest.mark.parametrize(("count", "kind"), [(1, "order.cancelled"), (2, "ticket.cancelled")])
def test_a_place_that_was_free_is_not_cancelled_in_silence(fest, count, kind):
    order = bought(item(fest, "invite", count=count))
    line = order.lines.first()

    cancelling.refund(order=order, lines={line.pk}, cents=0, actor=OFFICE, now=NOW, reason="Salle fermée")

    assert mails(order, "order.cancelled", "ticket.cancelled", "payment.refunded") == [kind]


def test_the_reason_of_a_part_that_is_cancelled_stands_in_the_mail_about_its_money(fest):
    order = bought(item(fest, count=2))

    cancelling.refund(
        order=order, lines={order.lines.first().pk}, cents=11000, actor=OFFICE, now=NOW, reason="Salle fermée"
    )

    assert mails(order, "order.cancelled", "ticket.cancelled", "payment.refunded") == ["payment.refunded"]
    assert order.refunds.get().told == "Salle fermée"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["back", "office", "give", "on"]), st.integers(0, 3), st.integers(1, 12000)),
        max_size=6,
    ),
    st.integers(1, 100),
    st.integers(0, 700),
)
def test_whatever_goes_back_the_books_are_right_to_the_cent(fest, lunch, acts, percent, fee):
    Quota.objects.update(size=10_000)
    for product in (fest, lunch):
        product.refund_fee_cents = fee
        product.save()
        RefundStep.objects.filter(product=product).delete()
        RefundStep.objects.create(product=product, until=NOW + dt.timedelta(days=1), percent=percent)
    order = bought(item(fest, count=2), meal(lunch, count=3))
    later = bought(meal(lunch), extends=order, ticket=order.tickets.first())
    tickets = list(order.tickets.order_by("pk"))
    for act, which, cents in acts:
        ticket = held(tickets[which % 2])
        try:
            if act == "back":
                back(ticket.order, only=ticket)
            elif act == "on":
                passing_on.pass_on(ticket=ticket, order=ticket.order, to=ZOE, now=NOW)
            elif act == "give":
                giving.give(order=order, cents=cents, told="", actor=OFFICE, now=NOW)
            else:
                lines = queries.lines_with_belongings(order, [ticket.line_id])
                total = sum(taking_back.in_full(order, lines).values())
                cancelling.refund(order=order, lines={ticket.line_id}, cents=total, actor=OFFICE, now=NOW)
        except (NotChangeable, RefundTooHigh):
            continue

    assert invariants.violations() == []
    for one in (order, later):
        assert 0 <= balance(one) == fresh(one).total_cents
        assert went_back(one) <= 11000 * 2 + 1200 * 3
    assert OrderLine.objects.live().filter(ticket__state="cancelled").count() == 0
    assert Order.objects.filter(total_cents__lt=0).count() == 0
