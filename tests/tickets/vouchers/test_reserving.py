"""Places that a code keeps back: for whoever has it alone, drawn first, back exactly once."""

import datetime as dt
import uuid

import pytest
from django.db.models import ProtectedError

from festival.core.writing import writing
from festival.models import AuditEntry
from tests.factories.tickets import NOW, ProductFactory, QuotaFactory, VoucherFactory
from tests.tickets.bought import OFFICE, bought, meal, ordered, pay
from tests.tickets.buying.conftest import basket, item
from tickets.buying import holding
from tickets.catalogue import stocking
from tickets.exceptions import SizeBelowTaken, SoldOut
from tickets.models import Quota, Reserve, Voucher, VoucherUse
from tickets.orders import cancelling, expiring
from tickets.payments.settling import Outcome
from tickets.vouchers import making, reserving
from tickets.vouchers.faults import VoucherUsed

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def keeping(product, places=4, *, voucher=None, quotas=None, **fields):
    """Return a code that keeps so many places of each quota of a product."""
    voucher = voucher or VoucherFactory.build(edition=product.edition, effect="none", value=0)
    voucher.keeps = places
    for name, value in fields.items():
        setattr(voucher, name, value)
    quotas = product.quotas.all() if quotas is None else quotas
    return making.save(voucher=voucher, products=[product], quotas=list(quotas), actor=OFFICE, now=NOW)


def counted():
    return set(Quota.objects.filter(products__slug="pass-fest").values_list("taken", "reserved"))


def hold(*items, code="AMAP27", now=NOW):
    return holding.hold(basket=basket(*items, code=code, form_token=uuid.uuid4()), now=now)


def test_what_is_kept_is_not_sold_to_others(fest):
    keeping(fest)

    for _order in range(2):
        hold(item(fest, count=3), code="")
    with pytest.raises(SoldOut) as refused:
        hold(item(fest), code="")

    assert (counted(), refused.value.left) == ({(6, 4)}, 0)


def test_whoever_has_the_code_draws_on_it_first_and_then_on_the_rest(fest):
    keeping(fest, 2)
    hold(item(fest, count=3), code="")

    hold(item(fest, count=3))

    assert counted() == {(6, 0)}
    assert set(Reserve.objects.values_list("places", "used")) == {(2, 3)}
    hold(item(fest, count=4), code="")
    with pytest.raises(SoldOut):
        hold(item(fest))


def test_only_the_places_that_use_the_code_draw_on_it(fest, lunch):
    keeping(fest, 2)

    hold(item(fest), meal(lunch))

    assert counted() == {(1, 1)}
    assert VoucherUse.objects.count() == 1


def test_what_was_drawn_comes_back_once_when_the_basket_ends(fest):
    keeping(fest, 2)
    hold(item(fest, count=3))

    assert [expiring.expire_due(NOW + 20 * MINUTE) for _run in range(2)] == [1, 0]

    assert counted() == {(0, 2)}


def test_what_was_drawn_comes_back_when_a_ticket_is_cancelled(fest):
    keeping(fest, 2)
    order = bought(item(fest, count=3), code="AMAP27")
    lines = [line.pk for line in order.lines.all()]

    cancelling.refund(order=order, lines=lines[:1], cents=11000, actor=OFFICE, now=NOW)
    assert counted() == {(2, 0)}
    cancelling.refund(order=order, lines=lines[1:], cents=22000, actor=OFFICE, now=NOW)
    assert counted() == {(0, 2)}


def test_a_payment_that_comes_late_draws_on_it_again(fest):
    keeping(fest, 2)
    order = ordered(item(fest, count=2), code="AMAP27")
    at = order.expires_at
    expiring.expire_due(at)
    for _order in range(2):
        hold(item(fest, count=4), code="", now=at)

    assert pay(order, now=at + MINUTE) is Outcome.PAID

    assert counted() == {(10, 0)}


def test_a_code_that_is_over_lets_go_once(fest):
    keeping(fest, valid_until=NOW + MINUTE)
    hold(item(fest))

    assert [reserving.let_go(at) for at in (NOW, NOW + MINUTE, NOW + MINUTE)] == [0, 9, 0]

    assert counted() == {(1, 0)}
    assert AuditEntry.objects.filter(verb="voucher.let_go").count() == 3
    expiring.expire_due(NOW + 20 * MINUTE)
    assert counted() == {(0, 0)}


