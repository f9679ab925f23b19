"""The mails of a waiting list, in the language of the form, and none that is of no use any more."""

import datetime as dt

import pytest

from tests.factories.festival import OutgoingMailFactory
from tests.factories.tickets import NOW
from tests.remembered import remembered
from tests.tickets.workshops.test_booking import book
from tests.tickets.workshops.test_waiting import give_back, join, offers
from tickets.delivery.notices import confirmation_token
from tickets.models import Order, WaitingEntry
from tickets.workshops import mail, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def entry(repair):
    """Somebody who waits for the full session."""
    book(repair, places=2)
    return join(repair, "ada")


def about(fact, to="ada@example.org"):
    return OutgoingMailFactory(fact_type=fact._meta.label_lower, fact_id=str(fact.pk), to=to)


@pytest.mark.parametrize(("language", "words"), [("fr", "liste d’attente"), ("en", "waiting list")])
def test_who_waits_hears_what_happens_and_how_to_leave(entry, repair, language, words):
    WaitingEntry.objects.update(language=language, name="Gagnez 500 euros")

    message = mail.build_waiting(about(entry))

    for text in (message.body, message.alternatives[0][0]):
        assert words in text
        assert entry.secret in text
        assert "500 euros" not in text
    assert str(repair.session.title.as_dict()[language]) in message.subject


def test_who_left_hears_nothing(entry):
    waiting.quit_list(entry=entry, now=NOW)

    assert mail.build_waiting(about(entry)) is None


@pytest.mark.parametrize(("language", "until"), [("fr", "12\N{NO-BREAK SPACE}h"), ("en", "12:00")])
def test_an_offer_brings_its_link_and_its_end(entry, repair, language, until):
    WaitingEntry.objects.update(language=language)
    give_back(repair)
    order = offers()["Ada"]

    message = mail.build_offer(about(order))

    assert order.expires_at == NOW + dt.timedelta(minutes=30)
    for text in (message.body, message.alternatives[0][0]):
        assert confirmation_token(order) in text
        assert until in text


def test_an_offer_that_is_over_sends_nothing(entry, repair):
    give_back(repair)
    order = offers()["Ada"]

    assert mail.build_offer(about(order, to="old@example.org")) is None
    Order.objects.filter(pk=order.pk).update(state="expired")
    assert mail.build_offer(about(order)) is None
    Order.objects.filter(pk=order.pk).update(state="held")
