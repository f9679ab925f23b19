"""Codes in baskets: what is left to pay, every limit at the last moment, and each use back exactly once."""

import datetime as dt
import uuid

import pytest

from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import AuditEntry
from tests.factories.tickets import NOW, ProductFactory, VoucherFactory
from tests.tickets.buying.conftest import basket, item
from tickets.buying import detailing, holding
from tickets.buying.detailing import Details
from tickets.exceptions import NotCancellable, PriceNotOffered, SoldOut
from tickets.models import Order, Product, Quota, Ticket, Voucher, VoucherUse
from tickets.orders import cancelling, expiring
from tickets.orders.placing import Buyer
from tickets.payments import paying, queries as payment_queries, settling
from tickets.payments.settling import Outcome
from tickets.vouchers import redeeming
from tickets.vouchers.faults import VoucherRefused
from tickets.vouchers.rules import Refusal

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
OFFICE = Actor.system("test")
ZOE = Buyer("Zoé Ünal", "zoe@example.org", "fr")


def hold(*items, code="AMAP27", now=NOW, **changes):
    values = {"form_token": uuid.uuid4()} | changes
    return holding.hold(basket=basket(*items, code=code, **values), now=now)


def order(held, *, now=NOW):
    """Order a basket by transfer; free when nothing is left to pay."""
    detailing.give_details(order=held, details=Details(ZOE), now=now)
    held.refresh_from_db()
    terms = payment_queries.terms_of(held.edition)
    paying.order_and_pay(
        order=held, way="transfer", total_cents=held.total_cents, terms=terms.version, return_url="", now=now
    )
    held.refresh_from_db()
    return held


def counted(code="AMAP27"):
    return Voucher.objects.values_list("used", "spent_cents").get(code=code)


def test_a_line_is_what_is_left_to_pay_with_the_tax_of_that(fest, lunch):
    voucher = VoucherFactory(products=[fest])
    day = fest.days.first()

    held = hold(item(fest), item(fest, "petit"), item(lunch, "prix", day=day), code="amap 27")

    lines = list(held.lines.order_by("pk").values_list("cents", "vat_cents", "voucher_uses__cents"))
    assert lines == [(8800, 459, 2200), (4800, 250, 1200), (1200, 109, None)]
    assert (held.total_cents, counted()) == (14800, (2, 3400))
    facts = AuditEntry.objects.get(verb="order.held").facts
    assert (facts["voucher"], facts["off_cents"], facts["total_cents"]) == (voucher.pk, 3400, 14800)


def test_the_same_form_with_another_code_is_another_basket(fest):
    VoucherFactory()
    token = uuid.uuid4()

    first, again = hold(item(fest), form_token=token), hold(item(fest), form_token=token, code=" amap27")
    without = hold(item(fest), form_token=token, code="")

    assert first == again != without
    assert (counted(), without.total_cents) == ((1, 2200), 11000)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"code": "AUTRE"}, Refusal.UNKNOWN),
        ({"valid_from": NOW + MINUTE}, Refusal.NOT_YET),
        ({"valid_until": NOW}, Refusal.EXPIRED),
        ({"max_uses": 50, "used_before": 50}, Refusal.USED_UP),
        ({"max_uses": 50, "used_before": 49}, Refusal.TOO_FEW),
        ({"budget_cents": 0}, Refusal.SPENT),
        ({"effect": "price", "value": 50000}, Refusal.NOT_FOR_THIS),
    ],
)
def test_a_code_that_cannot_be_used_takes_nothing(fest, fields, why):
    VoucherFactory(**fields)

    with pytest.raises(VoucherRefused) as refused:
        hold(item(fest, count=2))

    assert refused.value.why is why
    assert refused.value.left == (1 if why is Refusal.TOO_FEW else 0)
    assert (Order.objects.count(), VoucherUse.objects.count()) == (0, 0)
    assert set(Quota.objects.values_list("taken", flat=True)) == {0}


def test_the_last_place_gets_what_is_left_of_the_budget(fest):
    VoucherFactory(budget_cents=3000)

    held = hold(item(fest, count=3))

    assert list(held.lines.order_by("pk").values_list("cents", flat=True)) == [8800, 10200, 11000]
    assert counted() == (2, 3000)
    with pytest.raises(VoucherRefused, match="spent"):
        hold(item(fest))


def test_a_code_that_went_between_looking_and_taking_is_refused(fest):
    voucher = VoucherFactory(max_uses=3, budget_cents=2200)

    def somebody_was_faster(field, value):
        def take(code, uses, cents):
            Voucher.objects.filter(pk=voucher.pk).update(**{field: value})
            redeeming.take(code, uses, cents)

        return take

    for field, value, why in (
        ("used", 3, Refusal.USED_UP),
        ("used_before", 2, Refusal.TOO_FEW),
        ("spent_cents", 100, Refusal.SPENT),
    ):
        with pytest.raises(VoucherRefused) as refused:
            holding.hold(
                basket=basket(item(fest, "invite"), item(fest, "petit", count=2), code="AMAP27"),
                now=NOW,
                use_code=somebody_was_faster(field, value),
            )
        assert refused.value.why is why
    assert (Order.objects.count(), counted()) == (0, (0, 0))


