"""Random carts, with codes and fees: lines, total, tax, ledger, mails and screens agree to the cent.

Also after any partial refunds.

`CARTS=1000 pytest tests/tickets/test_carts.py` draws more of them.
"""

import datetime as dt
import os
import re
import uuid
from collections import Counter
from html import unescape

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Sum
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st
from hypothesis.control import note

from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.festival import DayFactory
from tests.factories.tickets import (
    NOW,
    FeeFactory,
    PaymentSettingsFactory,
    PriceFactory,
    ProductFactory,
    QuotaFactory,
    VoucherFactory,
)
from tests.tickets.buying.conftest import basket, item
from tickets.buying import detailing, holding
from tickets.buying.detailing import Details
from tickets.models import LedgerEntry, Order, Payment, Product, Refund, SetPart
from tickets.orders import cancelling, queries as order_queries
from tickets.orders.placing import Buyer
from tickets.payments import invariants, mail, paying, queries, refunding, settling
from tickets.vouchers.faults import VoucherRefused

CARTS = int(os.environ.get("CARTS", "15"))
RATES = (0, 210, 550, 1000, 2000)
OFFICE = Actor.system("office")
AMOUNT = re.compile(r"(\d[\d\s]*(?:,\d\d)?)\s€")

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db):
    """A product for each rate of tax, at a price of one's own from 0.01 to 2,000 euros, and three codes."""
    products = []
    for rate in RATES:
        product = ProductFactory(
            slug=f"produit-{rate}",
            admission="all_days",
            name={"fr": f"Produit {rate}", "en": f"Product {rate}"},
            kind="admission" if rate == RATES[1] else "addon",
            max_per_order=9,
            days=[],
            free=False,
        )
        if not products:
            day = DayFactory(edition=product.edition, date=dt.date(2027, 5, 6))
            PaymentSettingsFactory(edition=product.edition)
        product.days.set([day])
        PriceFactory(product=product, cents=1, max_cents=200_000, vat_rate=rate)
        QuotaFactory(products=[product], day=day, size=1000)
        products.append(product)
    Product.objects.update(sale_closes=dt.datetime(2027, 5, 6, 10, tzinfo=dt.UTC))
    edition = products[0].edition
    products.append(family_of(products, day))
    VoucherFactory(edition=edition, code="TIERS", value=3333)
    VoucherFactory(edition=edition, code="SEPT", effect="amount", value=707)
    VoucherFactory(edition=edition, code="FIXE", effect="price", value=199, products=products[1:3])
    return products


def family_of(products, day):
    """Return a set of two of the way in and three add-ons, at three rates of tax."""
    family = ProductFactory(slug="famille", kind="set", admission="all_days", max_per_order=9, days=[day], free=False)
    PriceFactory(product=family, cents=1, max_cents=200_000)
    for number, count, cents in ((1, 2, 3333), (2, 1, 1), (4, 2, 1999)):
        SetPart.objects.create(product=family, part=products[number], count=count, cents=cents, vat_rate=RATES[number])
    return family


chosen = st.lists(
    st.tuples(st.integers(0, len(RATES)), st.integers(1, 200_000), st.integers(1, 3)),
    min_size=1,
    max_size=4,
    unique_by=lambda row: row[0],
)


fees = st.lists(
    st.fixed_dictionaries(
        {
            "cents": st.integers(1, 2000),
            "percent": st.integers(0, 3000),
            "basis": st.sampled_from(["place", "order"]),
            "vat_rate": st.sampled_from(RATES),
            "on_free": st.booleans(),
            "goes_back": st.booleans(),
        }
    ),
    max_size=2,
)


@settings(max_examples=CARTS, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=chosen,
    code=st.sampled_from(["", "TIERS", "SEPT", "FIXE"]),
    refunds=st.lists(st.integers(0, 11), max_size=4),
    asked=fees,
)
def test_everything_that_names_an_amount_names_the_same(shop, chosen, code, refunds, asked):
    before = transaction.savepoint()
    cache.clear()  # fees are kept for as long as nothing is published, and here they are taken back
    try:
        for number, fields in enumerate(asked):
            FeeFactory(edition=shop[0].edition, name={"fr": f"Frais {number}"}, **fields)
        if order := ordered(shop, chosen, code):
            check_cart(order)
            pay(order)
            for number in refunds:
                refund_one(order, number)
            check_books(order)
    finally:
        transaction.savepoint_rollback(before)


