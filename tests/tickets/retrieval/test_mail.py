"""The mail that answers a search."""

import datetime as dt

import pytest
from django.utils.translation import override

from tests.factories.festival import EditionFactory, OutgoingMailFactory
from tests.factories.tickets import NOW, LineFactory, OrderFactory, TicketFactory
from tickets.retrieval import mail

pytestmark = pytest.mark.django_db


def built(language, to="camille@example.org"):
    with override(language):
        return mail.build(OutgoingMailFactory(kind="tickets.found", to=to, language=language))


@pytest.mark.parametrize(
    ("language", "subject", "path"),
    [("fr", "Vos billets", "/fr/billetterie/retrouver/"), ("en", "Your tickets", "/en/tickets/find/")],
)
def test_it_lists_the_orders_with_links_that_end_and_no_secret(village, language, subject, path):
    order = OrderFactory(edition=village.edition, name="Gagnez 500 euros")
    TicketFactory.create_batch(2, order=order, product=village)

    message = built(language)

    assert message.subject.startswith(subject)
    for text in (message.body, message.alternatives[0][0]):
        assert f"http://testserver{path}" in text
        assert f"/{order.code}/" in text
        assert "2 ×" in text
        assert order.secret not in text
        assert "500 euros" not in text


def test_it_says_what_is_held_and_what_was_cancelled_and_earlier_editions_apart(village):
    held = OrderFactory(edition=village.edition, state="held", expires_at=NOW + dt.timedelta(hours=1))
    LineFactory(order=held, product=village)
    OrderFactory(edition=village.edition, state="cancelled")
    OrderFactory(edition=EditionFactory(number=2026, is_current=False))

    message = built("en")

    for text in (message.body, message.alternatives[0][0]):
        assert "Not confirmed yet: the places are kept until 12:30" in text
        assert "Cancelled: its tickets open no door any more." in text
    assert "Earlier editions" in message.alternatives[0][0]


def test_no_mail_when_the_orders_are_gone():
    assert built("fr", to="nobody@example.org") is None
