"""The ticket as PDF: read aloud in a sensible order, in the order's language, in the letters of the holder's name."""

import ctypes
import io
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.management import call_command

from festival.models import Section
from tests import pdf_ua
from tests.factories.festival import DayFactory, SectionFactory
from tests.factories.tickets import OrderFactory, ProductFactory, TicketFactory, cancel, signing_key
from tests.festival.documents.names import NAMES
from tests.remembered import remembered
from tickets.delivery import pdf, queries
from tickets.delivery.printed_tickets import printed_tickets
from tickets.models import Order, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def order(village):
    order = OrderFactory(edition=village.edition)
    for _ in range(2):
        TicketFactory(order=order, product=village)
    return order


def drawn(order):
    return pdf.order_pdf(order, printed_tickets(queries.tickets_of(order)))


def test_the_ticket_can_be_read_aloud_in_order(order):
    first, second = printed_tickets(queries.tickets_of(order))

    content = drawn(order)

    assert pdf_ua.faults(content) == []
    lines = pdf_ua.spoken(content)
    half = len(lines) // 2
    assert lines[2] == ("H1", "Le Village")
    assert lines[5:7] == [("Figure", f"Code QR du billet {first.short_code}"), ("P", first.short_code)]
    assert lines[half + 5] == ("Figure", f"Code QR du billet {second.short_code}")
    assert first.ticket.holder in lines[7][1]
    assert "(1/2)" in lines[7][1]
    assert lines[9] == (
        "P",
        "Montrez ce code à l’entrée, sur papier ou à l’écran. Chaque code fait entrer une personne.",
    )


def test_the_ticket_speaks_the_language_of_its_order(order):
    order.language = "en"
    (first, _) = printed_tickets(queries.tickets_of(order))

    content = drawn(order)

    assert ("Figure", f"QR code of ticket {first.short_code}") in pdf_ua.spoken(content)
    assert str(pikepdf.open(io.BytesIO(content)).Root.Lang) == "en"


def test_the_page_is_well_formed(order):
    """So that it is read ten times as fast."""
    html = pdf.tickets_html([(order, printed_tickets(queries.tickets_of(order)))], language="fr")

    assert ElementTree.fromstring(html.replace("<!doctype html>", "", 1)).get("lang") == "fr"


def test_the_document_is_named_after_its_order(order):
    assert pypdfium2.PdfDocument(drawn(order)).get_metadata_dict()["Title"] == f"{order.edition.name} · {order.code}"


def test_the_tickets_of_many_orders_are_listed_by_name(order, village):
    other = TicketFactory(product=village, holder="Zoé").line.order
    pairs = [(each, printed_tickets(queries.tickets_of(each))) for each in (order, other)]

    with pikepdf.open(io.BytesIO(pdf.tickets_pdf(pairs, language="fr"))) as document:
        assert str(document.docinfo.Title) == f"{order.edition.name} · Billets"
        with document.open_outline() as outline:
            assert [entry.title for entry in outline.root][-1] == "Zoé"


@pytest.mark.parametrize("name", [NAMES[0], NAMES[6], NAMES[14], NAMES[30], NAMES[32], NAMES[34], NAMES[37]])
def test_the_code_is_read_beside_every_name(order, name):
    Ticket.objects.filter(line__order=order).update(holder=name)
    tickets = printed_tickets(queries.tickets_of(order))

    content = pdf.order_pdf(order, tickets)

    assert pdf_ua.faults(content) == []
    pages = pypdfium2.PdfDocument(content)
    for dpi in (96, 150):
        found = [zxingcpp.read_barcodes(page.render(scale=dpi / 72).to_pil()) for page in pages]
        assert [[code.text for code in codes] for codes in found] == [[ticket.token] for ticket in tickets]


