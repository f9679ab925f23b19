"""The mail, the PDF and the calendar file: what arrives can be read, and opens the door."""

import base64
import datetime as dt
import email
import email.policy
import io
import re
from zoneinfo import ZoneInfo

import icalendar
import pypdfium2
import pytest
import zxingcpp
from django.core import mail as sent
from django.test import Client
from PIL import Image

from festival.core import delivery
from festival.models import Edition
from tests.factories.festival import DayFactory, OutgoingMailFactory, SectionFactory
from tests.factories.tickets import NOW, OrderFactory, PaymentFactory, ProductFactory, TicketFactory, cancel
from tests.remembered import remembered
from tickets.delivery import calendar as calendars, mail, notices, pdf, queries as delivery_queries, tokens
from tickets.delivery.printed_tickets import printed_tickets
from tickets.models import Order, Quota, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def order(village):
    order = OrderFactory(edition=village.edition)
    TicketFactory.create_batch(2, order=order, product=village)
    return order


def tickets_in(order):
    return Ticket.objects.filter(line__order=order).order_by("pk")


def papers_of(order):
    return printed_tickets(delivery_queries.tickets_of(order))


def send(order):
    mail.build(
        OutgoingMailFactory(kind="order.tickets", fact_type="tickets.order", fact_id=str(order.pk), to=order.email)
    ).send()


def sent_bytes(order, language):
    """Return what goes to the mail server, sent as the outbox does it."""
    row = OutgoingMailFactory(
        kind="order.tickets", fact_type="tickets.order", fact_id=str(order.pk), to=order.email, language=language
    )
    delivery.deliver(row.pk, now=NOW)
    return sent.outbox[-1].message(policy=email.policy.SMTP).as_bytes()


def delivered(order, language):
    return email.message_from_bytes(sent_bytes(order, language), policy=email.policy.strict)


def datetime_in_paris():
    return dt.datetime.now(ZoneInfo("Europe/Paris"))


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


def test_a_cancelled_ticket_has_no_page_and_no_code(order):
    ticket = tickets_in(order)[0]
    cancel(ticket)

    text = text_of(pdf.order_pdf(order, papers_of(order)))

    assert tokens.spell_short_code(ticket.short_code) not in text
    assert text.count("0000001") == 1
    assert "annulé" in text


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
    address = notices.order_address(order)
    codes = [tokens.spell_short_code(code) for code in tickets_in(order).values_list("short_code", flat=True)]
    html = message.alternatives[0].content
    for text in (message.body, html):
        assert address in text
        assert all(code in text for code in codes)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_mail_is_read_as_it_is_meant_by_a_strict_reader(order, language):
    Order.objects.update(language=language, name="Zoé 🎪 d’Été")
    Edition.objects.update(organiser_name="Café, « Été » & Cie")

    received = delivered(order, language)

    (mixed, alternative, text, related, html, *codes, document, calendar) = received.walk()
    assert [part.get_content_type() for part in (mixed, alternative, text, related, html, document, calendar)] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "application/pdf",
        "text/calendar",
    ]
    assert [f"cid:{code['Content-ID'].strip('<>')}" in html.get_content() for code in codes] == [True, True]
    assert [part.get_content_disposition() for part in (*codes, document, calendar)] == [
        *["inline"] * 2,
        *["attachment"] * 2,
    ]
    assert all(part.get_filename().isascii() for part in (*codes, document, calendar))
    assert calendar.get_param("method") == "PUBLISH"
    assert icalendar.Calendar.from_ical(calendar.get_payload(decode=True))["METHOD"] == "PUBLISH"
    assert [part.defects for part in received.walk() if part.defects] == []


def test_the_headers_of_the_mail(order):
    received = delivered(order, "fr")

    assert (received["Content-Language"], received["Auto-Submitted"]) == ("fr", "auto-generated")
    assert received["Message-ID"].endswith("@testserver>")
    assert received["Date"].datetime.utcoffset() == datetime_in_paris().utcoffset()
    assert received["Reply-To"].addresses[0].display_name == "Les Jours Communs"
    assert not any(name.lower().startswith("list-") for name in received)