def test_what_is_not_listed_is_had_with_its_code_only(fest):
    hidden = ProductFactory(slug="equipe", admission="all_days", days=fest.days.all(), is_listed=False)
    Product.objects.filter(pk=hidden.pk).update(sale_closes=fest.sale_closes)
    VoucherFactory(code="EQUIPE", effect="none", value=0, products=[hidden], reveals=True, max_uses=1)
    VoucherFactory()

    for code in ("", "AMAP27"):
        with pytest.raises(PriceNotOffered):
            hold(item(hidden, "prix"), code=code)
    held = order(hold(item(hidden, "prix"), code="equipe"))

    assert (held.state, held.total_cents, counted("EQUIPE")) == ("paid", 0, (1, 0))
    with pytest.raises(VoucherRefused, match="used_up"):
        hold(item(hidden, "prix"), code="equipe")


def test_what_becomes_free_needs_no_payment_and_can_be_given_back(fest):
    VoucherFactory(code="INTERVENANT", value=10_000, products=[fest], max_uses=60, used_before=39)

    paid = order(hold(item(fest), code="intervenant"))

    assert (paid.state, paid.total_cents, counted("INTERVENANT")) == ("paid", 0, (1, 11000))
    assert Ticket.objects.get().line.cents == 0
    cancelling.cancel(order=paid, actor=OFFICE, now=NOW, even_used=False)
    assert counted("INTERVENANT") == (0, 0)


def test_a_basket_that_is_left_gives_its_uses_back_once(fest):
    VoucherFactory()
    held = hold(item(fest, count=2))

    assert [expiring.expire_due(NOW + 20 * MINUTE) for _run in range(2)] == [1, 0]

    assert counted() == (0, 0)
    assert list(VoucherUse.objects.values_list("released_at", flat=True)) == [NOW + 20 * MINUTE] * 2
    with pytest.raises(NotCancellable):
        cancelling.cancel(order=held, actor=OFFICE, now=NOW + 21 * MINUTE)
    assert counted() == (0, 0)


def test_an_order_that_is_called_off_gives_its_uses_back_once(fest):
    VoucherFactory()
    pending = order(hold(item(fest, count=2)))

    cancelling.cancel(order=pending, actor=OFFICE, now=NOW)
    with pytest.raises(NotCancellable):
        cancelling.cancel(order=pending, actor=OFFICE, now=NOW)

    assert counted() == (0, 0)


def settle(pending, now):
    payment = pending.payments.get()
    return settling.settle(payment=payment, amount_cents=payment.amount_cents, reference="", now=now, actor=OFFICE)


def test_a_line_that_is_paid_back_gives_its_use_back_alone(fest):
    VoucherFactory()
    paid = order(hold(item(fest, count=2)))
    assert settle(paid, NOW) is Outcome.PAID
    line = paid.lines.first()

    back = cancelling.refund(order=paid, lines=[line.pk], cents=8800, actor=OFFICE, now=NOW)

    assert (back, counted()) == (8800, (1, 2200))


def late(pending):
    """Let an order expire, and its payment come an hour later."""
    at = Order.objects.get(pk=pending.pk).expires_at
    assert expiring.expire_due(at) == 1
    return at + 60 * MINUTE


def test_a_payment_that_comes_late_uses_the_code_anew(fest):
    VoucherFactory(max_uses=1, valid_until=NOW + MINUTE)
    pending = order(hold(item(fest)))
    at = late(pending)
    assert counted() == (0, 0)

    assert settle(pending, at) is Outcome.PAID

    assert counted() == (1, 2200)
    assert VoucherUse.objects.count() == 2


def test_a_payment_that_comes_late_goes_back_when_others_had_the_last_use(fest):
    VoucherFactory(max_uses=1)
    pending = order(hold(item(fest)))
    at = late(pending)
    hold(item(fest), now=at)

    assert settle(pending, at) is Outcome.RETURNED

    pending.refresh_from_db()
    assert (pending.state, counted()) == ("expired", (1, 2200))
    assert set(Quota.objects.filter(products=fest).values_list("taken", flat=True)) == {1}


def test_nothing_is_renewed_that_was_not_given_back(fest):
    VoucherFactory()
    held = hold(item(fest))

    with writing(public=False):
        redeeming.renew(held, now=NOW)

    assert (counted(), VoucherUse.objects.count()) == ((1, 2200), 1)


def test_nothing_is_used_when_the_places_are_gone(fest):
    VoucherFactory()
    Quota.objects.update(size=0)

    with pytest.raises(SoldOut):
        hold(item(fest))

    assert counted() == (0, 0)
