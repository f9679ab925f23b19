"""The mail that brings the tickets: HTML and plain text, the PDF and the calendar file attached."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from tickets.delivery import calendar, links, notices, pdf, qr, queries
from tickets.delivery.printed_tickets import PrintedTicket, printed_tickets
from tickets.models import Guest, Order, OrderLine

_CODES_SHOWN = 10  # a larger group opens the PDF


def build(mail: OutgoingMail) -> Letter | None:
    """Return the mail of the outbox that brings an order's tickets, or None when the order is gone."""
    order = fact_of(mail)
    if not isinstance(order, Order):
        return None
    mine = queries.handed_to_buyer(queries.tickets_of(order))
    return order_mail(order, printed_tickets(mine), now=mail.created_at)


def build_for_guest(mail: OutgoingMail) -> Letter | None:
    """Return the mail that brings a guest what is theirs, or None when nothing is, or not at this address any more."""
    guest = fact_of(mail)
    if not isinstance(guest, Guest) or guest.email != mail.to:
        return None
    lines = queries.live_lines(guest)
    if not lines:
        return None
    order = guest.order
    tickets = [one for one in queries.tickets_of(order) if one.line.guest_id == guest.pk]
    extras = [(line, 1) for line in lines if line.kind != OrderLine.Kind.ADMISSION]
    to = Recipient(guest.email, guest.language, links.own_address(guest), guest)
    return _letter(order, to, printed_tickets(tickets), extras, now=mail.created_at)


def order_mail(order: Order, tickets: Sequence[PrintedTicket], *, now: datetime) -> Letter:
    """Return the mail for an order, in its language, not sent yet; `now` dates what changed in its calendar file."""
    to = Recipient(order.email, order.language, notices.order_address(order))
    extras = queries.extras_of(order, [printed.ticket for printed in tickets])
    return _letter(order, to, tickets, extras, now=now)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets the mail, in which language, and the address of their page; `guest` if it is not the buyer."""

    email: str
    language: str
    address: str
    guest: Guest | None = None


def _letter(
    order: Order,
    to: Recipient,
    tickets: Sequence[PrintedTicket],
    extras: Sequence[tuple[OrderLine, int]],
    *,
    now: datetime,
) -> Letter:
    valid = [printed for printed in tickets if printed.is_valid]
    guests = _to_invite(order) if to.guest is None else []
    has_no_ticket = bool(extras or guests) and not tickets
    with override(to.language):
        context = {
            "order": order,
            "edition": order.edition,
            "printed_tickets": tickets,
            "valid": valid,
            "extras": extras,
            "fees": queries.fees_of(order) if to.guest is None and order.total_cents else [],
            "is_gift": has_no_ticket and queries.are_gifts(extras),
            "guests": guests,
            "with_code": valid[:_CODES_SHOWN],
            "paid": 0 if to.guest else order.total_cents,  # the pot’s too: nothing tells its tickets apart
        } | _addresses(order, to, has_valid=bool(valid))
        mail = Letter(
            subject=_subject(order, valid, has_no_ticket=has_no_ticket),
            body=render_to_string("tickets/delivery/mail/order.txt", context),
            to=[to.email],
            **from_edition(order.edition),
        )
        mail.attach_alternative(render_to_string("tickets/delivery/mail/order.html", context), "text/html")
        if not has_no_ticket:
            _attach(mail, order, to, tickets, now)
    return mail


def _addresses(order: Order, to: Recipient, *, has_valid: bool) -> dict[str, str]:
    """Return the addresses that the mail names; a guest is told of nothing that is the buyer's alone."""
    is_buyer = to.guest is None
    gives_back = is_buyer and has_valid and order.total_cents == 0
    return {
        "address": to.address,
        "earlier": notices.said_of_earlier(order) if is_buyer and has_valid else "",
        "find_address": settings.BASE_URL + reverse("tickets-find") if is_buyer else "",
        "cancel_address": notices.order_address(order, "tickets-order-cancel") if gives_back else "",
    }


def _to_invite(order: Order) -> list[tuple[Guest, str]]:
    """Return the guests who have not filled in their own, each with the link to be handed on."""
    if not order.is_basket:
        return []
    return [(guest, links.invitation(guest)) for guest in queries.guests_of(order) if guest.filled_at is None]


def _attach(mail: Letter, order: Order, to: Recipient, tickets: Sequence[PrintedTicket], now: datetime) -> None:
    """Attach the codes that the mail shows, the PDF and the calendar, all in the language of whoever gets them."""
    for printed in [printed for printed in tickets if printed.is_valid][:_CODES_SHOWN]:
        mail.attach(_code_image(printed))
    name, own = file_name(order), [printed.ticket for printed in tickets]
    ics = calendar.order_calendar(order, own, now=now, guest=to.guest)
    content = pdf.tickets_pdf([(order, tickets)], language=to.language)
    mail.attach(f"{name}.pdf", content, "application/pdf")
    mail.attach(mime.file(ics, content_type=calendar.content_type(order), name=f"{name}.ics"))


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
