"""Who gets a mail when somebody looks for tickets."""

import pytest

from festival.models import AuditEntry, OutgoingMail
from tests.factories.tickets import NOW, OrderFactory
from tickets.models import TicketSearch
from tickets.retrieval import delivery

pytestmark = pytest.mark.django_db


def search(email):
    return TicketSearch.objects.create(email=email, created_at=NOW).pk


def test_the_mail_speaks_the_language_of_the_last_order_and_is_sent_once():
    order = OrderFactory(language="en")
    number = search("camille@example.org")

    for _ in range(2):
        delivery.answer(number, now=NOW)

    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to, mail.language, mail.fact_id) == (
        "tickets.found",
        "camille@example.org",
        "en",
        str(order.pk),
    )
    entry = AuditEntry.objects.get(verb="order.searched")
    assert (entry.actor, entry.subject_id) == ("visitor", str(order.pk))
    assert "camille" not in str(entry.facts)


def test_an_unknown_address_leaves_no_trace():
    OrderFactory()
    delivery.answer(search("nobody@example.org"), now=NOW)

    assert not OutgoingMail.objects.exists()
    assert not TicketSearch.objects.exists()
    assert not AuditEntry.objects.filter(verb="order.searched").exists()


def test_no_order_is_told_to_an_address_that_it_does_not_have():
    OrderFactory(email="camille@example.org")
    OrderFactory(email="camille+fest@example.org")

    delivery.answer(search("camille+new@example.org"), now=NOW)

    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {"camille@example.org", "camille+fest@example.org"}


def test_one_search_writes_to_five_spellings_at_most():
    for number in range(7):
        OrderFactory(email=f"camille+{number}@example.org")

    delivery.answer(search("camille@example.org"), now=NOW)

    assert OutgoingMail.objects.count() == delivery.MOST_MAILS
