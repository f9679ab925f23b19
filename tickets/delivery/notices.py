"""The short mails about an order: to confirm it, that it or a ticket was cancelled or passed on. No code in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _, ngettext, override

from festival.core.delivery import fact_of
from festival.letters.mime import Letter
from festival.letters.sender import from_edition
from festival.models import OutgoingMail
from festival.text import typography
from tickets.delivery.queries import earlier_orders, places_of, valid_tickets_of
from tickets.models import Order, PotRequest, Ticket, Transfer, WaitingEntry


@dataclass(frozen=True, slots=True)
class Notice:
    """What such a mail says; `address` is where its `button` leads, `after` stands below it.

    `rows` are labels and values to be read one by one, such as those of a bank account; `picture` is the `cid` of a
    code that is attached, and what it says to who does not see it.
    """

    title: str
    paragraphs: Sequence[str]
    address: str = ""
    button: str = ""
    after: str = ""
    rows: Sequence[tuple[str, str]] = ()
    picture: tuple[str, str] | None = None


def confirmation_token(order: Order) -> str:
    """Return the secret in the link that confirms a held order; a corrected address makes older links void."""
    seen = f"{order.code}:{order.secret}:{order.email}"
    return salted_hmac("tickets.order.confirm", seen, algorithm="sha256").hexdigest()[:40]


def is_confirmation_token(order: Order, token: str) -> bool:
    """Return whether the link is the order's newest, in constant time."""
    return constant_time_compare(token, confirmation_token(order))


def said_of_earlier(order: Order) -> str:
    """Return a kind sentence when the address has places for the same day already; it may stand in a mail alone.

    The page after the form says nothing of it: whoever typed the address may be a stranger.
    """
    earlier = earlier_orders(order)
    places = sum(count for _code, count in earlier)
    if not places:
        return ""
    return ngettext(
        "By the way: with this address you had %(count)s place for the same already (%(codes)s). If you meant it so, "
        "all is well; otherwise give back what is too much, somebody else will be glad.",
        "By the way: with this address you had %(count)s places for the same already (%(codes)s). If you meant it so, "
        "all is well; otherwise give back what is too much, somebody else will be glad.",
        places,
    ) % {"count": places, "codes": ", ".join(code for code, _count in earlier)}


