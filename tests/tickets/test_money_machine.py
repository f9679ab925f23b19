"""The machine of orders, payments and refunds, run many times; `MONEY_RUNS=2000` runs it more often."""

import datetime as dt
import os
from importlib import import_module

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from hypothesis.stateful import run_state_machine_as_test

from tests.factories.tickets import NOW, FeeFactory, PriceFactory, ProductFactory, VoucherFactory
from tests.tickets import money_machine
from tests.tickets.buying.conftest import fest, item, lunch  # noqa: F401 -- fixtures
from tests.tickets.failpoints import POINTS, failpoints
from tests.tickets.money_machine import OFFICE, START, MoneyMachine
from tests.tickets.stripe.conftest import stripe_server  # noqa: F401 -- a fixture
from tickets.models import MoneyState, Payment, Product, SetPart
from tickets.payments import paying, queries, settling
from tickets.vouchers import making

RUNS = int(os.environ.get("MONEY_RUNS", "25"))
STEPS = 30
CHECKS = [name for name in django_settings.FSCK_CHECKS if name.startswith("tickets.")]

pytestmark = pytest.mark.django_db


class Clock:
    """What `timezone.now` reads: the stand-in compares the end of a page with it."""

    def __init__(self):
        self.now = timezone.now


@pytest.fixture
def shop(fest, lunch, stripe_server, monkeypatch):  # noqa: F811
    """All that a run needs; a day of the Fest has few places."""
    Product.objects.update(sale_opens=START)
    code = VoucherFactory.build(edition=fest.edition, code="TIERS", value=3333, max_uses=6, keeps=3)
    code.valid_until = NOW - dt.timedelta(days=10)
    making.save(voucher=code, products=[], quotas=fest.quotas.all(), actor=OFFICE, now=START)
    FeeFactory(edition=fest.edition, percent=100, goes_back=False)
    FeeFactory(edition=fest.edition, basis="order", cents=200)
    VoucherFactory(edition=fest.edition, code="CINQ", effect="amount", value=500, budget_cents=2000)
    duo = set_of_two(fest)
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now())
    day = fest.days.first()
    return {
        "server": stripe_server.books,
        "clock": clock,
        "terms": queries.terms_of(fest.edition).version,
        "pass": lambda count: item(fest, count=count),
        "duo": lambda count: item(duo, "prix", count=count),
        "lunch": lambda count: item(lunch, "prix", count=count, day=day),
        "fsck": lambda: [line for name in CHECKS for line in fsck(name)],
    }


def set_of_two(fest):  # noqa: F811
    """Return a set of two passes and the party, at two rates of tax."""
    days = fest.days.all()
    party = ProductFactory(slug="fete", kind="addon", admission="all_days", days=days, free=False)
    duo = ProductFactory(slug="duo", kind="set", admission="all_days", days=days, free=False)
    PriceFactory(product=duo, cents=19_999)
    SetPart.objects.create(product=duo, part=fest, count=2, cents=9000, vat_rate=550)
    SetPart.objects.create(product=duo, part=party, count=1, cents=1000, vat_rate=2000)
    Product.objects.filter(pk__in=[party.pk, duo.pk]).update(sale_opens=START, sale_closes=fest.sale_closes)
    return duo


def fsck(dotted):
    module, function = dotted.rsplit(".", 1)
    return getattr(import_module(module), function)()


def machine(shop, points):
    return type("Run", (MoneyMachine,), {"shop": shop, "points": points})


def run(shop, points, runs, **changes):
    health = list(hypothesis.HealthCheck)
    settings = hypothesis.settings(
        max_examples=runs, stateful_step_count=STEPS, deadline=None, suppress_health_check=health, **changes
    )
    run_state_machine_as_test(machine(shop, points), settings=settings)


def test_whatever_happens_in_whatever_order_the_money_agrees(shop, monkeypatch):
    with failpoints(monkeypatch) as points:
        run(shop, points, RUNS)
    assert RUNS < 1000 or points.reached == set(POINTS)


def confirm_again(payment, amount_cents, reference, now):
    """Confirm what was confirmed before."""
    Payment.objects.filter(pk=payment.pk).update(state="confirmed", confirmed_at=now, amount_cents=amount_cents)
    return True


def forget_the_page(now):
    """Take a page that was called off for closed."""
    return Payment.objects.filter(state=MoneyState.CANCELLED).exclude(url="").update(url="")


CARELESS = {
    "an event counts as often as it comes": (settling, "_confirm", confirm_again),
    "a page is not closed": (paying, "close_pages", forget_the_page),
}


@pytest.mark.unsound
@pytest.mark.parametrize("name", CARELESS)
def test_control_the_machine_notices_a_guard_that_is_off(shop, monkeypatch, name):
    monkeypatch.setattr(*CARELESS[name])
    monkeypatch.setitem(money_machine.JOBS, "close", lambda now: paying.close_pages(now))
    with failpoints(monkeypatch) as points, pytest.raises(AssertionError):
        run(shop, points, 500, phases=[hypothesis.Phase.generate], derandomize=True, report_multiple_bugs=False)
