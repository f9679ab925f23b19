"""A code is found in every spelling, in its own edition, with what is left of it."""

import pytest

from tests.factories.festival import EditionFactory
from tests.factories.tickets import ProductFactory, VoucherFactory
from tickets.vouchers import queries
from tickets.vouchers.rules import Effect, Terms

pytestmark = pytest.mark.django_db


def test_a_code_is_found_however_it_is_spelt_and_in_its_edition_only():
    voucher = VoucherFactory()
    other = EditionFactory(number=2028, is_current=False)

    assert queries.find(voucher.edition_id, " amap-27") == voucher
    assert queries.find(voucher.edition_id, "AMAP28") is None
    assert queries.find(voucher.edition_id, "–") is None
    assert queries.find(other.pk, "AMAP27") is None


def test_what_is_left_of_it():
    product = ProductFactory()
    voucher = VoucherFactory(
        products=[product], max_uses=60, used_before=39, used=1, budget_cents=5000, spent_cents=1000
    )

    assert queries.terms_of(voucher) == Terms(
        Effect.PERCENT, 2000, frozenset({product.pk}), uses_left=20, budget_left=4000
    )
    voucher.used, voucher.spent_cents = 0, 0  # as the books say
    voucher.save()


def test_it_opens_those_of_its_products_that_are_not_listed():
    shown, hidden = ProductFactory(), ProductFactory(slug="cache", is_listed=False)
    voucher = VoucherFactory(products=[shown, hidden])
    assert queries.opened_by(voucher) == []

    voucher.reveals = True

    assert queries.opened_by(voucher) == [hidden.pk]
    assert queries.opened_by(None) == []
