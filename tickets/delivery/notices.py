"""The short mails about an order: the link that confirms it, and that it was cancelled. No ticket, no code in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _, ngettext, override

from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail
from festival.text import typography
from tickets.delivery.queries import earlier_orders, places_of
from tickets.models import Order


@dataclass(frozen=True, slots=True)
class Notice:
    """What such a mail says; `address` is where its `button` leads, `after` stands below it."""

    title: str
    paragraphs: Sequence[str]
    address: str = ""
    button: str = ""
    after: str = ""


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
        return _mail(order, notice, subject=_("Please confirm: %(festival)s") % {"festival": festival})


def build_cancellation(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that an order was cancelled, or None when it is gone."""
    order = fact_of(mail)
    if not isinstance(order, Order) or order.state != Order.State.CANCELLED:
        return None
    with override(order.language):
        festival = str(order.edition.name)
        count = places_of(order)
        paragraphs = [
            ngettext(
                "Your order %(code)s is cancelled: its ticket opens no door any more.",
                "Your order %(code)s is cancelled: its %(count)s tickets open no door any more.",
                count,
            )
            % {"code": order.code, "count": count}
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
        return _mail(order, notice, subject=subject)


def _mail(order: Order, notice: Notice, *, subject: str) -> EmailMultiAlternatives:
    context = {
        "order": order,
        "edition": order.edition,
        "title": notice.title,
        "paragraphs": notice.paragraphs,
        "address": notice.address,
        "button": notice.button,
        "after": notice.after,
        "find_address": settings.BASE_URL + reverse("tickets-find") if order.state == Order.State.HELD else "",
    }
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("tickets/delivery/mail/notice.txt", context),
        to=[order.email],
        **from_edition(order.edition),
    )
    mail.attach_alternative(render_to_string("tickets/delivery/mail/notice.html", context), "text/html")
    return mail