def test_no_line_of_the_mail_is_longer_than_mail_servers_take(order):
    Ticket.objects.update(holder="é" * 120)

    content = sent_bytes(order, "fr")

    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_text_alone_is_complete_and_french(order):
    text = delivered(order, "fr").get_body(("plain",)).get_content()

    assert "Code\N{NO-BREAK SPACE}: " in text
    assert not re.search(r"[A-Za-z]'[A-Za-z]| [:;!?]|&\w+;", text)
    assert notices.order_address(order) in text
    assert "Halle des Sources" in text


def test_the_html_can_be_listened_to(order):
    html = delivered(order, "fr").get_body(("html",)).get_content()

    assert '<html lang="fr">' in html
    assert html.count("<table") == html.count('role="presentation"')
    assert len(re.findall(r"<img ", html)) == len(re.findall(r'<img [^>]*alt="Code QR du billet', html)) == 2
    assert [int(level) for level in re.findall(r"<h(\d)", html)] == [1, 2, 2]


def test_a_picture_is_attached_for_each_code_that_is_shown(village):
    """Of a large group ten; a cancelled ticket shows none."""
    order = OrderFactory(edition=village.edition)
    Quota.objects.update(size=12)
    tickets = [TicketFactory(order=order, product=village) for _ in range(12)]
    cancel(tickets[0])

    received = delivered(order, "fr")

    html = received.get_body(("html",)).get_content()
    pictures = [part["Content-ID"].strip("<>") for part in received.walk() if part.get_content_type() == "image/png"]
    assert re.findall(r"cid:([^\"]+)", html) == pictures
    assert len(pictures) == 10


def test_the_mail_of_an_order_without_a_valid_ticket_says_so(order):
    for ticket in tickets_in(order):
        cancel(ticket)

    received = delivered(order, "fr")

    assert received["Subject"].startswith("Plus aucun billet valable")
    for kind in ("plain", "html"):
        content = received.get_body((kind,)).get_content()
        assert "Aucun billet de cette commande n’est plus valable." in content
        assert "Code" not in content
        assert "QR" not in content


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


def test_the_mail_repeats_nothing_that_was_typed(village):
    order = TicketFactory(product=village, order__name="Gagnez 500 euros", holder="Gagnez 500 euros").line.order

    message = mail.order_mail(order, papers_of(order), now=NOW)

    for text in (message.subject, message.body, message.alternatives[0].content):
        assert "Gagnez" not in text


def test_the_calendar_has_one_entry_a_day(order):
    calendar = icalendar.Calendar.from_ical(
        calendars.order_calendar(order, delivery_queries.tickets_of(order), now=NOW)
    )

    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == f"{order.code}-{order.lines.first().product.number}-20270502@testserver"
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


def test_the_subject_names_the_day_and_the_festival_writes(order):
    send(order)

    (message,) = sent.outbox
    assert "dimanche 2\N{NO-BREAK SPACE}mai" in message.subject
    assert "<" not in message.subject
    assert message.from_email.endswith("<kermesse@testserver>")


def test_a_ticket_for_many_days_has_none_in_its_subject(village):
    village.admission = "all_days"
    village.save()
    ticket = TicketFactory(product=village, day=None)

    send(ticket.line.order)

    assert "mai" not in sent.outbox[0].subject


def test_the_mail_says_how_to_give_back_and_whom_to_ask_for_access(order):
    order.edition.organiser_email = "orga@example.org"
    order.edition.save()

    send(order)

    (message,) = sent.outbox
    html = message.alternatives[0][0]
    for text in (message.body, html):
        assert notices.order_address(order, "tickets-order-cancel") in text
        assert "plain-pied" in text


@pytest.mark.parametrize(("cents", "is_told"), [(5500, True), (0, False)])
def test_the_mail_says_what_was_paid(village, cents, is_told):
    order = TicketFactory(product=village, cents=cents).line.order
    if cents:
        PaymentFactory(order=order)
    order.refresh_from_db()

    message = mail.order_mail(order, papers_of(order), now=NOW)

    told = f"Commande {order.code}\N{NO-BREAK SPACE}: 55\N{NO-BREAK SPACE}€ payés."
    assert (told in message.body) is is_told
    assert ("payés" in message.alternatives[0].content) is is_told
    assert "<" not in message.body
