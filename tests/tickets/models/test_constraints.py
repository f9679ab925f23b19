"""What the database refuses, whoever writes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.factories.festival import DayFactory, EditionFactory, SectionFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import (
    NOW,
    FeeFactory,
    InvoiceFactory,
    LineFactory,
    OrderFactory,
    PaymentFactory,
    PriceFactory,
    ProductFactory,
    QuotaFactory,
    RefundFactory,
    TicketFactory,
)
from tickets.models import CheckinList, Product, Quota

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def fee(**fields):
    return LineFactory(kind="fee", product=None, product_name="Frais", day=None, **fields)


@pytest.mark.parametrize(
    "write",
    [
        lambda: OrderFactory(state="held", expires_at=None),
        lambda: OrderFactory(state="pending", expires_at=None),
        lambda: OrderFactory(state="expired", expires_at=None),
        lambda: OrderFactory(state="nowhere"),
        lambda: fee(cents=-1),
        lambda: LineFactory(kind="discount", cents=1),
        lambda: LineFactory(kind="admission", product=None, product_name="?", day=None),
        lambda: LineFactory(product=None, kind="fee", product_name="?", day=None, price=PriceFactory()),
        lambda: fee(cents=100, vat_cents=101),
        lambda: fee(cents=100, vat_cents=-1),
        lambda: LineFactory(kind="discount", cents=-100, vat_cents=1),
        lambda: fee(cents=100, vat_rate=10000),
        lambda: LineFactory(occurrence=OccurrenceFactory()),  # it has a day already
        lambda: TicketFactory(issue=0),
        lambda: TicketFactory(issue=256),
        lambda: TicketFactory(number=0),
        lambda: TicketFactory(state="lost"),
        lambda: TicketFactory(number=TicketFactory().number),
        lambda: TicketFactory(line=TicketFactory().line),
        lambda: QuotaFactory(day=DayFactory(), occurrence=OccurrenceFactory()),
        lambda: QuotaFactory(occurrence=QuotaFactory(occurrence=OccurrenceFactory()).occurrence),
        lambda: Quota.objects.filter(pk=QuotaFactory().pk).update(taken=11),
        lambda: Quota.objects.filter(pk=QuotaFactory().pk).update(taken=6, reserved=5),
        lambda: FeeFactory(cents=0),
        lambda: FeeFactory(basis="card"),
        lambda: LineFactory(goes_back=True),
        lambda: PriceFactory(vat_rate=10000),
        lambda: PriceFactory(cents=5, max_cents=5),
        lambda: PaymentFactory(amount_cents=0),
        lambda: PaymentFactory(state="pending", confirmed_at=NOW),
        lambda: PaymentFactory(state="confirmed", confirmed_at=None),
        lambda: PaymentFactory(state="lost", confirmed_at=None),
        lambda: [PaymentFactory(reference="pi_1", provider="stripe") for _ in range(2)],
        lambda: RefundFactory(amount_cents=-5),
        lambda: InvoiceFactory(total_cents=1),
        lambda: InvoiceFactory(net_cents=-5500),
        lambda: InvoiceFactory(kind="credit_note", net_cents=-5500),
        lambda: InvoiceFactory(corrects=InvoiceFactory()),
        lambda: InvoiceFactory(number=InvoiceFactory().number),
    ],
)
def test_what_cannot_be_is_refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_two_payments_without_a_reference_are_two():
    PaymentFactory.create_batch(2, provider="onsite")


@pytest.mark.parametrize(
    "make",
    [
        lambda other: Product(edition=EditionFactory(), section=SectionFactory(edition=other), slug="x", number=1),
        lambda other: Quota(edition=EditionFactory(), name="x", size=1, day=DayFactory(edition=other)),
        lambda other: Quota(edition=other, name="x", size=1, occurrence=OccurrenceFactory()),
        lambda other: CheckinList(edition=EditionFactory(), slug="x", day=DayFactory(edition=other)),
    ],
)
def test_a_row_of_two_editions_is_refused(make):
    with pytest.raises(ValidationError, match="autre édition"):
        make(EditionFactory(number=2028, is_current=False)).clean()


@pytest.mark.parametrize("name", ["product", "price", "day"])
def test_what_was_sold_cannot_be_deleted(name):
    product = ProductFactory()
    line = TicketFactory(product=product, price=product.prices.get()).line

    with pytest.raises(ProtectedError):
        getattr(line, name).delete()
