"""The office's screens about an order's money: what came, what goes back; first what follows, then the last click."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from festival.cms.recorded import actor_of
from festival.text import typography
from festival.time import clock
from tickets.exceptions import NotCancellable
from tickets.models import Order, Provider, Refund, Ticket
from tickets.orders import cancelling, queries as order_queries, taking_back
from tickets.payments import queries, refunding, settling
from tickets.payments.faults import ReferenceUsed, RefundTooHigh
from tickets.payments.settling import Outcome
from tickets.returns.money_forms import ReceivedForm, RefundForm

CONFIRM = "tickets.confirm_payment"
REFUND = "tickets.refund_payment"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CONFIRM, raise_exception=True)
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what came for an order, and say what follows; POST confirms it."""
    order = get_object_or_404(Order.objects.select_related("edition").exclude(email=""), pk=pk)
    awaited = queries.open_payment(order)
    missing = order.total_cents - queries.balance(order)
    way = awaited.provider if awaited and awaited.provider != Provider.STRIPE else Provider.TRANSFER
    posted = request.POST if request.method == "POST" else None
    form = ReceivedForm(posted, order=order, missing=missing, way=way)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            outcome = settling.receive(
                order=order,
                way=data["way"],
                amount_cents=data["amount"],
                reference=data["reference"],
                key=data["key"],
                came_at=data["came_at"],
                now=clock.now(),
                actor=actor_of(request),
            )
        except ReferenceUsed:
            form.add_error("reference", _("Another payment came with this reference: is it the same one?"))
        else:
            messages.success(request, _said(outcome))
            return redirect("order:inspect", pk)
    context = {"order": order, "form": form, "missing": missing}
    return render(request, "tickets/office/receive.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(REFUND, raise_exception=True)
def refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which lines are cancelled, show what follows and how much goes back; the second POST does it."""
    order = get_object_or_404(Order.objects.select_related("edition"), pk=pk, state=Order.State.PAID)
    form = RefundForm(request.POST if request.method == "POST" else None, order=order)
    context: dict[str, object] = {"order": order, "form": form}
    if request.method == "POST" and form.is_valid():
        ticked = {line.pk for line in form.cleaned_data["lines"]}
        found = order_queries.lines_with_belongings(order, ticked)
        total = sum(taking_back.in_full(order, found).values())
        shown = form.cleaned_data["cents"]
        if "confirm" in request.POST and shown == total:
            return _refund(request, order, form, ticked, total)
        context |= {
            "total": total,
            "tickets": Ticket.objects.filter(line__in=found, state=Ticket.State.VALID).count(),
            "passed_on": Ticket.objects.filter(line__in=found, state=Ticket.State.VALID).exclude(order=order).count(),
            "stay": Ticket.objects.filter(line__order=order, state=Ticket.State.VALID).exclude(line__in=found).count(),
            "has_changed": "confirm" in request.POST,
        }
    return render(request, "tickets/office/refund.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(REFUND, raise_exception=True)
def refund_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a refund which the office sends by hand has gone."""
    found = get_object_or_404(Refund.objects.select_related("order"), pk=pk)
    if refunding.confirm(refund=found, now=clock.now(), actor=actor_of(request)):
        messages.success(request, _("Noted: the money has gone back."))
    return redirect("order:inspect", found.order_id)


def _refund(request: HttpRequest, order: Order, form: RefundForm, ticked: set[int], total: int) -> HttpResponse:
    try:
        cancelling.refund(
            order=order,
            lines=ticked,
            cents=total,
            actor=actor_of(request),
            now=clock.now(),
            reason=form.cleaned_data["reason"],
        )
    except NotCancellable:
        messages.error(request, _("Meanwhile something of it was cancelled. Look at the order once more."))
    except RefundTooHigh:
        messages.error(request, _("So much was never paid, or it went back already. Nothing was changed."))
    else:
        told = {"amount": typography.price(total, order.currency)}
        messages.success(request, _("Cancelled. %(amount)s go back, and the buyer is told.") % told)
    return redirect("order:inspect", order.pk)


def _said(outcome: Outcome) -> str:
    return {
        Outcome.PAID: _("The order is paid: its tickets are on their way."),
        Outcome.SHORT: _("Noted. Something is missing still, and the buyer is told."),
        Outcome.RETURNED: _("Noted. It cannot pay this order any more, so it is to be sent back: see its refunds."),
        Outcome.KNOWN: _("This payment was noted before. Nothing was changed."),
    }[outcome]
