"""What somebody needs to pay by hand, as PDF: to print it, or to scan it from another screen."""

from django.template.loader import render_to_string
from django.utils.translation import override

from festival.documents.pdf import write_pdf
from festival.documents.shapes import garland_address
from tickets.delivery import qr
from tickets.models import Payment
from tickets.payments import queries
from tickets.payments.instructions import how_to_pay, instructions, transfer_code


def payment_pdf(payment: Payment) -> bytes:
    """Return one A4 page that says how to pay, in the order's language, with the code that fills in a transfer."""
    order, code = payment.order, transfer_code(payment)
    with override(order.language):
        context = {
            "order": order,
            "edition": order.edition,
            "garland": garland_address((section.shape, section.colour) for section in order.edition.sections.all()),
            "how": how_to_pay(payment),
            "rows": instructions(payment),
            "summary": queries.summary_of(order),
            "has_code": bool(code),
        }
        html = render_to_string("tickets/payments/pdf/pay.html", context)
    drawings = {"transfer": qr.free_drawing(code)} if code else {}
    return write_pdf(html, styles="tickets/delivery/pdf/tickets.css", drawings=drawings)
