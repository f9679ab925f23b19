"""An order of two tickets that waits for 110 euros, and lines of statements."""

import datetime as dt
from itertools import count

import pytest

from festival.core.audit import Actor
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentFactory, PaymentSettingsFactory
from tests.remembered import remembered
from tickets.statements import receiving
from tickets.statements.entries import Entry, Statement

BANKER = Actor.system("test")
_numbers = count(1)


@pytest.fixture
@remembered
def waiting(village):
    """An order of two places of the Village, ten of which there are, to be paid by transfer."""
    PaymentSettingsFactory(edition=village.edition)
    order = OrderFactory(
        edition=village.edition,
        code="K7M4QX2V",
        name="Marie Exemple",
        state="pending",
        is_basket=True,
        expires_at=NOW + dt.timedelta(days=1),
    )
    LineFactory.create_batch(2, order=order, product=village, cents=5500)
    order.refresh_from_db()
    PaymentFactory(order=order, amount_cents=11000, state="pending", expires_at=order.expires_at)
    return order


@pytest.fixture
def came(db):
    """Return a function that takes in one credit and returns its line."""

    def take_in(cents=11000, text="K7M4QX2V", **fields):
        entry = Entry(next(_numbers), dt.date(2027, 5, 2), cents, "EUR", text, bank_id=f"b{next(_numbers)}")
        entry = Entry(**{name: fields.get(name, getattr(entry, name)) for name in Entry.__slots__})
        file = receiving.receive(statement=Statement(entries=[entry]), name="mai.csv", data=b"", now=NOW, actor=BANKER)
        return file.lines.get()

    return take_in
