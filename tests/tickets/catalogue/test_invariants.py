"""`fsck`: everything that is falsified in the stock is named."""

import pytest

from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import NOW, ProductFactory, TicketFactory, VoucherFactory, cancel
from tests.remembered import remembered
from tickets.catalogue import invariants
from tickets.models import OrderLine, Product, Quota, Reserve

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
@remembered
def sold(village):
    ticket = TicketFactory(product=village)
    TicketFactory(product=village)
    assert invariants.violations() == []
    return ticket


def test_a_wrong_counter(sold):
    Quota.objects.filter(taken=2).update(taken=1)

    assert [line.split(": ")[1] for line in invariants.violations()] == ["taken is 1, its lines are 2."]


def test_a_place_that_was_not_given_back(sold):
    OrderLine.objects.filter(pk=sold.line_id).update(cancelled_at="2027-05-02T10:00Z")

    assert any("taken is 2, its lines are 1" in line for line in invariants.violations())


def test_a_cancelled_ticket_gives_its_place_back(sold):
    cancel(sold)

    assert invariants.violations() == []


def test_an_order_with_a_product_of_another_currency(sold):
    Product.objects.update(currency="CHF")

    found = invariants.violations()

    assert len(found) == 2
    assert all("has a product of another currency" in line for line in found)


def test_what_codes_keep_is_counted(sold):
    quota = Quota.objects.order_by("pk").first()
    voucher = VoucherFactory(edition=quota.edition, keeps=2)
    Reserve.objects.create(voucher=voucher, quota=quota, places=2)
    assert invariants.violations() == [f"Quota {quota.pk}: 0 places are kept, its codes keep 2."]

    Reserve.objects.update(used=1)
    Quota.objects.filter(pk=quota.pk).update(reserved=1)
    assert invariants.violations() == [f"What code {voucher.pk} keeps of quota {quota.pk}: used 1, not 0."]


def test_a_code_of_another_edition_keeps_nothing_here(sold):
    quota = Quota.objects.order_by("pk").first()
    voucher = VoucherFactory(edition=EditionFactory(number=2028, is_current=False), keeps=1)
    Reserve.objects.create(voucher=voucher, quota=quota, places=1, ended_at=NOW)

    assert invariants.violations() == [f"A code of another edition keeps places of quota {quota.pk}."]


def test_a_product_of_another_edition(sold):
    future = EditionFactory(number=2028, is_current=False)
    quota = Quota.objects.first()
    quota.products.add(ProductFactory(edition=future, slug="autre", days=[]))

    assert invariants.violations() == [f"Quota {quota.pk} limits a product of another edition."]


@pytest.mark.parametrize("name", ["day", "occurrence"])
def test_a_day_or_a_session_of_another_edition(village, name):
    future = EditionFactory(number=2028, is_current=False)
    other = {"day": DayFactory(edition=future)} if name == "day" else {"day": None, "occurrence": OccurrenceFactory()}
    quota = Quota.objects.order_by("pk").last()
    if name == "occurrence":
        quota.products.clear()
        Quota.objects.filter(pk=quota.pk).update(edition=future)
    Quota.objects.filter(pk=quota.pk).update(**other)

    assert f"Quota {quota.pk} is for a {name} of another edition." in invariants.violations()
