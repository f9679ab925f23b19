"""The mail, the PDF and the calendar file: what arrives can be read, and opens the door."""

import base64
import datetime as dt
import io

import icalendar
import pypdfium2
import pytest
import zxingcpp
from django.core import mail as sent
from django.test import Client
from PIL import Image

from tests.factories.festival import DayFactory, OutgoingMailFactory, SectionFactory
from tests.factories.tickets import NOW, OrderFactory, ProductFactory, TicketFactory, cancel
from tickets.delivery import calendar as calendars, mail, pdf, queries as delivery_queries, tokens
from tickets.delivery.printed_tickets import papers
from tickets.models import Order, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(village):
    order = OrderFactory(edition=village.edition)
    TicketFactory.create_batch(2, order=order, product=village)
    return order


def tickets_in(order):
    return Ticket.objects.filter(line__order=order).order_by("pk")


def papers_of(order):
    return papers(delivery_queries.tickets_of(order))


def send(order):
    mail.build(
        OutgoingMailFactory(kind="order.tickets", fact_type="tickets.order", fact_id=str(order.pk), to=order.email)
    ).send()


def text_of(content):
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))


def test_the_code_in_the_pdf_opens_the_door(order):
    content = pdf.order_pdf(order, papers_of(order))
    keys = Client().get("/api/v1/ticket-keys.json").json()["keys"]

    for page, ticket in zip(pypdfium2.PdfDocument(content), tickets_in(order), strict=True):
        picture = page.render(scale=150 / 72).to_pil()
        (found,) = zxingcpp.read_barcodes(picture)
        token = tokens.parse(found.text)
        assert token.parts.ticket == ticket.number
        assert tokens.verify(token, base64.urlsafe_b64decode(keys[token.parts.kid]["x"] + "="))


def test_the_pdf_carries_the_legal_lines(order):
    text = text_of(pdf.order_pdf(order, papers_of(order)))

    for line in (
        "Les Jours Communs, association loi 1901",
        "Entrée Village (gratuite)",
        "dimanche 2\N{NO-BREAK SPACE}mai\N{NO-BREAK SPACE}2027",
        "0000001",
        "0000002",
        order.code,
        "Halle des Sources",
    ):
        assert line.replace("\N{NO-BREAK SPACE}", " ") in text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_cancelled_ticket_is_not_printed(order):
    cancel(tickets_in(order)[0])

    assert "0000001" not in text_of(pdf.order_pdf(order, papers_of(order)))


def test_one_document_for_many_orders(order, village):
    other = TicketFactory(product=village).line.order

    content = pdf.tickets_pdf([(order, papers_of(order)), (other, papers_of(other))], language="fr")

    assert len(pypdfium2.PdfDocument(content)) == 3


def test_the_mail_has_everything(order):
    send(order)

    (message,) = sent.outbox
    assert message.to == ["camille@example.org"]
    assert message.reply_to == ["Les Jours Communs <bonjour@joursc.example.org>"]
    assert "Festival de l’économie collaborative" in message.subject
    address = mail.order_address(order)
    codes = [tokens.spell_short_code(code) for code in tickets_in(order).values_list("short_code", flat=True)]
    html = message.alternatives[0].content
    for text in (message.body, html):
        assert address in text
        assert all(code in text for code in codes)
    parts = list(message.message().walk())
    assert [part.get_content_type() for part in parts if part.get_filename()] == [
        "image/png",
        "image/png",
        "application/pdf",
        "text/calendar",
    ]


def test_the_codes_in_the_mail_can_be_scanned(order):
    send(order)

    html = sent.outbox[0].alternatives[0].content
    pictures = [part for part in sent.outbox[0].message().walk() if part.get_content_type() == "image/png"]
    for picture, ticket in zip(pictures, tickets_in(order), strict=True):
        assert f"cid:{picture['Content-ID'].strip('<>')}" in html
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.get_content())))
        assert tokens.parse(found.text).parts.ticket == ticket.number


@pytest.mark.parametrize(("language", "when"), [("fr", "dimanche 2"), ("en", "Sunday 2")])
def test_the_mail_speaks_the_language_of_the_order(order, language, when):
    Order.objects.update(language=language)

    send(order)

    message = sent.outbox[0]
    assert when in message.body
    assert f'<html lang="{language}">' in message.alternatives[0].content
    assert f"/{language}/" in message.body


def test_the_mail_of_an_order_that_is_gone_is_not_built(village):
    assert mail.build(OutgoingMailFactory(kind="order.tickets", fact_type="tickets.order", fact_id="0")) is None


def test_names_in_the_mail_are_text(village):
    order = TicketFactory(product=village, order__name="<b>Zoé</b>").line.order

    html = mail.order_mail(order, papers_of(order), now=NOW).alternatives[0].content

    assert "&lt;b&gt;Zoé&lt;/b&gt;" in html


def test_the_calendar_has_one_entry_a_day(order):
    calendar = icalendar.Calendar.from_ical(
        calendars.order_calendar(order, delivery_queries.tickets_of(order), now=NOW)
    )

    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == f"{order.code}-village-jour-20270502@testserver"
    assert event["DTSTART"].dt.isoformat() == "2027-05-02T10:00:00+02:00"
    assert event["DTEND"].dt.isoformat() == "2027-05-02T19:00:00+02:00"
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]


def test_the_calendar_of_a_pass_has_all_days_and_the_night(village):
    section = SectionFactory(slug="fest")
    days = [
        DayFactory(date=dt.date(2027, 5, 5), hours__section=section, hours__closes=dt.time(21)),
        DayFactory(date=dt.date(2027, 5, 6), hours__section=section, hours__closes=dt.time(4)),
    ]
    fest = ProductFactory(slug="pass", section=section, admission="all_days", days=days)
    order = TicketFactory(product=fest, day=None).line.order

    calendar = icalendar.Calendar.from_ical(
        calendars.order_calendar(order, delivery_queries.tickets_of(order), now=NOW)
    )

    assert [event["DTEND"].dt.isoformat() for event in calendar.walk("VEVENT")] == [
        "2027-05-05T21:00:00+02:00",
        "2027-05-07T04:00:00+02:00",
    ]


def test_the_calendar_stays_the_same_while_the_order_does(order):
    first, second = (calendars.order_calendar(order, delivery_queries.tickets_of(order), now=NOW) for _ in range(2))

    assert first == second
    assert len(first) < 2000
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))


def test_a_fest_ticket_wears_the_colour_of_the_fest(village):
    fest = ProductFactory(slug="pass", section=SectionFactory(slug="fest"), admission="all_days")
    order = TicketFactory(product=fest, day=None).line.order

    assert 'bgcolor="#ff5b37"' in mail.order_mail(order, papers_of(order), now=NOW).alternatives[0].content
