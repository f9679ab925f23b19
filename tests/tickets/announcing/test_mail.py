"""The mails of the list: what they say, and how a mail program takes one off it."""

import email
import email.policy

import pytest
from django.core import mail as sent
from django.utils.translation import override

from festival.core import delivery
from tests.factories.festival import OutgoingMailFactory
from tests.factories.tickets import NOW, SaleAlertFactory
from tickets.announcing import mail

pytestmark = pytest.mark.django_db


def row(alert, kind, **fields):
    fields = {"to": alert.email, "language": alert.language} | fields
    return OutgoingMailFactory(kind=kind, fact_type="tickets.salealert", fact_id=str(alert.pk), **fields)


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Village entry (free)|Entrée Village (gratuite)"), ("en", "Village entry (free)")]
)
def test_the_link_that_confirms(language, words):
    alert = SaleAlertFactory(language=language)

    with override(language):
        message = mail.build_ask(row(alert, "sale_alert.ask"))

    html = message.alternatives[0][0]
    for text in (message.body, html):
        assert f"/confirm/{alert.secret}/" in text
        assert f"/stop/{alert.secret}/" in text
        assert words.rpartition("|")[2] in text


def test_who_is_on_the_list_already_learns_it_from_the_mail():
    alert = SaleAlertFactory(confirmed_at=NOW, language="en")

    with override("en"):
        message = mail.build_ask(row(alert, "sale_alert.ask"))

    assert "on the list already" in message.body
    assert "/confirm/" not in message.body


@pytest.mark.parametrize("kind", ["sale_alert.ask", "sale_alert.open"])
def test_one_click_of_the_mail_program_stops_it(kind):
    """RFC 2369, 3.2: the address in brackets; RFC 8058, 3.1: exactly these words, and nothing but HTTPS or HTTP."""
    alert = SaleAlertFactory(confirmed_at=NOW)
    waiting = row(alert, kind)

    delivery.deliver(waiting.pk, now=NOW)

    raw = sent.outbox[-1].message(policy=email.policy.SMTP).as_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["List-Unsubscribe"] == f"<http://testserver/fr/billetterie/me-prevenir/stop/{alert.secret}/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_news_leads_to_the_ticket_office():
    alert = SaleAlertFactory(confirmed_at=NOW, told_at=NOW, language="en")

    with override("en"):
        message = mail.build_opening(row(alert, "sale_alert.open"))

    assert message.subject == "It is open: Village entry (free)"
    assert "http://testserver/en/tickets/\n" in message.body


def test_no_mail_without_its_alert_and_none_to_an_older_spelling():
    alert = SaleAlertFactory()
    assert mail.build_ask(row(alert, "sale_alert.ask", to="other@example.org")) is None
    ask, opening = row(alert, "sale_alert.ask"), row(alert, "sale_alert.open")
    alert.delete()

    assert mail.build_ask(ask) is None
    assert mail.build_opening(opening) is None