def test_fewer_are_kept_when_it_is_lowered_and_more_when_it_is_raised(fest):
    voucher = keeping(fest, 4)
    hold(item(fest))

    for places, left in ((2, 1), (9, 8), (0, 0)):
        keeping(fest, places, voucher=Voucher.objects.get(pk=voucher.pk))
        assert counted() == {(1, left)}
    assert not Reserve.objects.exists()


def test_a_code_that_is_made_good_again_keeps_again(fest):
    voucher = keeping(fest, 2, valid_until=NOW)
    assert counted() == {(0, 0)}

    keeping(fest, 2, voucher=Voucher.objects.get(pk=voucher.pk), valid_until=None)

    assert counted() == {(0, 2)}


def test_of_a_quota_that_is_taken_off_nothing_is_kept(fest):
    voucher = keeping(fest, 2)

    keeping(fest, 2, voucher=Voucher.objects.get(pk=voucher.pk), quotas=fest.quotas.all()[:1])

    assert sorted(Quota.objects.values_list("reserved", flat=True)) == [0, 0, 2]


def test_a_code_that_is_deleted_keeps_nothing(fest):
    voucher = keeping(fest, 2)

    making.delete(voucher=voucher, actor=OFFICE, now=NOW)

    assert counted() == {(0, 0)}


def test_a_code_that_was_used_stays_with_what_it_keeps(fest):
    voucher = keeping(fest, 2)
    hold(item(fest))

    with pytest.raises(VoucherUsed):
        making.delete(voucher=voucher, actor=OFFICE, now=NOW)

    assert counted() == {(1, 1)}


def test_no_more_is_kept_than_there_is(fest):
    hold(item(fest, count=4), code="")

    with pytest.raises(SizeBelowTaken) as refused:
        keeping(fest, 7)

    assert (refused.value.taken, refused.value.kept) == (4, 7)
    assert (counted(), Voucher.objects.count()) == ({(4, 0)}, 0)


def test_a_quota_never_goes_below_what_is_taken_and_kept(fest):
    keeping(fest, 4)
    hold(item(fest, count=4), code="")
    quota = fest.quotas.first()

    quota.size = 7
    with pytest.raises(SizeBelowTaken):
        stocking.save_quota(quota=quota, products=[fest], actor=OFFICE, now=NOW)
    quota.size = 8
    stocking.save_quota(quota=quota, products=[fest], actor=OFFICE, now=NOW)

    assert (quota.taken, quota.reserved) == (4, 4)


def test_a_quota_of_which_a_code_keeps_places_is_not_deleted(fest):
    keeping(fest)

    with pytest.raises(ProtectedError):
        stocking.delete_quota(quota=fest.quotas.first(), actor=OFFICE, now=NOW)

    assert fest.quotas.count() == 3


def test_two_codes_keep_side_by_side(fest):
    keeping(fest, 3)
    other = VoucherFactory.build(edition=fest.edition, code="AUTRE", effect="none", value=0)
    keeping(fest, 4, voucher=other)
    for _order in range(2):
        hold(item(fest, count=2), code="autre")

    assert counted() == {(4, 3)}
    hold(item(fest, count=3), code="autre")
    with pytest.raises(SoldOut):
        hold(item(fest), code="autre")


def test_what_a_code_keeps_of_one_quota_leaves_the_others_alone(fest):
    alone = QuotaFactory(products=[fest], size=5)
    keeping(fest, 2, quotas=[alone])
    hold(item(fest, count=3), code="")

    hold(item(fest, count=2))

    alone.refresh_from_db()
    assert (alone.taken, alone.reserved) == (5, 0)
    assert set(Quota.objects.exclude(pk=alone.pk).values_list("taken", "reserved")) == {(5, 0)}


def test_it_is_moved_within_a_transaction_only(monkeypatch):
    monkeypatch.setattr(reserving, "require_transaction", lambda what: (_ for _ in ()).throw(RuntimeError(what)))

    with pytest.raises(RuntimeError, match="What a code keeps"):
        reserving.give_up({})


def test_a_product_in_another_quota_draws_on_nothing_that_is_kept(fest):
    other = ProductFactory(slug="autre", admission="all_days", days=[], free=False)
    with writing(public=False):
        reserving.open_up({}, {})
    keeping(fest, 2)
    assert other.quotas.count() == 0
    assert counted() == {(0, 2)}
