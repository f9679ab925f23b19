"""Sets: one price, a line for each part with its share and its tax, places of each part, given back as a whole."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils.translation import override

from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import OutgoingMail
from festival.time import clock
from tests.factories.festival import SectionFactory
from tests.factories.tickets import NOW, FeeFactory, PriceFactory, ProductFactory, VoucherFactory
from tests.tickets.bought import OFFICE, balance, bought, fresh, meal, ordered, went_back
from tests.tickets.buying.conftest import basket, item
from tickets.buying import holding
from tickets.buying.basket import quote
from tickets.catalogue import queries as catalogue
from tickets.exceptions import NotCancellable, SoldOut
from tickets.models import OrderLine, Product, Quota, RefundStep, SetPart, Ticket
from tickets.orders import cancelling, expiring, invariants, queries
from tickets.orders.placing import Buyer
from tickets.orders.wording import refund_rules
from tickets.payments import queries as payment_queries
from tickets.returns import queries as returns
from tickets.selfservice import passing_on

pytestmark = pytest.mark.django_db
HOLDER = Actor("order:x")
DAY = dt.timedelta(days=1)


@pytest.fixture
def family(fest, lunch):
    """Two passes at 5.5 % and two party tickets at 20 %, for 200 euros or what one likes above 100."""
    party = ProductFactory(
        slug="fete", kind="addon", admission="all_days", name={"fr": "Nuit"}, days=fest.days.all(), free=False
    )
    family = ProductFactory(
        slug="famille",
        kind="set",
        admission="all_days",
        name={"fr": "Pass famille", "en": "Family pass"},
        days=fest.days.all(),
        section=SectionFactory(edition=fest.edition),
        free=False,
    )
    Product.objects.filter(pk__in=[party.pk, family.pk]).update(sale_closes=fest.sale_closes)
    PriceFactory(product=family, slug="juste", cents=20_000)
    PriceFactory(product=family, slug="libre", cents=10_000, max_cents=90_000, is_default=False)
    SetPart.objects.create(product=family, part=fest, count=2, cents=8000, vat_rate=550)
    SetPart.objects.create(product=family, part=party, count=2, cents=2000, vat_rate=2000)
    return family


def lines(order):
    rows = order.lines.live().order_by("pk")
    return list(rows.values_list("kind", "product__slug", "cents", "vat_rate", "vat_cents"))


def told(summary):
    return [(str(one.line.product_name), one.count, one.cents, one.code, one.off_cents, one.brings) for one in summary]


def taken(slug):
    return set(Quota.objects.filter(products__slug=slug).values_list("taken", flat=True))


def back(order, only=None):
    return cancelling.cancel(order=order, actor=HOLDER, now=NOW, even_used=False, only=only)


def held(ticket):
    return Ticket.objects.select_related("order__edition", "line").get(pk=ticket.pk)


def test_a_set_is_sold_for_one_price_and_taxed_by_its_parts(family):
    order = bought(item(family))

    assert lines(order) == [
        ("set", "famille", 0, 0, 0),
        ("admission", "pass-fest", 8000, 550, 417),
        ("admission", "pass-fest", 8000, 550, 417),
        ("addon", "fete", 2000, 2000, 333),
        ("addon", "fete", 2000, 2000, 333),
    ]
    assert (order.total_cents, balance(order), order.tickets.count()) == (20_000, 20_000, 2)
    assert order.lines.filter(kind="addon", booked_with=None).count() == 0
    assert taken("pass-fest") == {2}


def test_at_another_price_the_shares_stay_in_proportion_to_the_cent(family):
    order = ordered(item(family, "libre", cents=10_003))

    assert [cents for _kind, _slug, cents, *_tax in lines(order)] == [0, 4001, 4001, 1001, 1000]


def test_a_code_makes_the_set_cheaper_and_is_used_once(family):
    voucher = VoucherFactory(value=5000, products=[family])

    order = ordered(item(family), code="AMAP27")

    voucher.refresh_from_db()
    assert (order.total_cents, voucher.used, voucher.spent_cents) == (10_000, 1, 10_000)
    expiring.expire_due(order.expires_at)
    voucher.refresh_from_db()
    assert (voucher.used, taken("pass-fest")) == (0, {0})


def test_the_summary_is_the_set_with_what_it_brings(family):
    summary = payment_queries.summary_of(ordered(item(family, count=2)))

    (row,) = summary
    assert (row.count, str(row.line.product_name), row.cents) == (2, "Pass famille", 40_000)
    assert row.brings == [("Pass Fest", 4), ("Nuit", 4)]


@pytest.mark.parametrize("code", ["", "AMAP27"])
def test_what_is_told_before_is_what_it_comes_to(family, fest, code):
    FeeFactory(edition=fest.edition)
    VoucherFactory()
    chosen = basket(item(family, count=2), item(family, "libre", cents=12_345), item(fest), code=code)

    said = quote(chosen, now=NOW)
    order = holding.hold(basket=chosen, now=NOW)

    assert (said.total_cents, told(said.summary)) == (order.total_cents, told(payment_queries.summary_of(order)))
    assert {count for one in said.summary for _name, count in one.brings} == {2, 4}


def test_what_a_set_brings_counts_for_its_person(family, fest, client):
    with writing(public=True):
        Product.objects.filter(pk=fest.pk).update(max_per_person=1)
    order = holding.hold(basket=basket(item(family)), now=clock.now())

    with override("fr"):
        details = reverse("tickets-order-details", args=[order.code, order.secret])
    response = client.post(details, {"name": "Zoé", "email": "zoe@example.org"})

    assert (response.status_code, fresh(order).email) == (409, "")


def test_a_set_is_to_be_had_as_long_as_each_part_is(family):
    assert catalogue.offer("famille", now=NOW).stock.left == 5
    bought(item(family, count=3))

    assert catalogue.offer("famille", now=NOW).stock.left == 2
    with pytest.raises(SoldOut):
        holding.hold(basket=basket(item(family, count=3), form_token=uuid.uuid4()), now=NOW)
    assert taken("pass-fest") == {6}


def test_a_fee_is_asked_of_the_set(family):
    FeeFactory()
    RefundStep.objects.create(product=family, until=NOW + DAY)
    order = bought(item(family))
    assert order.total_cents == 20_150

    back(order)

    assert (went_back(order), fresh(order).state) == (20_150, "cancelled")


def test_whoever_gives_back_one_ticket_gives_back_the_set(family):
    RefundStep.objects.create(product=family, until=NOW + DAY, percent=50)
    family.refund_fee_cents = 300
    family.save()
    order = bought(item(family))
    ticket = order.tickets.first()
    assert len(returns.quote(order, ticket, now=NOW).lines) == 5

    back(order, only=ticket)

    assert (went_back(order), fresh(order).state, taken("pass-fest")) == (9700, "cancelled", {0})
    assert OutgoingMail.objects.filter(kind="order.cancelled").count() == 1


def test_other_tickets_of_the_order_stay(family, fest):
    RefundStep.objects.create(product=family, until=NOW + DAY)
    order = bought(item(family), item(fest))
    ticket = order.tickets.filter(line__parent__isnull=False).first()

    back(order, only=ticket)

    assert (went_back(order), fresh(order).total_cents, order.tickets.filter(state="valid").count()) == (
        20_000,
        11_000,
        1,
    )
    assert OutgoingMail.objects.filter(kind="ticket.cancelled").count() == 2


def test_where_the_organiser_allows_it_a_part_goes_back_alone(family):
    RefundStep.objects.create(product=family, until=NOW + DAY)
    family.parts_go_back = True
    family.save()
    order = bought(item(family))
    first, last = order.tickets.order_by("pk")

    back(order, only=first)
    assert (went_back(order), fresh(order).state) == (10_000, "paid")
    assert OrderLine.objects.live().filter(kind="set").count() == 1
    back(fresh(order), only=last)

    assert (went_back(order), fresh(order).state) == (20_000, "cancelled")
    assert not OrderLine.objects.live().filter(kind="set").exists()


def test_a_set_of_which_a_part_was_passed_on_is_not_torn(family):
    RefundStep.objects.create(product=family, until=NOW + DAY)
    order = bought(item(family))
    first, other = order.tickets.order_by("pk")
    passing_on.pass_on(ticket=held(first), order=order, to=Buyer("Zoé", "zoe@example.org", "fr"), now=NOW)

    for only in (None, other):
        with pytest.raises(NotCancellable, match="set"):
            back(fresh(order), only=only)
    assert (went_back(order), taken("pass-fest")) == (0, {2})


def test_the_office_cancels_the_set_by_its_line_and_a_part_by_its_own(family, lunch):
    order = bought(item(family))
    later = bought(meal(lunch), extends=order, ticket=order.tickets.first())
    whole = order.lines.get(kind="set")
    part = order.lines.filter(kind="admission").last()

    cancelling.refund(order=order, lines={part.pk}, cents=10_000, actor=OFFICE, now=NOW)
    found = queries.lines_with_belongings(order, [whole.pk])
    assert sorted(line.cents for line in found) == [0, 1200, 2000, 8000]
    cancelling.refund(order=order, lines={whole.pk}, cents=11_200, actor=OFFICE, now=NOW)

    assert (fresh(order).state, fresh(later).state, balance(order), balance(later)) == ("cancelled", "cancelled", 0, 0)


def test_the_rule_is_that_of_the_set(family):
    RefundStep.objects.create(product=family, until=NOW + DAY)
    from tickets.buying.queries import refund_lines

    said = refund_rules(refund_lines(payment_queries.summary_of(ordered(item(family)))), NOW)

    assert len(said) == 1
    assert "Pass famille" in said[0]


@pytest.mark.unsound
def test_a_set_without_its_parts_is_found(family):
    order = bought(item(family))
    OrderLine.objects.filter(order=order, kind="set").update(cancelled_at=NOW)
    assert sum("a part of a set that is cancelled" in line for line in invariants.violations()) == 4

    OrderLine.objects.filter(order=order, kind="set").update(cancelled_at=None)
    OrderLine.objects.filter(order=order).exclude(kind="set").update(cancelled_at=NOW)
    assert any("is a set of which no part is left" in line for line in invariants.violations())