def test_an_order_without_a_valid_ticket_says_so(order):
    for ticket in Ticket.objects.filter(line__order=order).select_related("line__order", "line__product"):
        cancel(ticket)

    content = drawn(order)

    assert pdf_ua.faults(content) == []
    spoken = pdf_ua.spoken(content)
    assert ("H1", "Plus aucun billet valable") in spoken
    lines = [text for _, text in spoken]
    assert any(text.startswith("Aucun billet de cette commande n’est plus valable.") for text in lines)
    assert sum(text.startswith("annulé") and "Entrée Village" in text for text in lines) == 2
    assert not any(kind == "Figure" for kind, _ in spoken)


@pytest.mark.parametrize("shape", Section.Shape.values)
def test_the_ticket_of_a_part_of_each_shape(shape):
    product = ProductFactory(section=SectionFactory(shape=shape))
    ticket = TicketFactory(product=product)
    signing_key(product.edition)

    content = drawn(ticket.line.order)

    assert pdf_ua.faults(content) == []
    assert len(pypdfium2.PdfDocument(content)) == 1


def test_a_pass_names_its_first_and_its_last_day():
    product = ProductFactory(days=[])
    product.days.set([DayFactory(edition=product.edition, date=date) for date in ("2027-05-02", "2027-05-04")])
    ticket = TicketFactory(product=product, day=None)
    signing_key(product.edition)
    (printed,) = printed_tickets(queries.tickets_of(ticket.line.order))

    assert printed.day_numbers == "2–4"
    assert "2–4" in "".join(text for _, text in pdf_ua.spoken(pdf.order_pdf(ticket.line.order, [printed])))


def test_the_figures_of_prose_have_no_slash_and_those_of_codes_do(order):
    code = printed_tickets(queries.tickets_of(order))[0].short_code
    faces = {line: list(zip(line, fonts, strict=True)) for line, fonts in _lines(drawn(order))}

    assert all("atkinson" in font for _, font in faces.pop(code))
    figures = {font for signs in faces.values() for sign, font in signs if sign.isdecimal()}
    assert figures
    assert all("bricolage" in font for font in figures)


def test_facts_that_begin_with_a_figure_stand_below_the_others(order):
    page = pypdfium2.PdfDocument(drawn(order))[0].get_textpage()
    lefts = [
        page.get_charbox(page.search(words).get_next()[0])[0] for words in ("Les Jours Communs", "0000001", "gratuit\r")
    ]

    assert max(lefts) - min(lefts) < 2  # points


def _lines(content):
    """Yield each line of text of the first page, with the font of every sign."""
    page = pypdfium2.PdfDocument(content)[0].get_textpage()
    text, fonts = "", []
    for place in range(page.count_chars()):
        sign = chr(pypdfium2.raw.FPDFText_GetUnicode(page, place))
        if sign in "\r\n":
            yield text, fonts
            text, fonts = "", []
            continue
        name = ctypes.create_string_buffer(200)
        pypdfium2.raw.FPDFText_GetFontInfo(page, place, name, 200, ctypes.c_int())
        text, fonts = text + sign, [*fonts, name.value.decode()]
    yield text, fonts


def test_names_that_no_font_draws_are_told_to_the_operator(order, capsys):
    first, last = order.edition.tickets.order_by("pk")
    Ticket.objects.filter(pk=first.pk).update(holder="Zoé 遥 <b>")
    assert list(pdf.remarks()) == []
    Ticket.objects.filter(pk=last.pk).update(holder="")
    Order.objects.update(name="Li \u0378\u0379")

    call_command("fsck")

    told = f"Tickets: no font has U+0378, U+0379 of the name on {last.short_code}: it shows as \ufffd."
    assert told in capsys.readouterr().out


def test_the_pages_that_stay_name_the_ticket_that_was_cancelled(order):
    first, second = (printed.ticket for printed in printed_tickets(queries.tickets_of(order)))
    assert not [text for _tag, text in pdf_ua.spoken(drawn(order)) if "annulé" in text]
    cancel(second)

    content = drawn(order)

    assert pdf_ua.faults(content) == []
    assert len(pypdfium2.PdfDocument(content)) == 1
    (said,) = [text for _tag, text in pdf_ua.spoken(content) if "annulé" in text]
    assert f"{second.number:07d}" in said
    assert f"{first.number:07d}" not in said
