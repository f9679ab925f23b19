"""An order of two tickets that waits for 110 euros, by transfer."""

import datetime as dt

import pytest

from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentFactory, PaymentSettingsFactory
from tests.remembered import remembered


@pytest.fixture
@remembered
def waiting(village):
    """An order of two places of the Village, ten of which there are, to be paid within a week."""
    PaymentSettingsFactory(edition=village.edition)
    order = OrderFactory(
        edition=village.edition, state="pending", is_basket=True, expires_at=NOW + dt.timedelta(hours=1)
    )
    LineFactory.create_batch(2, order=order, product=village, cents=5500, vat_rate=550, vat_cents=287)
    return order


@pytest.fixture
@remembered
def payment(waiting):
    """What was begun for it."""
    return PaymentFactory(order=waiting, amount_cents=11000, state="pending", expires_at=waiting.expires_at)
