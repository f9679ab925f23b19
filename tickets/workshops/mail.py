"""The mails of a waiting list: that one is on it, and that a place is held. No ticket, no code in them."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _, override

from festival.core.delivery import fact_of
from festival.models import OutgoingMail
from festival.text import typography
from program.models import Occurrence
from tickets.delivery.notices import Notice, confirmation_token, notice_mail, order_address
from tickets.models import Order, OrderLine, WaitingEntry
from tickets.workshops import queries, texts


def build_waiting(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that somebody waits, or None when they do not any more.

    It repeats nothing that was typed but the address: whoever reads it may be a stranger.
    """
    entry = fact_of(mail)
    if not isinstance(entry, WaitingEntry) or entry.state != WaitingEntry.State.WAITING:
        return None
    with override(entry.language):
        notice = Notice(
            title=_("You are on the waiting list"),
            paragraphs=[
                *_about(entry.occurrence),
                _(
                    "As soon as a place comes free we hold it for you and write to you. Then be quick: it is kept for "
                    "two days while the session is far off, and for twenty minutes at the door."
                ),
            ],
            address=settings.BASE_URL + reverse("tickets-waiting", args=[entry.secret]),
            button=_("My place in line"),
            after=_("There you can also leave the list. It was not you? Then leave it, or do nothing."),
        )
        subject = _("Waiting list: %(session)s") % {"session": entry.occurrence.session}
        return notice_mail(entry, notice, subject=subject)


def build_offer(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail with the link that takes a held place, or None when it is not held any more."""
    order = fact_of(mail)
    if not isinstance(order, Order) or order.state != Order.State.HELD or order.email != mail.to:
        return None
    line = queries.booking_of(order)
    if line is None or line.occurrence is None or order.expires_at is None:
        return None
    with override(order.language):
        end = typography.local(order.expires_at)
        told = {"time": typography.clock_time(end), "day": typography.plain_short_date(end.date())}
        path = reverse("tickets-order-confirm", args=[order.code, order.secret, confirmation_token(order)])
        notice = Notice(
            title=_("A place has come free"),
            paragraphs=[
                *_about(line.occurrence),
                _("It is kept for you until %(time)s on %(day)s; then it goes to the next in line.") % told,
            ],
            address=settings.BASE_URL + path,
            button=_("Take my place"),
            after=_("You do not want it any more? Then do nothing, and somebody else will be glad."),
        )
        subject = _("A place has come free: %(session)s") % {"session": line.occurrence.session}
        return notice_mail(order, notice, subject=subject)


def build_moved(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that a session was moved or called off; None if the place was given back meanwhile."""
    line = fact_of(mail)
    if not isinstance(line, OrderLine) or line.cancelled_at is not None or line.occurrence is None:
        return None
    order = line.ticket.order if hasattr(line, "ticket") else line.order
    if order.email != mail.to:
        return None
    occurrence = line.occurrence
    with override(order.language):
        is_off = bool(occurrence.cancelled_at or occurrence.session.cancelled_at)
        told = {"session": occurrence.session}
        if is_off:
            title, subject = _("A session that you booked is cancelled"), _("Cancelled: %(session)s")
            paragraphs = [str(occurrence.session), _("We are sorry: it does not take place. There is nothing to do.")]
        else:
            title, subject = _("A session that you booked has moved"), _("Moved: %(session)s")
            paragraphs = [*_about(occurrence), _("Your place is kept. If you cannot come then, give it back, please.")]
        notice = Notice(title=title, paragraphs=paragraphs, address=order_address(order), button=_("To my booking"))
        return notice_mail(order, notice, subject=subject % told)


def _about(occurrence: Occurrence) -> list[str]:
    placed = f"{texts.when(occurrence)}, {texts.where(occurrence)}."
    return [str(occurrence.session), placed[:1].upper() + placed[1:]]
