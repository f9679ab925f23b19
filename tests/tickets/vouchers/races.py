"""Buyers who want the last uses of a code at once, and the careless counting that proves the race would be noticed."""

import uuid

from wagtail.models import Locale, Page

from festival.core.audit import Actor
from tests.factories.tickets import (
    NOW,
    PaymentSettingsFactory,
    PriceFactory,
    ProductFactory,
    QuotaFactory,
    VoucherFactory,
)
from tests.racing import abreast, at_once
from tests.tickets.buying.conftest import basket, item
from tickets.buying import holding
from tickets.catalogue import stock
from tickets.models import Voucher
from tickets.vouchers import making, queries, redeeming
from tickets.vouchers.faults import VoucherRefused
from tickets.vouchers.rules import Refusal


def careless_take(voucher, uses, cents):
    """Read, decide, write: what a beginner writes. Nothing keeps two buyers from reading the same number."""
    now = Voucher.objects.get(pk=voucher.pk)
    left = queries.terms_of(now).uses_left
    if left is not None and left < uses:
        raise VoucherRefused(Refusal.USED_UP)
    abreast()
    now.used += uses
    now.spent_cents += cents
    now.save(update_fields=["used", "spent_cents"])


def rush_for_kept(*, take=stock.take):
    """Let 20 people with a code that keeps 4 of 10 places, and 20 without it, want one each; return what each got."""
    product = ProductFactory(slug="pass", free=False)
    PriceFactory(product=product, cents=10_000)
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    page = Page.add_root(instance=Page(title="CGV", slug="cgv", locale=locale))
    PaymentSettingsFactory(edition=product.edition, terms=False, terms_page=page)
    day = product.days.first()
    quota = QuotaFactory(products=[product], day=day, size=10)
    voucher = VoucherFactory.build(edition=product.edition, effect="none", value=0, keeps=4)
    making.save(voucher=voucher, products=[product], quotas=[quota], actor=Actor.system("test"), now=NOW)
    wanted = item(product, "prix", day=day)

    def one(number):
        code = "amap27" if number % 2 else ""
        return holding.hold(basket=basket(wanted, code=code, form_token=uuid.uuid4()), now=NOW, take=take)

    return at_once(40, one)


def rush(*, buyers, take=redeeming.take):
    """Let `buyers` people use a code at once, AMAP27; return what each of them got.

    The product is in no quota, whose counter would let them go one after the other.
    """
    product = ProductFactory(slug="pass", free=False)
    PriceFactory(product=product, cents=10_000)
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    page = Page.add_root(instance=Page(title="CGV", slug="cgv", locale=locale))
    PaymentSettingsFactory(edition=product.edition, terms=False, terms_page=page)
    day = product.days.first()
    wanted = item(product, "prix", day=day)

    def one(_number):
        chosen = basket(wanted, code="amap27", form_token=uuid.uuid4())
        return holding.hold(basket=chosen, now=NOW, use_code=take)

    return at_once(buyers, one)
