"""The mails about paying: how to, that time runs out, that a part is missing, that money goes back, that it is over."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _, override, pgettext as _p

from festival.core.delivery import fact_of
from festival.letters import mime
from festival.models import OutgoingMail
from festival.text import typography
from tickets.delivery import qr
from tickets.delivery.notices import Notice, notice_mail, order_address
from tickets.models import Order, Payment, Provider, Refund
from tickets.payments import pdf
from tickets.payments.instructions import how_to_pay, instructions, transfer_code


def build_instructions(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says how to pay, or None when it is not awaited any more."""
    payment = _awaited(mail)
    if payment is None:
        return None
    with override(payment.order.language):
        return _how_to(payment, title=_("Your order, and how to pay it"), subject=_("To be paid: order %(code)s"))


def build_reminder(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that the time to pay ends soon, or None when nothing is awaited any more."""
    payment = _awaited(mail)
    if payment is None:
        return None
    with override(payment.order.language):
        first = _("Nothing has come yet for your order. If you paid in the last days, all is well: do nothing.")
        subject = _("Still to be paid: order %(code)s")
        return _how_to(payment, title=_("Your places are still kept"), subject=subject, first=[first])


def build_short(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that less came than was asked for, or None when the rest is not awaited any more."""
    payment = _awaited(mail)
    if payment is None:
        return None
    with override(payment.order.language):
        missing = typography.price(payment.amount_cents, payment.order.currency)
        first = _("Thank you, your payment has come. %(missing)s are still missing.") % {"missing": missing}
        subject = _("A part is missing: order %(code)s")
        return _how_to(payment, title=_("A part is still missing"), subject=subject, first=[first])


def build_refunded(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that money goes back, and why; None when it does not any more."""
    refund = fact_of(mail)
    if not isinstance(refund, Refund) or refund.state not in Refund.OWED:
        return None
    order = refund.order
    with override(order.language):
        amount = typography.price(refund.amount_cents, order.currency)
        told = {"amount": amount, "code": order.code, "festival": order.edition.name}
        reasons = {
            Refund.Reason.LATE: _(
                "Your payment for order %(code)s came after its time, and the places were gone. We are sorry."
            ),
            Refund.Reason.TOO_MUCH: _("More came for order %(code)s than was to be paid."),
            Refund.Reason.GIVEN_BACK: _("What you gave back of order %(code)s is cancelled."),
            Refund.Reason.GOODWILL: _("We pay a part of order %(code)s back to you. Your tickets stay valid."),
            Refund.Reason.OUTSIDE: _("We have paid a part of order %(code)s back to you."),
        }
        notice = Notice(
            title=_("You get %(amount)s back") % told,
            paragraphs=[
                reasons[Refund.Reason(refund.reason)] % told,
                _("We send you %(amount)s the way that they came.") % told
                if refund.provider != Provider.ONSITE
                else _("You get %(amount)s back at the reception, or by bank transfer: answer this mail.") % told,
                *([refund.told] if refund.told else []),
            ],
            address=order_address(order),
            button=_("To my order"),
        )
        return notice_mail(order, notice, subject=_("A refund for order %(code)s: %(festival)s") % told)


def build_expired(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that an order was not paid in time, or None when that is not so any more."""
    order = fact_of(mail)
    if not isinstance(order, Order) or order.state != Order.State.EXPIRED:
        return None
    with override(order.language):
        told = {"code": order.code, "festival": order.edition.name}
        notice = Notice(
            title=_("The time to pay is over"),
            paragraphs=[
                _("Order %(code)s was not paid in time, so its places are free for others.") % told,
                _("Paid already? Then all is well: when your payment comes and places are left, you get your tickets."),
            ],
            address=settings.BASE_URL + reverse("tickets-office"),
            button=_("To the ticket office"),
        )
        return notice_mail(order, notice, subject=_("Order %(code)s has ended: %(festival)s") % told)


def _awaited(mail: OutgoingMail) -> Payment | None:
    payment = fact_of(mail)
    if not isinstance(payment, Payment) or payment.state not in Payment.OPEN:
        return None
    return payment if payment.order.state == Order.State.PENDING else None


def _how_to(payment: Payment, *, title: str, subject: str, first: Sequence[str] = ()) -> EmailMultiAlternatives:
    order, code = payment.order, transfer_code(payment)
    told = {"code": order.code, "festival": order.edition.name}
    cid = f"{order.code}@transfer" if code else ""
    notice = Notice(
        title=title,
        paragraphs=[*first, how_to_pay(payment)],
        address=order_address(order),
        button=_("To my order"),
        after=_("The tickets come by mail as soon as the payment is here."),
        rows=instructions(payment),
        picture=(cid, _("QR code that fills in the transfer")) if code else None,
    )
    letter = notice_mail(order, notice, subject=f"{subject}, %(festival)s" % told)
    if code:
        letter.attach(mime.picture(qr.free_png(code), subtype="png", name=f"{order.code}.png", cid=cid))
    name = f"{_p('file name', 'payment')}-{order.code}.pdf"
    letter.attach(name, pdf.payment_pdf(payment), "application/pdf")
    return letter
