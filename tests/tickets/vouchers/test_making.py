"""Making codes: random ones that nobody confuses, counters that only sales move, limits that hold what was used."""

import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.tickets import NOW, LineFactory, ProductFactory, VoucherFactory
from tests.remembered import remembered
from tickets.models import Voucher, VoucherUse
from tickets.vouchers import making, rules
from tickets.vouchers.faults import VoucherUsed

pytestmark = pytest.mark.django_db
OFFICE = Actor.system("test")


@pytest.fixture
@remembered
def used(village):
    """A code that one place was had with, for 11 euros."""
    voucher = VoucherFactory()
    line = LineFactory(product=village, order__state="held", order__is_basket=True)
    VoucherUse.objects.create(voucher=voucher, line=line, cents=1100, used_at=NOW)
    Voucher.objects.update(used=1, spent_cents=1100)
    voucher.refresh_from_db()
    return voucher


def save(voucher, **changes):
    for name, value in changes.items():
        setattr(voucher, name, value)
    return making.save(voucher=voucher, products=[], actor=OFFICE, now=NOW)


def test_random_codes_are_told_apart_by_the_eye():
    codes = {making.random_code("AMAP") for _number in range(200)}

    assert len({rules.fold(code) for code in codes}) == 200
    assert len(making.random_code()) == making.RANDOM_SIGNS


def test_a_form_that_was_open_meanwhile_does_not_reset_the_counters(used):
    stale = Voucher.objects.get(pk=used.pk)
    stale.used, stale.spent_cents = 0, 0

    save(stale, tag="amap")

    assert Voucher.objects.values_list("tag", "used", "spent_cents").get() == ("amap", 1, 1100)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "AUTRE"}, "code"),
        ({"value": 100}, "value"),
        ({"max_uses": 0}, "max_uses"),
        ({"max_uses": 10, "used_before": 10}, "max_uses"),
        ({"budget_cents": 1099}, "budget_cents"),
    ],
)
def test_what_was_used_is_kept(used, changes, field):
    with pytest.raises(VoucherUsed) as refused:
        save(used, **changes)

    assert refused.value.field == field
    assert Voucher.objects.get().code == "AMAP27"


def test_a_new_code_is_not_used_up_from_the_start():
    with pytest.raises(VoucherUsed):
        save(VoucherFactory.build(edition=ProductFactory().edition), max_uses=1, used_before=2)


def test_a_code_whose_uses_were_all_given_back_stays_too(used):
    VoucherUse.objects.update(released_at=NOW)
    Voucher.objects.update(used=0, spent_cents=0)

    with pytest.raises(VoucherUsed, match="1 uses"):
        making.delete(voucher=used, actor=OFFICE, now=NOW)
    VoucherUse.objects.update(released_at=None)
    Voucher.objects.update(used=1, spent_cents=1100)


def test_many_are_made_with_their_products_in_few_statements(village, django_assert_max_num_queries):
    pattern = VoucherFactory.build(edition=village.edition, code="", max_uses=1, tag="presse")

    with django_assert_max_num_queries(12):
        made = making.make_many(series=making.Series(pattern, [village], 500), actor=OFFICE, now=NOW)

    assert len(made) == Voucher.objects.filter(products=village, tag="presse").count() == 500
    assert AuditEntry.objects.filter(verb="voucher.created").count() == 500
