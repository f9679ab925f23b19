"""`fsck` recounts what codes say of themselves."""

import uuid

import pytest

from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, ProductFactory, VoucherFactory
from tests.tickets.buying.conftest import basket, item
from tickets.buying import holding
from tickets.models import Order, Voucher, VoucherUse
from tickets.vouchers import invariants

pytestmark = pytest.mark.django_db
TRUE = {"used": 1, "spent_cents": 2200, "folded": "AMAP27"}


@pytest.fixture
def held(fest):
    VoucherFactory(products=[fest])
    return holding.hold(basket=basket(item(fest), code="AMAP27", form_token=uuid.uuid4()), now=NOW)


@pytest.mark.parametrize(
    ("lies", "said"),
    [
        ({"used": 0}, "used is 0, its uses are 1"),
        ({"spent_cents": 7}, "taken off is 7 cents, they add up to 2200"),
        ({"folded": "X"}, "AMAP27 is kept as X"),
    ],
)
def test_a_code_whose_row_lies_is_found(held, lies, said):
    assert invariants.violations() == []
    Voucher.objects.update(**lies)

    assert [said in line for line in invariants.violations()] == [True]
    Voucher.objects.update(**TRUE)


def test_uses_beyond_its_limits_are_found_though_the_counters_agree(held):
    Voucher.objects.update(used=0, spent_cents=0, max_uses=0, budget_cents=2199)

    found = invariants.violations()

    assert any("it is for 0" in line for line in found)
    assert any("its budget is 2199" in line for line in found)
    Voucher.objects.update(**TRUE, max_uses=1, budget_cents=2200)


def test_a_use_lives_as_long_as_its_line(held):
    Order.objects.update(state="expired")
    assert any("though its line has ended" in line for line in invariants.violations())
    Order.objects.update(state="held")

    VoucherUse.objects.update(released_at=NOW)
    assert any("though its line goes on" in line for line in invariants.violations())
    VoucherUse.objects.update(released_at=None)


def test_what_belongs_to_another_edition_is_found(held):
    voucher, other = Voucher.objects.get(), EditionFactory(number=2028, is_current=False)
    stranger = ProductFactory(edition=other, days=[])
    voucher.products.add(stranger)
    assert any("product of another edition" in line for line in invariants.violations())
    voucher.products.remove(stranger)

    Voucher.objects.update(edition=other)
    assert any("order of another edition" in line for line in invariants.violations())
    Voucher.objects.update(edition=held.edition)
