"""Tickets as PDF, in the order's language: one page each, all in one document."""

from collections.abc import Iterator, Sequence

from django.template.loader import render_to_string
from django.utils.translation import override

from festival.documents.pdf import REPLACEMENT, missing_characters, write_pdf
from festival.documents.shapes import garland_address
from tickets.delivery import qr
from tickets.delivery.printed_tickets import PrintedTicket
from tickets.models import Order, Ticket


def order_pdf(order: Order, tickets: Sequence[PrintedTicket]) -> bytes:
    """Return the PDF of the order's tickets, one A4 page each, in the order's language."""
    return tickets_pdf([(order, tickets)], language=order.language)


def tickets_pdf(orders: Sequence[tuple[Order, Sequence[PrintedTicket]]], *, language: str) -> bytes:
    """Return one document with the tickets of many orders; cheaper than one document each."""
    codes = {
        printed.short_code: qr.drawing(printed.token)
        for _, printed_tickets in orders
        for printed in printed_tickets
        if printed.is_valid
    }
    html = tickets_html(orders, language=language)
    return write_pdf(html, styles="tickets/delivery/pdf/tickets.css", drawings=codes)


def tickets_html(orders: Sequence[tuple[Order, Sequence[PrintedTicket]]], *, language: str) -> str:
    """Return the document before it is drawn: a page for each valid ticket, which also says which are cancelled.

    Without a valid ticket it says so and names the others.
    """
    edition = orders[0][0].edition
    void = {
        order.pk: [printed.ticket.number for printed in printed_tickets if not printed.is_valid]
        for order, printed_tickets in orders
    }
    context = {
        "edition": edition,
        "garland": garland_address((section.shape, section.colour) for section in edition.sections.all()),
        "orders": [order for order, _ in orders],
        "pages": [
            (order, printed, void[order.pk])
            for order, printed_tickets in orders
            for printed in printed_tickets
            if printed.is_valid
        ],
        "void": [
            (order, printed) for order, printed_tickets in orders for printed in printed_tickets if not printed.is_valid
        ],
    }
    with override(language):
        return render_to_string("tickets/delivery/pdf/tickets.html", context)


def remarks() -> Iterator[str]:
    """Yield a sentence for each name on a ticket with characters that no font here has: a task for the operator."""
    tickets = Ticket.objects.order_by("pk").values_list("short_code", "holder", "order__name")
    names = [(code, holder or buyer) for code, holder, buyer in tickets]
    missing = set(missing_characters("".join(sorted({character for _, name in names for character in name}))))
    for code, name in names:
        if lacking := sorted(missing & set(name)):
            points = ", ".join(f"U+{ord(character):04X}" for character in lacking)
            yield f"Tickets: no font has {points} of the name on {code}: it shows as {REPLACEMENT}."