def ordered(shop, chosen, code):
    """Return the order of a cart; None when the code is not for it, or nothing is to be paid."""
    items = [item(shop[number], "prix", count=count, cents=cents) for number, cents, count in chosen]
    try:
        order = holding.hold(basket=basket(*items, form_token=uuid.uuid4(), code=code), now=NOW)
    except VoucherRefused:
        assert code == "FIXE"
        return None
    details = Details(Buyer("Camille Durand", "camille@example.org", "fr"))
    detailing.give_details(order=order, details=details, now=NOW)
    order = Order.objects.select_related("edition__payment_settings").get(pk=order.pk)
    note(f"{order.total_cents} cents: {list(order.lines.values_list('cents', 'vat_rate', 'vat_cents'))}")
    if not order.total_cents:
        return None
    return order


def check_cart(order):
    """Compare the lines with the total, the tax of each line and each rate, and what the screens show."""
    lines = list(order.lines.live())
    assert sum(line.cents for line in lines) == order.total_cents
    for line in lines:
        net = line.cents - line.vat_cents
        assert abs(net * line.vat_rate - line.vat_cents * 10_000) <= (10_000 + line.vat_rate) / 2  # within half a cent
    page = Client().get(f"/fr/commande/{order.code}/{order.secret}/", follow=True)
    assert page.status_code == 200
    shown = amounts(page.content.decode())
    assert order.total_cents in shown
    sold = Counter()
    for line in queries.summary_of(order):
        sold[line.cents] += 1
    missing = sold - Counter(shown)
    assert not {cents for cents in missing if cents}


def pay(order):
    """Order it, look at the instructions, let the money come, and look at the books."""
    terms = queries.terms_of(order.edition).version
    payment = paying.order_and_pay(
        order=order,
        way="transfer",
        total_cents=order.total_cents,
        terms=terms,
        return_url="https://example.org/",
        now=NOW,
    )
    assert payment.amount_cents == order.total_cents
    row = OutgoingMail.objects.get(kind=paying.INSTRUCTIONS_MAIL)
    assert order.total_cents in amounts(mail.build_instructions(row).body)
    settling.settle(payment=payment, amount_cents=payment.amount_cents, reference="", now=NOW, actor=OFFICE)
    check_books(order)


def refund_one(order, number):
    """Pay one of the lines back that are left, with what its ticket opens, and compare the mail with it."""
    lines = list(order.lines.live())
    if Order.objects.get(pk=order.pk).state == Order.State.CANCELLED:
        assert {(line.kind, line.goes_back) for line in lines} <= {("fee", False)}
        return
    line = lines[number % len(lines)]
    cents = sum(one.cents for one in order_queries.lines_with_belongings(order, [line.pk]))
    if cents == 0:
        return
    gone = Refund.objects.count()
    cancelling.refund(order=order, lines=[line.pk], cents=cents, actor=OFFICE, now=NOW)
    refund = Refund.objects.latest("pk")
    assert (Refund.objects.count(), refund.amount_cents) == (gone + 1, cents)
    row = OutgoingMail.objects.filter(kind=refunding.REFUND_MAIL).latest("pk")
    assert cents in amounts(mail.build_refunded(row).body)
    if number % 2:
        refunding.confirm(refund=refund, now=NOW, actor=OFFICE)


def check_books(order):
    """Compare the ledger, account by account, with the lines, the payment and the refunds."""
    order.refresh_from_db()
    lines = list(order.lines.live())
    assert sum(line.cents for line in lines) == order.total_cents
    entries = LedgerEntry.objects.filter(transaction__order=order)
    held = Counter({row["account"]: row["sum"] for row in entries.values("account").annotate(sum=Sum("cents"))})
    for rate in RATES:
        assert held[f"vat:{rate}"] == -sum(line.vat_cents for line in lines if line.vat_rate == rate)
    assert held["revenue"] == -sum(line.cents - line.vat_cents for line in lines)
    came = Payment.objects.get(order=order).amount_cents
    done = Refund.objects.filter(order=order, state="confirmed").aggregate(sum=Sum("amount_cents"))["sum"] or 0
    begun = Refund.objects.filter(order=order).exclude(state="confirmed").aggregate(sum=Sum("amount_cents"))["sum"] or 0
    assert (held["cash:transfer"], held["owed"], held["receivable"]) == (came - done, -begun, 0)
    assert came - done - begun == order.total_cents
    assert invariants.violations() == []


def amounts(text):
    """Return the amounts that a French page or mail names, in cents."""
    plain = unescape(re.sub(r"<[^>]+>", " | ", text))
    found = [re.sub(r"\s", "", euros) for euros in AMOUNT.findall(plain)]
    return [round(float(euros.replace(",", ".")) * 100) for euros in found]
