"""How an order stands, in a sentence."""

import pytest
from django.utils.translation import override

from tests.factories.tickets import OrderFactory
from tickets.retrieval.wording import standing


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("paid", ""),
        ("held", "Not confirmed yet"),
        ("pending", "Waiting for its payment."),
        ("expired", "Not confirmed in time"),
        ("cancelled", "Cancelled"),
    ],
)
def test_each_state_has_its_sentence(state, words):
    with override("en"):
        said = standing(OrderFactory.build(state=state, edition=None))

    assert said.startswith(words)
    assert bool(said) == bool(words)


@pytest.mark.parametrize(
    ("state", "words"), [("held", "Pas encore commandée"), ("expired", "Pas payée à temps"), ("pending", "paiement")]
)
def test_a_purchase_is_ordered_and_paid_not_confirmed(state, words):
    with override("fr"):
        assert words in standing(OrderFactory.build(state=state, edition=None, is_basket=True))


def test_what_waits_for_approval_is_neither_a_basket_nor_confirmed():
    order = OrderFactory.build(state="held", edition=None, is_basket=True, awaits_approval=True)
    with override("fr"):
        assert "à l’étude" in standing(order)
