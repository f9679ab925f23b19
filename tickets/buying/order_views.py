"""Where a payment service sends the buyer back to."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from festival.time import clock
from tickets.models import MoneyState, Order, Payment
from tickets.orders.order_views import private
from tickets.payments.faults import ProviderFailed, ReferenceUsed
from tickets.stripe import reconciling

logger = logging.getLogger(__name__)


@require_safe
@private
def paid(request: HttpRequest, order: Order) -> HttpResponse:
    """Ask the service once, and say what is true: paid, not paid, or on its way."""
    payment = reconciling.awaited_at_service(order)
    state = _asked(payment) if payment else None
    order.refresh_from_db()
    if payment is None or order.state != Order.State.PENDING or state == MoneyState.CONFIRMED:
        return redirect("tickets-order", order.code, order.secret)
    if state == MoneyState.FAILED:
        return redirect("tickets-order-pay", order.code, order.secret)
    return render(request, "tickets/buying/on_its_way.html", {"order": order, "payment": payment})


def _asked(payment: Payment) -> MoneyState:
    try:
        return reconciling.ask_payment(payment=payment, now=clock.now())
    except (ProviderFailed, ReferenceUsed):
        logger.exception("Payment %s was not asked for.", payment.pk)
        return MoneyState.PENDING
