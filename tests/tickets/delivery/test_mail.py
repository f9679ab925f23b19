"""The mail, the PDF and the calendar file: what arrives can be read, and opens the door."""

import base64
import io

import pypdfium2
import pytest
import zxingcpp
from django.core import mail as sent
from django.test import Client
from PIL import Image

from tests.factories.festival import OutgoingMailFactory, SectionFactory
from tests.factories.tickets import OrderFactory, ProductFactory, TicketFactory, cancel
from tickets.delivery import mail, pdf, queries as delivery_queries, tokens
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
    assert message.reply_to == ["bonjour@joursc.example.org"]
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

    html = mail.order_mail(order, papers_of(order)).alternatives[0].content

    assert "&lt;b&gt;Zoé&lt;/b&gt;" in html


def test_a_fest_ticket_wears_the_colour_of_the_fest(village):
    fest = ProductFactory(slug="pass", section=SectionFactory(slug="fest"), admission="all_days")
    order = TicketFactory(product=fest, day=None).line.order

    assert 'bgcolor="#ff5b37"' in mail.order_mail(order, papers_of(order)).alternatives[0].content
