"""The list of those who want to be told: nobody gets on it unasked, and everybody gets off it."""

import datetime as dt

import pytest

from festival.models import AuditEntry, OutgoingMail
from tests.factories.tickets import NOW, ProductFactory, SaleAlertFactory
from tickets.announcing import asking
from tickets.models import SaleAlert

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def ask(product, email="camille@example.org", now=NOW, language="fr"):
    asking.ask(product=product, email=email, language=language, now=now)


def verbs():
    return list(AuditEntry.objects.filter(verb__startswith="sale_alert").order_by("pk").values_list("verb", flat=True))


def test_who_asks_is_on_the_list_once_and_counts_only_after_the_click():
    product = ProductFactory()
    ask(product)

    alert = SaleAlert.objects.get()
    assert (alert.mailbox, alert.confirmed_at, len(alert.secret)) == ("camille@example.org", None, 43)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to, mail.fact_id) == ("sale_alert.ask", "camille@example.org", str(alert.pk))
    asking.confirm(alert=alert, now=NOW + HOUR)
    asking.confirm(alert=alert, now=NOW + 2 * HOUR)

    assert SaleAlert.objects.get().confirmed_at == NOW + HOUR
    assert verbs() == ["sale_alert.asked", "sale_alert.confirmed"]
    assert "camille" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_aliases_are_one_mailbox_and_the_last_spelling_counts_until_the_click():
    product = ProductFactory()
    ask(product, "camile+x@gmail.com")
    first = SaleAlert.objects.get().secret
    ask(product, "cam.ile@gmail.com", language="en")

    alert = SaleAlert.objects.get()
    assert (alert.email, alert.language) == ("cam.ile@gmail.com", "en")
    assert alert.secret != first


def test_asking_twice_leaves_the_link_of_the_first_mail_good():
    product = ProductFactory()
    ask(product)
    first = SaleAlert.objects.get()
    ask(product, now=NOW + HOUR)

    again = SaleAlert.objects.get()
    assert (again.secret, again.created_at) == (first.secret, NOW + HOUR)


def test_who_is_confirmed_stays_as_they_are():
    alert = SaleAlertFactory(confirmed_at=NOW)

    ask(alert.product, "Camille+x@example.org", now=NOW + HOUR, language="en")

    again = SaleAlert.objects.get()
    assert (again.email, again.secret, again.confirmed_at) == (alert.email, alert.secret, NOW)
    assert OutgoingMail.objects.get().to == alert.email


@pytest.mark.parametrize("confirmed_at", [None, NOW])
def test_new_waiting_and_confirmed_cost_the_same(django_assert_num_queries, confirmed_at):
    alert = SaleAlertFactory(confirmed_at=confirmed_at)
    product = alert.product

    with django_assert_num_queries(9):
        ask(product)
    with django_assert_num_queries(9):
        ask(product, "new@example.org")


def test_one_mailbox_may_wait_for_several_products():
    ask(ProductFactory(slug="un"))
    ask(ProductFactory(slug="deux"))

    assert SaleAlert.objects.count() == 2


def test_stopping_leaves_nothing_of_the_address():
    product = ProductFactory()
    ask(product)
    ask(ProductFactory(slug="autre"), "zoe@example.org")
    alert = SaleAlert.objects.get(email="camille@example.org")

    asking.stop(alert=alert, now=NOW)
    asking.stop(alert=alert, now=NOW)

    assert list(SaleAlert.objects.values_list("email", flat=True)) == ["zoe@example.org"]
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["zoe@example.org"]
    assert verbs() == ["sale_alert.asked", "sale_alert.asked", "sale_alert.stopped"]
