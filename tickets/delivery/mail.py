"""The mail that brings the tickets: HTML and plain text, the PDF and the calendar file attached."""

from collections.abc import Sequence
from datetime import datetime
from email.message import MIMEPart

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext, override, pgettext as _p

from festival.core.delivery import fact_of
from festival.letters import mime
from festival.letters.mime import Letter
from festival.letters.sender import from_edition
from festival.models import OutgoingMail
from festival.text import typography
from tickets.delivery import calendar, notices, pdf, qr, queries
from tickets.delivery.printed_tickets import PrintedTicket, printed_tickets
from tickets.models import Order

_CODES_SHOWN = 10  # a larger group opens the PDF


def build(mail: OutgoingMail) -> Letter | None:
    """Return the mail of the outbox that brings an order's tickets, or None when the order is gone."""
    order = fact_of(mail)
    if not isinstance(order, Order):
        return None
    return order_mail(order, printed_tickets(queries.tickets_of(order)), now=mail.created_at)


def order_mail(order: Order, tickets: Sequence[PrintedTicket], *, now: datetime) -> Letter:
    """Return the mail for an order, in its language, not sent yet; `now` dates what changed in its calendar file."""
    valid = [printed for printed in tickets if printed.is_valid]
    extras = queries.extras_of(order)
    has_no_ticket = bool(extras) and not tickets
    gives_back = bool(valid) and order.total_cents == 0
    with override(order.language):
        context = {
            "order": order,
            "edition": order.edition,
            "printed_tickets": tickets,
            "valid": valid,
            "extras": extras,
            "is_gift": has_no_ticket and queries.are_gifts(extras),
            "address": notices.order_address(order),
            "earlier": notices.said_of_earlier(order) if valid else "",
            "find_address": settings.BASE_URL + reverse("tickets-find"),
            "with_code": valid[:_CODES_SHOWN],
            "cancel_address": notices.order_address(order, "tickets-order-cancel") if gives_back else "",
        }
        mail = Letter(
            subject=_subject(order, valid, has_no_ticket=has_no_ticket),
            body=render_to_string("tickets/delivery/mail/order.txt", context),
            to=[order.email],
            **from_edition(order.edition),
        )
        mail.attach_alternative(render_to_string("tickets/delivery/mail/order.html", context), "text/html")
        name = file_name(order)
    if has_no_ticket:
        return mail
    for printed in valid[:_CODES_SHOWN]:
        mail.attach(_code_image(printed))
    ics = calendar.order_calendar(order, [printed.ticket for printed in tickets], now=now)
    mail.attach(f"{name}.pdf", pdf.order_pdf(order, tickets), "application/pdf")
    mail.attach(mime.file(ics, content_type=calendar.content_type(order), name=f"{name}.ics"))
    return mail


def file_name(order: Order) -> str:
    """Return the name of the order's files, without ending, in the active language."""
    return f"{_p('file name', 'ticket')}-{order.code}"


def _subject(order: Order, valid: Sequence[PrintedTicket], *, has_no_ticket: bool = False) -> str:
    """Return the subject; of tickets for one date it names the date, by which people find the mail again."""
    told = {"count": len(valid), "festival": order.edition.name}
    if has_no_ticket:
        return _("Your order is paid: %(festival)s") % told
    if not valid:
        return _("No valid ticket any more: %(festival)s") % told
    dates = {one for printed in valid for one in printed.dates}
    if len(dates) != 1:
        return ngettext("Your ticket: %(festival)s", "Your %(count)s tickets: %(festival)s", len(valid)) % told
    day = typography.plain_short_date(dates.pop())
    return ngettext(
        "Your ticket for %(day)s: %(festival)s", "Your %(count)s tickets for %(day)s: %(festival)s", len(valid)
    ) % (told | {"day": day})


def _code_image(printed: PrintedTicket) -> MIMEPart:
    """Return the QR code as an inline picture, shown by mail programs that load nothing from outside."""
    return mime.picture(
        qr.png(printed.token),
        subtype="png",
        name=f"{printed.short_code}.png",
        cid=f"{printed.ticket.short_code}@ticket",
    )
