"""The short mails about an order."""

import datetime as dt

import pytest
from django.utils.html import escape

from tests.factories.festival import OutgoingMailFactory
from tests.factories.tickets import NOW, LineFactory, OrderFactory, TicketFactory
from tickets.delivery import notices

pytestmark = pytest.mark.django_db


def held(village, **fields):
    fields = {"state": "held", "expires_at": NOW + dt.timedelta(hours=1), "name": "Gagnez 500 euros"} | fields
    order = OrderFactory(edition=village.edition, **fields)
    LineFactory(order=order, product=village)
    return order


def mail_about(order, to=None):
    return OutgoingMailFactory(fact_type="tickets.order", fact_id=str(order.pk), to=to or order.email)


@pytest.mark.parametrize(("language", "until"), [("fr", "12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30"), ("en", "12:30")])
def test_the_link_comes_without_what_was_typed(village, language, until):
    order = held(village, language=language)

    message = notices.build_confirmation(mail_about(order))

    html = message.alternatives[0][0]
    for text in (message.body, html, message.subject):
        assert "500 euros" not in text
    assert f"/{order.code}/{order.secret}/" in message.body
    assert notices.confirmation_token(order) in html
    assert until in message.body


def test_the_link_depends_on_the_address(village):
    order = held(village)
    before = notices.confirmation_token(order)

    order.email = "another@example.org"

    assert notices.confirmation_token(order) != before
    assert not notices.is_confirmation_token(order, before)


@pytest.mark.parametrize("state", ["paid", "expired", "cancelled"])
def test_what_waits_no_more_gets_no_link(village, state):
    order = OrderFactory(state=state)

    assert notices.build_confirmation(mail_about(order)) is None


def test_another_address_gets_no_link(village):
    assert notices.build_confirmation(mail_about(held(village), to="old@example.org")) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_cancellation_says_why(village, language):
    order = OrderFactory(state="cancelled", cancel_reason="L’orage & le vent", language=language)

    message = notices.build_cancellation(mail_about(order))

    assert order.code in message.subject
    assert "L’orage & le vent" in message.body
    assert escape("L’orage & le vent") in message.alternatives[0][0]


def test_an_order_that_goes_on_is_not_called_off(village):
    assert notices.build_cancellation(mail_about(held(village))) is None
    assert "Reason" not in notices.build_cancellation(mail_about(OrderFactory(state="cancelled"))).body


def test_who_has_places_for_the_same_day_already_is_told_in_the_mail(village):
    first = OrderFactory(edition=village.edition)
    TicketFactory.create_batch(2, order=first, product=village)
    again = held(village, language="en")

    body = notices.build_confirmation(mail_about(again)).body

    assert f"had 2 places for the same already ({first.code})" in body
    assert first.secret not in body


def test_another_day_another_address_or_what_has_ended_is_not_the_same(village):
    days = list(village.days.all())
    TicketFactory(order=OrderFactory(edition=village.edition), product=village, day=days[1])
    TicketFactory(order=OrderFactory(edition=village.edition, email="zoe@example.org"), product=village)
    LineFactory(order=OrderFactory(edition=village.edition, state="cancelled"), product=village, cancelled_at=NOW)

    assert notices.said_of_earlier(held(village)) == ""


def test_a_family_registers_one_after_the_other_for_tickets_with_names(village):
    village.named = True
    village.save()
    TicketFactory(order=OrderFactory(edition=village.edition, name="Zoé"), product=village)
    second = OrderFactory(edition=village.edition, name="Camille")
    TicketFactory(order=second, product=village)

    assert notices.said_of_earlier(second) == ""

    third = OrderFactory(edition=village.edition, name="CAMILLE")
    TicketFactory(order=third, product=village)
    assert second.code in notices.said_of_earlier(third)
