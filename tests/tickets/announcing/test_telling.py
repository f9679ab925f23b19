"""Each who waits is told once, when the sale has opened; then the address goes."""

import datetime as dt

import pytest
from django.core import mail as mails
from django.core.cache import cache
from django.utils import timezone

from festival.models import AuditEntry, OutgoingMail
from tests.factories.festival import OutgoingMailFactory
from tests.factories.tickets import NOW, PriceFactory, ProductFactory, SaleAlertFactory
from tests.remembered import remembered
from tickets.announcing import telling
from tickets.models import Product, SaleAlert

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
@remembered
def soon():
    """A free product whose sale opens now."""
    return ProductFactory(sale_opens=NOW)


def test_nobody_is_told_early_and_everybody_once(soon):
    SaleAlertFactory(product=soon, confirmed_at=NOW - DAY)
    SaleAlertFactory(product=soon, email="zoe@example.org", confirmed_at=NOW - DAY)

    assert [telling.tell_due(now) for now in (NOW - SECOND, NOW, NOW + SECOND)] == [0, 2, 0]

    assert sorted(OutgoingMail.objects.values_list("kind", "to")) == [
        ("sale_alert.open", "camille@example.org"),
        ("sale_alert.open", "zoe@example.org"),
    ]
    assert AuditEntry.objects.filter(verb="sale_alert.told", actor="system:tick").count() == 2


def test_who_did_not_confirm_is_not_told(soon):
    SaleAlertFactory(product=soon)

    assert telling.tell_due(NOW) == 0


def test_who_confirms_after_the_opening_is_told_by_the_next_run(soon):
    alert = SaleAlertFactory(product=soon)
    telling.tell_due(NOW)
    SaleAlert.objects.filter(pk=alert.pk).update(confirmed_at=NOW + SECOND)

    assert telling.tell_due(NOW + SECOND) == 1


def test_what_the_site_does_not_sell_is_not_announced():
    dear = ProductFactory(slug="pass", free=False, sale_opens=NOW)
    PriceFactory(product=dear, cents=5500)
    SaleAlertFactory(product=dear, confirmed_at=NOW)

    assert telling.tell_due(NOW + DAY) == 0
    assert SaleAlert.objects.waiting().count() == 1


def test_a_hidden_or_closed_product_is_not_announced(soon):
    SaleAlertFactory(product=soon, confirmed_at=NOW)
    Product.objects.update(is_listed=False)
    assert telling.tell_due(NOW) == 0
    cache.clear()
    Product.objects.update(is_listed=True)

    assert telling.tell_due(soon.sale_closes) == 0


def test_a_run_tells_a_batch_and_the_next_one_goes_on(soon, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 2)
    for number in range(3):
        SaleAlertFactory(product=soon, email=f"{number}@example.org", confirmed_at=NOW)

    assert [telling.tell_due(NOW) for _ in range(3)] == [2, 1, 0]


def test_after_the_mail_nothing_of_the_address_is_left(soon, run_outbox):
    SaleAlertFactory(product=soon, confirmed_at=NOW)
    telling.tell_due(NOW)
    assert telling.forget_done(NOW) == 0  # its mail is still on the way

    run_outbox()

    assert telling.forget_done(NOW) == 1
    assert not SaleAlert.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert [mail.to for mail in mails.outbox] == [["camille@example.org"]]


def test_a_mail_that_was_given_up_keeps_its_alert_for_another_try(soon):
    alert = SaleAlertFactory(product=soon, confirmed_at=NOW, told_at=NOW)
    OutgoingMailFactory(
        kind="sale_alert.open", state="failed", fact_type="tickets.salealert", fact_id=str(alert.pk), to=alert.email
    )

    assert telling.forget_done(NOW) == 0


def test_what_nobody_confirmed_goes_after_two_days(soon):
    now = timezone.now()
    Product.objects.update(sale_opens=now + DAY, sale_closes=now + 2 * DAY)
    SaleAlertFactory(product=soon, created_at=now - 2 * DAY)
    SaleAlertFactory(product=soon, email="zoe@example.org", created_at=now - 2 * DAY + dt.timedelta(minutes=1))
    SaleAlertFactory(product=soon, email="lea@example.org", created_at=now - 9 * DAY, confirmed_at=now - 8 * DAY)

    assert telling.forget_done(now) == 1
    assert set(SaleAlert.objects.values_list("email", flat=True)) == {"zoe@example.org", "lea@example.org"}


def test_the_end_of_the_sale_ends_the_waiting(soon):
    now = timezone.now()
    SaleAlertFactory(product=soon, confirmed_at=now)
    Product.objects.update(sale_opens=now - DAY, sale_closes=now - SECOND)

    assert telling.forget_done(now) == 1


def test_a_clock_put_forward_forgets_nobody_that_waits(soon):
    now = timezone.now()
    Product.objects.update(sale_opens=now + DAY, sale_closes=now + 2 * DAY)
    SaleAlertFactory(product=soon, created_at=now)

    assert telling.forget_done(now + 99 * DAY) == 0
