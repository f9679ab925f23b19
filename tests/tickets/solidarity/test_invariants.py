"""What fsck says of a pot whose books were falsified; of sound ones, nothing."""

import pytest

from tests.factories.festival import EditionFactory
from tests.factories.tickets import PaymentFactory
from tests.tickets.solidarity.conftest import ask, give, wish
from tickets.models import LedgerEntry, MoneyState, OrderLine, Payment, Pot, PotRequest, Refund
from tickets.solidarity import invariants

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
def given(pot, box):
    """A gift, a ticket that was given, and what is left."""
    give(box, 20_000)
    return ask(wish(pot))


def test_sound_books_say_nothing(given):
    assert invariants.violations() == []


@pytest.mark.parametrize(
    ("falsify", "said"),
    [
        (lambda _r: Pot.objects.update(balance_cents=13_999), "it says 13999 cents, its ledger 14000"),
        (lambda _r: LedgerEntry.objects.filter(account="pot", cents=6000).update(cents=5999), "its ledger 14001"),
        (lambda _r: OrderLine.objects.filter(kind="donation").update(cents=19_000), "come to 13000"),
        (lambda _r: OrderLine.objects.filter(kind="donation").update(cents=1000), "more were given out than came in"),
        (lambda _r: PaymentFactory(provider="pot", order__code="STRAY"), "nobody asked"),
        (
            lambda _r: Payment.objects.filter(provider="pot").update(state=MoneyState.PENDING, confirmed_at=None),
            "it pays at once or not at all",
        ),
        (lambda r: PotRequest.objects.filter(pk=r.pk).update(places=2), "2 tickets were given, of the order’s 1 lines"),
        (lambda r: _hold(r.order), "its order is not paid"),
        (
            lambda r: PotRequest.objects.filter(pk=r.pk).update(edition=EditionFactory(number=2028, is_current=False)),
            "another edition",
        ),
    ],
)
def test_whatever_was_falsified_is_said(given, falsify, said):
    falsify(given)

    assert any(said in line for line in invariants.violations()), invariants.violations()


def test_a_refund_of_the_pot_is_in_it_at_once(given):
    payment = Payment.objects.get(provider="pot")
    Refund.objects.create(
        order=given.order, payment=payment, provider="transfer", amount_cents=1, created_at=payment.created_at
    )

    assert any("is not in it again" in line for line in invariants.violations())


def test_a_pot_gives_tickets_of_its_own_edition(given):
    Pot.objects.create(edition=EditionFactory(number=2028, is_current=False)).prices.set([given.price])

    assert any("gives a ticket of another edition" in line for line in invariants.violations())


def _hold(order):
    order.state, order.expires_at = "pending", order.created_at
    order.save()
