"""The short mails about an order."""

import datetime as dt

import pytest
from django.utils.html import escape

from tests.factories.festival import OutgoingMailFactory
from tests.factories.tickets import NOW, LineFactory, OrderFactory, TicketFactory, cancel
from tickets.delivery import notices
from tickets.models import Order, Ticket
from tickets.orders.placing import Buyer
from tickets.selfservice import passing_on

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


def about(row, to="camille@example.org"):
    return OutgoingMailFactory(fact_type=row._meta.label_lower, fact_id=str(row.pk), to=to)


def both_parts(message):
    return message.body, message.alternatives[0][0]


STAY = {
    "fr": ["L’autre billet", "Les {} autres billets"],
    "en": ["The other ticket of", "The other {} tickets of"],
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("others", [0, 1, 2])
def test_a_ticket_that_was_given_back_names_itself_and_those_that_stay(village, language, others):
    ticket = TicketFactory(product=village, order__language=language)
    order = ticket.line.order
    TicketFactory.create_batch(others, product=village, order=order)
    cancel(ticket)

    message = notices.build_ticket_cancellation(about(ticket))

    assert order.code in message.subject
    for text in both_parts(message):
        assert f"/{order.code}/{order.secret}/" in text
        assert ticket.holder not in text
        said = [part.format(others) in text for part in STAY[language]]
        assert said == [others == 1, others == 2]
    assert notices.build_ticket_cancellation(about(TicketFactory(product=village))) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_gets_a_ticket_reads_nothing_that_was_typed(village, language):
    ticket = TicketFactory(product=village, holder="Gagnez 500 euros", order__name="Gagnez 500 euros")
    to = Buyer("Cliquez ici vite", "zoe@example.org", language)
    done = passing_on.pass_on(ticket=ticket, order=ticket.line.order, to=to, now=NOW)

    message = notices.build_received(about(done.receiver, to="zoe@example.org"))

    for text in (message.subject, *both_parts(message)):
        assert "500 euros" not in text
        assert "Cliquez" not in text
        assert done.giver.secret not in text
        assert done.giver.code not in text
        assert done.giver.email not in text
    assert f"/{language}/" in message.body
    assert f"/{done.receiver.code}/{done.receiver.secret}/" in message.body
    assert message.attachments == []


def test_who_has_passed_it_on_again_gets_no_link_to_nothing(village):
    ticket = TicketFactory(product=village)
    first = passing_on.pass_on(
        ticket=ticket, order=ticket.line.order, to=Buyer("Zoé", "zoe@example.org", "fr"), now=NOW
    )
    ticket = Ticket.objects.get()
    passing_on.pass_on(ticket=ticket, order=first.receiver, to=Buyer("Noé", "noe@example.org", "fr"), now=NOW)

    assert notices.build_received(about(first.receiver, to="zoe@example.org")) is None
    assert notices.build_received(about(Order.objects.last(), to="other@example.org")) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_passes_a_ticket_on_gets_it_in_writing_without_the_way_to_it(village, language):
    ticket = TicketFactory(product=village, order__language=language)
    to = Buyer("Zoé", "zoe@example.org", "fr")
    done = passing_on.pass_on(ticket=ticket, order=ticket.line.order, to=to, now=NOW)

    message = notices.build_passed_on(about(done))

    for text in both_parts(message):
        assert f"/{done.giver.code}/{done.giver.secret}/" in text
        assert done.receiver.secret not in text
        assert done.receiver.code not in text
        assert "zoe@example.org" not in text
    assert notices.build_passed_on(about(village)) is None


@pytest.mark.parametrize(("has_ticket", "words"), [(True, "opens no door"), (False, "nothing is to be paid")])
def test_an_order_without_tickets_opened_no_door(village, has_ticket, words):
    order = OrderFactory(state="cancelled", language="en", edition=village.edition)
    if has_ticket:
        TicketFactory(order=order, product=village, cancelled_at=NOW)

    assert words in notices.build_cancellation(mail_about(order)).body
