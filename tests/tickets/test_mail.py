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

from tests.factories.festival import DayFactory, SectionFactory
from tests.factories.tickets import NOW, OrderFactory, PositionFactory, ProductFactory, signing_key
from tickets import calendars, mail, pdf, queries, tasks, tokens
from tickets.models import Order
from tickets.papers import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(village):
    order = OrderFactory(edition=village.edition)
    PositionFactory.create_batch(2, order=order, product=village)
    return order


def papers_of(order):
    return papers(queries.positions_of(order))


def text_of(content):
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))


def test_the_code_in_the_pdf_opens_the_door(order):
    content = pdf.order_pdf(order, papers_of(order))
    keys = Client().get("/api/v1/ticket-keys.json").json()["keys"]

    for page, position in zip(pypdfium2.PdfDocument(content), order.positions.all(), strict=True):
        picture = page.render(scale=150 / 72).to_pil()
        (found,) = zxingcpp.read_barcodes(picture)
        token = tokens.parse(found.text)
        assert token.parts.ticket == position.ticket
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
    order.positions.filter(ticket=1).update(cancelled_at=NOW)
    order.positions.first().product.quotas.filter(taken=2).update(taken=1)

    assert "0000001" not in text_of(pdf.order_pdf(order, papers_of(order)))


def test_one_document_for_many_orders(order, village):
    other = PositionFactory(product=village).order

    content = pdf.tickets_pdf([(order, papers_of(order)), (other, papers_of(other))], language="fr")

    assert len(pypdfium2.PdfDocument(content)) == 3


def test_the_mail_has_everything(order):
    tasks.send_order_mail.func(order.pk)

    (message,) = sent.outbox
    assert message.to == ["camille@example.org"]
    assert message.reply_to == ["bonjour@joursc.example.org"]
    assert "Festival de l’économie collaborative" in message.subject
    address = mail.order_address(order)
    codes = [tokens.spell_short_code(code) for code in order.positions.values_list("short_code", flat=True)]
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
    tasks.send_order_mail.func(order.pk)

    html = sent.outbox[0].alternatives[0].content
    pictures = [part for part in sent.outbox[0].message().walk() if part.get_content_type() == "image/png"]
    for picture, position in zip(pictures, order.positions.all(), strict=True):
        assert f"cid:{picture['Content-ID'].strip('<>')}" in html
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.get_content())))
        assert tokens.parse(found.text).parts.ticket == position.ticket


@pytest.mark.parametrize(("language", "when"), [("fr", "dimanche 2"), ("en", "Sunday 2")])
def test_the_mail_speaks_the_language_of_the_order(order, language, when):
    Order.objects.update(language=language)

    tasks.send_order_mail.func(order.pk)

    message = sent.outbox[0]
    assert when in message.body
    assert f'<html lang="{language}">' in message.alternatives[0].content
    assert f"/{language}/" in message.body


def test_a_repeated_task_sends_nothing_twice(order):
    tasks.send_order_mail.func(order.pk)
    tasks.send_order_mail.func(order.pk)

    assert len(sent.outbox) == 1
    assert Order.objects.get().mailed_at == dt.datetime(2027, 5, 2, 9, 30, tzinfo=dt.UTC)


def test_names_in_the_mail_are_text(village):
    order = PositionFactory(product=village, order__name="<b>Zoé</b>").order

    html = mail.order_mail(order, papers_of(order)).alternatives[0].content

    assert "&lt;b&gt;Zoé&lt;/b&gt;" in html


def test_the_calendar_has_one_entry_a_day(order):
    calendar = icalendar.Calendar.from_ical(calendars.order_calendar(order, queries.positions_of(order)))

    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == f"{order.code}-village-jour-20270502@testserver"
    assert event["DTSTART"].dt.isoformat() == "2027-05-02T10:00:00+02:00"
    assert event["DTEND"].dt.isoformat() == "2027-05-02T19:00:00+02:00"
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]


def test_the_calendar_of_a_pass_has_all_days_and_the_night(village):
    section = SectionFactory(slug="fest")
    days = [
        DayFactory(section=section, date=dt.date(2027, 5, 5), closes=dt.time(21)),
        DayFactory(section=section, date=dt.date(2027, 5, 6), closes=dt.time(4), closes_next_day=True),
    ]
    fest = ProductFactory(slug="pass", section=section, admission="all_days", days=days)
    order = PositionFactory(product=fest, day=None).order

    calendar = icalendar.Calendar.from_ical(calendars.order_calendar(order, queries.positions_of(order)))

    assert [event["DTEND"].dt.isoformat() for event in calendar.walk("VEVENT")] == [
        "2027-05-05T21:00:00+02:00",
        "2027-05-07T04:00:00+02:00",
    ]


def test_the_calendar_stays_the_same_while_the_order_does(order):
    first, second = (calendars.order_calendar(order, queries.positions_of(order)) for _ in range(2))

    assert first == second
    assert len(first) < 2000
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))


def test_a_cancelled_ticket_is_in_no_calendar(order):
    product = order.positions.first().product
    order.positions.update(cancelled_at=NOW)
    product.quotas.update(taken=0)

    assert b"VEVENT" not in calendars.order_calendar(order, queries.positions_of(order))


def test_a_fest_ticket_wears_the_colour_of_the_fest(village):
    fest = ProductFactory(slug="pass", section=SectionFactory(slug="fest"), admission="all_days")
    order = PositionFactory(product=fest, day=None).order
    signing_key(order.edition)

    assert 'bgcolor="#ff5b37"' in mail.order_mail(order, papers_of(order)).alternatives[0].content