def build_confirmation(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail with the link, or None when the order does not wait for this address any more.

    It repeats nothing that was typed but the address: whoever reads it may be a stranger.
    """
    order = fact_of(mail)
    if not isinstance(order, Order) or order.state != Order.State.HELD or order.email != mail.to:
        return None
    with override(order.language):
        count = places_of(order)
        festival = str(order.edition.name)
        kept = ngettext(
            "Somebody, probably you, asked for a place at the %(festival)s with this address. It is kept until "
            "%(time)s on %(day)s.",
            "Somebody, probably you, asked for %(count)s places at the %(festival)s with this address. They are kept "
            "until %(time)s on %(day)s.",
            count,
        )
        end = typography.local(order.expires_at) if order.expires_at else typography.local(order.created_at)
        told = {
            "festival": festival,
            "count": count,
            "time": typography.clock_time(end),
            "day": typography.plain_short_date(end.date()),
        }
        path = reverse("tickets-order-confirm", args=[order.code, order.secret, confirmation_token(order)])
        notice = Notice(
            title=ngettext("Confirm your place", "Confirm your places", count),
            paragraphs=[kept % told, *filter(None, [said_of_earlier(order)])],
            address=settings.BASE_URL + path,
            button=ngettext("Confirm my place", "Confirm my %(count)s places", count) % {"count": count},
            after=_("It was not you? Then do nothing: the places go back by themselves."),
        )
        return notice_mail(order, notice, subject=_("Please confirm: %(festival)s") % {"festival": festival})


def build_cancellation(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that an order was cancelled, or None when it is gone."""
    order = fact_of(mail)
    if not isinstance(order, Order) or order.state != Order.State.CANCELLED:
        return None
    with override(order.language):
        festival = str(order.edition.name)
        count = places_of(order)
        had_tickets = Ticket.objects.filter(order=order).exists()
        paragraphs = [
            ngettext(
                "Your order %(code)s is cancelled: its ticket opens no door any more.",
                "Your order %(code)s is cancelled: its %(count)s tickets open no door any more.",
                count,
            )
            % {"code": order.code, "count": count}
            if had_tickets
            else _("Your order %(code)s is cancelled: nothing is to be paid.") % {"code": order.code}
        ]
        if order.cancel_reason:
            paragraphs.append(_("The reason: %(reason)s") % {"reason": order.cancel_reason})
        paragraphs.append(_("If you still wish to come, register again while there are places."))
        notice = Notice(
            title=_("Your order is cancelled"),
            paragraphs=paragraphs,
            address=settings.BASE_URL + reverse("tickets-office"),
            button=_("To the ticket office"),
        )
        subject = _("Order %(code)s is cancelled: %(festival)s") % {"code": order.code, "festival": festival}
        return notice_mail(order, notice, subject=subject)


def build_ticket_cancellation(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that one ticket of an order was cancelled, or None when that is not so any more."""
    ticket = fact_of(mail)
    if not isinstance(ticket, Ticket) or ticket.state != Ticket.State.CANCELLED:
        return None
    order = ticket.order
    with override(order.language):
        count = valid_tickets_of(order)
        told = {
            "number": typography.number(ticket.number),
            "code": order.code,
            "what": ticket.line.product_name,
            "count": count,
        }
        stays = ngettext(
            "The other ticket of order %(code)s stays valid.",
            "The other %(count)s tickets of order %(code)s stay valid.",
            count,
        )
        notice = Notice(
            title=_("Your ticket is given back"),
            paragraphs=[
                _(
                    "Ticket no. %(number)s of order %(code)s (%(what)s) is cancelled: its code opens no door any more, "
                    "and somebody else can have the place."
                )
                % told,
                *([stays % told] if count else []),
            ],
            address=order_address(order),
            button=_("Open my tickets"),
        )
        subject = _("A ticket of order %(code)s is cancelled: %(festival)s")
        return notice_mail(order, notice, subject=subject % {"code": order.code, "festival": order.edition.name})


def build_received(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail to whom a ticket was passed on, with the way to their page; None when it is theirs no more.

    It repeats nothing that was typed: whoever reads it may be a stranger to whoever typed the address.
    """
    order = fact_of(mail)
    if not isinstance(order, Order) or order.email != mail.to or not valid_tickets_of(order):
        return None
    with override(order.language):
        festival = str(order.edition.name)
        notice = Notice(
            title=_("A ticket for you"),
            paragraphs=[
                _("Somebody who had a ticket for the %(festival)s has passed it on to this address.")
                % {"festival": festival},
                _("It is on a page of your own, with its code, as PDF and for your calendar. Only you have this link."),
            ],
            address=order_address(order),
            button=_("Open my ticket"),
            after=_("You will not come? On the same page you can pass it on, or give the place back."),
        )
        return notice_mail(order, notice, subject=_("A ticket for you: %(festival)s") % {"festival": festival})


def build_passed_on(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail to whoever passed a ticket on, that says so; None when the fact is gone."""
    transfer = fact_of(mail)
    if not isinstance(transfer, Transfer):
        return None
    order, ticket = transfer.giver, transfer.ticket
    with override(order.language):
        told = {
            "number": typography.number(ticket.number),
            "code": order.code,
            "what": ticket.line.product_name,
            "festival": order.edition.name,
        }
        notice = Notice(
            title=_("Your ticket is passed on"),
            paragraphs=[
                _(
                    "Ticket no. %(number)s of order %(code)s (%(what)s) belongs to somebody else now. The code that "
                    "you have opens no door any more."
                )
                % told
            ],
            address=order_address(order),
            button=_("To my order"),
            after=_("It was not you? Answer this mail at once: whoever has the address of your order has its tickets.")
            if order.edition.organiser_email
            else "",
        )
        return notice_mail(order, notice, subject=_("A ticket of order %(code)s is passed on: %(festival)s") % told)


def order_address(order: Order, name: str = "tickets-order") -> str:
    """Return the order's secret page (or the one that `name` names), absolute, in the order's language."""
    with override(order.language):
        return settings.BASE_URL + reverse(name, args=[order.code, order.secret])


def notice_mail(order: Order | WaitingEntry | PotRequest, notice: Notice, *, subject: str) -> EmailMultiAlternatives:
    """Return the mail to whoever ordered, waits, or asks, in the active language."""
    context = {
        "order": order,
        "edition": order.edition,
        "title": notice.title,
        "paragraphs": notice.paragraphs,
        "address": notice.address,
        "button": notice.button,
        "after": notice.after,
        "rows": notice.rows,
        "picture": notice.picture,
        "find_address": settings.BASE_URL + reverse("tickets-find") if order.state == Order.State.HELD else "",
    }
    mail = Letter(
        subject=subject,
        body=render_to_string("tickets/delivery/mail/notice.txt", context),
        to=[order.email],
        **from_edition(order.edition),
    )
    mail.attach_alternative(render_to_string("tickets/delivery/mail/notice.html", context), "text/html")
    return mail
