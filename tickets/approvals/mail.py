"""The mails about what needs approval: that it is being looked at, accepted and to be paid, or refused.

What is accepted and free gets its tickets, by the mail that brings all tickets.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _, override

from festival.core.delivery import fact_of
from festival.models import OutgoingMail
from festival.text import typography
from festival.text.typography import listed
from tickets.delivery.notices import Notice, notice_mail, order_address
from tickets.models import Approval, Order


def build_asked(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that the office has a request, or None when it does not wait any more."""
    order = fact_of(mail)
    if not isinstance(order, Order) or order.state != Order.State.HELD or not order.awaits_approval:
        return None
    with override(order.language):
        told = {"what": _what(order), "festival": order.edition.name}
        notice = Notice(
            title=_("We have your request"),
            paragraphs=[
                _("You asked for this: %(what)s (%(festival)s). Your places are kept while we look at it.") % told,
                _("You get a mail as soon as it is decided. Meanwhile there is nothing to do."),
            ],
            address=order_address(order),
            button=_("How my request stands"),
            after=_("There you can also withdraw it."),
        )
        return notice_mail(order, notice, subject=_("Your request %(code)s") % {"code": order.code})


def build_accepted(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that a request is accepted and to be paid, or None when it is not any more."""
    order = fact_of(mail)
    if not isinstance(order, Order) or order.state != Order.State.HELD or order.expires_at is None:
        return None
    with override(order.language):
        end = typography.local(order.expires_at)
        told = {
            "what": _what(order),
            "time": typography.clock_time(end),
            "day": typography.plain_short_date(end.date()),
            "amount": typography.price(order.total_cents, order.currency),
        }
        notice = Notice(
            title=_("Your request is accepted"),
            paragraphs=[
                _("This is yours: %(what)s. Please pay %(amount)s; your places are kept until %(time)s on %(day)s.")
                % told
            ],
            address=order_address(order, "tickets-order-pay"),
            button=_("Go on to the payment"),
        )
        subject = _("Accepted, and to be paid: %(code)s") % {"code": order.code}
        return notice_mail(order, notice, subject=subject)


def build_refused(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that a request is refused, and why; None when it is not."""
    approval = fact_of(mail)
    if not isinstance(approval, Approval) or approval.is_accepted is not False:
        return None
    order = approval.order
    with override(order.language):
        told = {"what": _what(order), "festival": order.edition.name, "reason": approval.reason}
        notice = Notice(
            title=_("Your request was not accepted"),
            paragraphs=[
                _("You asked for this: %(what)s (%(festival)s). We are sorry: it could not be accepted.") % told,
                _("The reason: %(reason)s") % told,
            ],
            address=settings.BASE_URL + reverse("tickets-office"),
            button=_("To the ticket office"),
        )
        return notice_mail(order, notice, subject=_("Your request %(code)s") % {"code": order.code})


def _what(order: Order) -> str:
    return listed(sorted({str(line.product_name) for line in order.lines.all()}))
