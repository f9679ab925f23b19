"""The mail that brings the tickets: HTML and plain text, the PDF and the calendar file attached."""

from collections.abc import Sequence
from email.message import MIMEPart

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import ngettext, override, pgettext as _p

from festival.core.delivery import fact_of
from festival.core.sender import from_edition
from festival.models import OutgoingMail
from festival.text import typography
from tickets.delivery import calendar, pdf, qr, queries
from tickets.delivery.printed_tickets import PrintedTicket, printed_tickets
from tickets.models import Order

_CODES_SHOWN = 10  # a larger group opens the PDF


def build(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail of the outbox that brings an order's tickets, or None when the order is gone."""
    order = fact_of(mail)
    return order_mail(order, printed_tickets(queries.tickets_of(order))) if isinstance(order, Order) else None


def order_mail(order: Order, tickets: Sequence[PrintedTicket]) -> EmailMultiAlternatives:
    """Return the mail for an order, in its language, not sent yet."""
    with override(order.language):
        context = {
            "order": order,
            "printed_tickets": tickets,
            "address": order_address(order),
            "codes_shown": _CODES_SHOWN,
            "cancel_address": order_address(order, "tickets-order-cancel") if order.total_cents == 0 else "",
        }
        mail = EmailMultiAlternatives(
            subject=_subject(order, tickets),
            body=render_to_string("tickets/delivery/mail/order.txt", context),
            to=[order.email],
            **from_edition(order.edition),
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
        mail.attach_alternative(render_to_string("tickets/delivery/mail/order.html", context), "text/html")
        name = file_name(order)
    for printed in tickets[:_CODES_SHOWN]:
        if printed.is_valid:
            mail.attach(_code_image(printed))
    mail.attach(f"{name}.pdf", pdf.order_pdf(order, tickets), "application/pdf")
    mail.attach(f"{name}.ics", calendar.order_calendar(order, [printed.ticket for printed in tickets]), "text/calendar")
    return mail


def order_address(order: Order, name: str = "tickets-order") -> str:
    """Return the order's secret page (or the one that `name` names), absolute, in the order's language."""
    with override(order.language):
        return settings.BASE_URL + reverse(name, args=[order.code, order.secret])


def file_name(order: Order) -> str:
    """Return the name of the order's files, without ending, in the active language."""
    return f"{_p('file name', 'ticket')}-{order.code}"


def _subject(order: Order, tickets: Sequence[PrintedTicket]) -> str:
    """Return the subject; of tickets for one date it names the date, by which people find the mail again."""
    told = {"count": len(tickets), "festival": order.edition.name}
    dates = {one for printed in tickets for one in printed.dates}
    if len(dates) != 1:
        return ngettext("Your ticket: %(festival)s", "Your %(count)s tickets: %(festival)s", len(tickets)) % told
    day = strip_tags(typography.short_date(dates.pop()))
    return ngettext(
        "Your ticket for %(day)s: %(festival)s", "Your %(count)s tickets for %(day)s: %(festival)s", len(tickets)
    ) % (told | {"day": day})


def _code_image(printed: PrintedTicket) -> MIMEPart:
    """Return the QR code as an inline picture, shown by mail programs that load nothing from outside."""
    image = MIMEPart()
    image.set_content(
        qr.png(printed.token),
        maintype="image",
        subtype="png",
        disposition="inline",
        filename=f"{printed.short_code}.png",
        cid=f"<{printed.ticket.short_code}@ticket>",
    )
    return image
