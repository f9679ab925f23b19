"""The mails about giving back: that the office was asked, that it refused; and what the office is asked itself."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _, override

from festival.core.delivery import fact_of
from festival.models import OutgoingMail
from festival.text import typography
from tickets.delivery.notices import Notice, notice_mail, order_address
from tickets.models import Order, Refund, RefundRequest


def build_asked(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that a wish has come and is looked at; None when it was answered meanwhile."""
    asked = fact_of(mail)
    if not isinstance(asked, RefundRequest) or asked.state != RefundRequest.State.OPEN:
        return None
    order = asked.order
    with override(order.language):
        paragraphs = [_("We have your wish to give something of order %(code)s back, and look at it.")]
        if _is_payer(asked):
            paragraphs.append(_("If we agree, you get %(amount)s back: what our rules gave on the day you asked."))
        paragraphs.append(_("Until we answer, your tickets stay valid."))
        told = _told(order, asked.cents)
        notice = Notice(
            title=_("We have your wish"),
            paragraphs=[sentence % told for sentence in paragraphs],
            address=order_address(order),
            button=_("To my order"),
        )
        return notice_mail(order, notice, subject=_("Your wish about order %(code)s: %(festival)s") % told)


def build_refused(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says no, and why."""
    asked = fact_of(mail)
    if not isinstance(asked, RefundRequest) or asked.state != RefundRequest.State.REFUSED:
        return None
    order = asked.order
    with override(order.language):
        told = _told(order, asked.cents)
        notice = Notice(
            title=_("We cannot take it back"),
            paragraphs=[
                _("You wished to give something of order %(code)s back. We are sorry: that is not possible.") % told,
                _("The reason: %(reason)s") % {"reason": asked.reason},
                _("Your tickets stay valid. We look forward to seeing you!"),
            ],
            address=order_address(order),
            button=_("To my order"),
        )
        return notice_mail(order, notice, subject=_("Your wish about order %(code)s: %(festival)s") % told)


def build_outside(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail to the office that asks what a refund was for that somebody made at the payment service."""
    made = fact_of(mail)
    if not isinstance(made, Refund) or made.clarified_at is not None:
        return None
    order = made.order
    with override(mail.language):
        told = _told(order, made.amount_cents)
        notice = Notice(
            title=_("A refund that was made at the payment service"),
            paragraphs=[
                _("Somebody sent %(amount)s of order %(code)s back at the payment service itself.") % told,
                _("The books know it, and nothing was cancelled: say which tickets it was for."),
            ],
            address=settings.BASE_URL + reverse("order:clarify", args=[made.pk]),
            button=_("Say what it was for"),
        )
        letter = notice_mail(order, notice, subject=_("What was this refund for? Order %(code)s") % told)
        letter.to = [mail.to]
        return letter


def _is_payer(asked: RefundRequest) -> bool:
    return not asked.lines.exclude(order=asked.order_id).exists()


def _told(order: Order, cents: int) -> dict[str, object]:
    amount = typography.price(cents, order.currency)
    return {"code": order.code, "festival": order.edition.name, "amount": amount}
