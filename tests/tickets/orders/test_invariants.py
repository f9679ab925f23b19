"""`fsck`: everything that is falsified in orders, lines and tickets is named."""

import datetime as dt

import pytest
from django.core.management import call_command

from festival.core import series
from festival.models import Series
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PriceFactory, ProductFactory, TicketFactory
from tests.remembered import remembered
from tickets.models import Order, OrderLine, Quota, SigningKey, Ticket
from tickets.orders import invariants, placing
from tickets.selfservice import passing_on

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
@remembered
def sold(village):
    order = OrderFactory(edition=village.edition)
    TicketFactory.create_batch(2, order=order, product=village)
    assert invariants.violations() == []
    return village


def _other_edition():
    return EditionFactory(number=2028, is_current=False)


def _line(**changes):
    return OrderLine.objects.filter(ticket__number=1).update(**changes)


@pytest.mark.parametrize(
    ("falsify", "sentence"),
    [
        (lambda: Ticket.objects.filter(number=2).delete(), "2 were given, 1 tickets exist"),
        (lambda: Ticket.objects.filter(number=2).delete(), "has no ticket"),
        (lambda: Ticket.objects.filter(number=2).update(number=3), "numbered 1 to 3"),
        (lambda: Series.objects.update(last=5), "5 were given, 2 tickets exist"),
        (lambda: Order.objects.update(total_cents=100), "its total is 100 cents, its lines add up to 0"),
        (lambda: Order.objects.update(secret=""), "no secret"),
        (lambda: Order.objects.update(state="pending", expires_at=NOW), "its order is pending, not paid"),
        (lambda: Order.objects.update(state="cancelled"), "is not cancelled"),
        (lambda: Ticket.objects.filter(number=1).update(short_code="00000001"), "00000001 is not one of ours"),
        (lambda: Ticket.objects.filter(number=1).update(state="cancelled"), "is cancelled, its line is not"),
        (lambda: _line(cancelled_at=NOW), "is valid, its line is not"),
        (lambda: _line(kind="addon"), "comes of a line of kind addon"),
        (lambda: _line(kind="addon"), "is not what its product is"),
        (lambda: _line(vat_rate=2000, cents=1200, vat_cents=199), "its tax is 199 cents, by the rule 200"),
        (lambda: _line(product=ProductFactory(edition=_other_edition(), slug="autre")), "is not of the edition"),
        (lambda: _line(price=PriceFactory(product=ProductFactory(slug="autre"))), "names a price of another product"),
        (lambda: _line(day=DayFactory(edition=_other_edition())), "is for a day of another edition"),
        (lambda: _line(day=DayFactory(date=dt.date(2027, 5, 4))), "village-jour is not valid on 2027-05-04"),
        (lambda: _line(parent=LineFactory()), "belongs to a line of another order"),
        (lambda: Ticket.objects.filter(number=1).update(edition=_other_edition()), "is not of the edition"),
        (lambda: SigningKey.objects.all().delete(), "No key signs these tickets"),
    ],
)
def test_a_falsified_book_is_named(sold, falsify, sentence):
    falsify()

    assert any(sentence in line for line in invariants.violations())


def test_two_orders_with_one_secret(sold):
    OrderFactory(edition=sold.edition, secret=Order.objects.get().secret)

    assert any("the same secret" in line for line in invariants.violations())


def test_a_session_of_another_edition(sold):
    _line(day=None, occurrence=OccurrenceFactory())
    Order.objects.update(edition=_other_edition())

    assert any("is for a session of another edition" in line for line in invariants.violations())


def test_a_cancelled_line_leaves_the_total(sold):
    order = OrderFactory(edition=sold.edition)
    LineFactory(order=order, kind="fee", product=None, product_name="Frais", day=None, cents=200)
    LineFactory(order=order, kind="fee", product=None, product_name="Frais", day=None, cents=300, cancelled_at=NOW)

    assert order.total_cents == 200
    assert invariants.violations() == []


def test_the_command_names_violations_and_fails(sold, capsys):
    Quota.objects.update(taken=7)

    with pytest.raises(SystemExit) as caught:
        call_command("fsck")

    assert caught.value.code == 1
    assert "taken is 7, its lines are 2" in capsys.readouterr().err


def test_the_command_is_content_with_sound_books(sold, capsys):
    assert series.last("tickets", edition=sold.edition) == 2

    call_command("fsck")

    assert "no violation" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("falsify", "sentence"),
    [
        (lambda: Ticket.objects.update(order=Order.objects.get(code="AAAAA")), "another order than the one"),
        (lambda: Ticket.objects.update(issue=1), "issue 1 was passed on, and it is still 1"),
    ],
)
def test_what_was_passed_on_is_where_it_went(village, falsify, sentence):
    ticket = TicketFactory(product=village, order=OrderFactory(code="AAAAA"))
    passing_on.pass_on(
        ticket=ticket, order=ticket.line.order, to=placing.Buyer("Zoé", "zoe@example.org", "fr"), now=NOW
    )
    assert invariants.violations() == []

    falsify()

    assert any(sentence in line for line in invariants.violations())
