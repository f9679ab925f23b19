"""`fsck`: everything that is falsified is named."""

import pytest
from django.core.management import call_command

from tests.factories.festival import EditionFactory
from tests.factories.tickets import OrderFactory, PositionFactory, PriceFactory, ProductFactory
from tickets.models import Order, Position, Quota, Series
from tickets.orders import invariants

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
def sold(village):
    order = OrderFactory(edition=village.edition)
    PositionFactory.create_batch(2, order=order, product=village)
    assert invariants.violations() == []
    return village


@pytest.mark.parametrize(
    ("falsify", "sentence"),
    [
        (lambda: Quota.objects.filter(taken=2).update(taken=1), "taken is 1, its tickets are 2"),
        (lambda: Quota.objects.filter(taken=2).update(size=1), "2 taken of 1 places"),
        (lambda: Position.objects.filter(ticket=2).delete(), "2 were given, 1 tickets exist"),
        (lambda: Position.objects.filter(ticket=2).update(ticket=3), "numbered 1 to 3"),
        (lambda: Series.objects.update(last=5), "5 were given, 2 tickets exist"),
        (lambda: Order.objects.update(total_cents=100), "its total is 100 cents, its tickets add up to 0"),
        (lambda: Order.objects.update(secret=""), "no secret"),
        (lambda: Position.objects.filter(ticket=1).update(short_code="00000001"), "00000001 is not one of ours"),
        (
            lambda: Position.objects.filter(ticket=1).update(cancelled_at="2027-05-02T10:00Z"),
            "taken is 2, its tickets are 1",
        ),
    ],
)
def test_a_falsified_book_is_named(sold, falsify, sentence):
    falsify()

    assert any(sentence in line for line in invariants.violations())


def test_two_orders_with_one_secret(sold):
    OrderFactory(edition=sold.edition, secret=Order.objects.get().secret)

    assert any("the same secret" in line for line in invariants.violations())


def test_a_ticket_for_a_day_that_its_product_does_not_have(sold):
    sold.days.set(sold.days.all()[1:])

    assert any("village-jour is not valid on 2027-05-02" in line for line in invariants.violations())


def test_a_ticket_of_another_edition(sold):
    other = ProductFactory(edition=EditionFactory(number=2028, is_current=False), slug="autre", days=[])
    Position.objects.filter(ticket=1).update(product=other)

    assert any("different editions" in line for line in invariants.violations())


def test_a_price_of_another_product(sold):
    price = PriceFactory(product=ProductFactory(slug="autre", days=[]), slug="autre")
    Position.objects.filter(ticket=1).update(price=price)

    assert any("its price is one of another product" in line for line in invariants.violations())


def test_the_command_names_violations_and_fails(sold, capsys):
    Quota.objects.update(taken=7)

    with pytest.raises(SystemExit) as caught:
        call_command("fsck")

    assert caught.value.code == 1
    assert "taken is 7, its tickets are 2" in capsys.readouterr().err


def test_the_command_is_content_with_sound_books(sold, capsys):
    call_command("fsck")

    assert "no violation" in capsys.readouterr().out
