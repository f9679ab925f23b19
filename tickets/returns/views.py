"""The office's screens about what goes back, and its notes: first what follows, then the last click."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from festival.cms.editions import chosen_edition
from festival.cms.recorded import actor_of
from festival.text import typography
from festival.time import clock
from tickets.delivery import queries as delivery_queries
from tickets.exceptions import NotCancellable
from tickets.models import Order, Refund, RefundRequest
from tickets.orders import placing, queries as order_queries
from tickets.payments.faults import RefundTooHigh
from tickets.returns import clarifying, giving, noting, queries, requesting
from tickets.returns.forms import AnswerForm, ClarifyForm, GiveForm, NoteForm

REFUND = "tickets.refund_payment"
CONFIRM = "tickets.confirm_payment"


@require_safe
@permission_required(REFUND, raise_exception=True)
def refunds(request: HttpRequest) -> HttpResponse:
    """Show what waits: wishes to answer, money to send by hand, refunds made at the service, each with its sum."""
    edition = chosen_edition(request)
    pk = edition.pk if edition else None
    asked, to_send = list(queries.open_requests(pk)), list(queries.to_send(pk))
    unclear, under_way = list(queries.unclear(pk)), list(queries.under_way(pk))
    context = {
        "currency": edition.currency if edition else "EUR",
        "asked": asked,
        "asked_cents": sum(one.cents for one in asked),
        "to_send": to_send,
        "to_send_cents": sum(one.amount_cents for one in to_send),
        "unclear": unclear,
        "unclear_cents": sum(one.amount_cents for one in unclear),
        "under_way": under_way,
        "under_way_cents": sum(one.amount_cents for one in under_way),
    }
    return render(request, "tickets/office/refunds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(REFUND, raise_exception=True)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody wants to give back, and what follows; POST accepts or refuses."""
    asked = get_object_or_404(RefundRequest.objects.select_related("order__edition", "ticket"), pk=pk)
    if asked.state != RefundRequest.State.OPEN:
        messages.warning(request, _("This was answered already."))
        return redirect("order:inspect", asked.order_id)
    back = queries.answer_now(asked)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    has_changed = False
    if request.method == "POST" and form.is_valid():
        if "refuse" in request.POST or form.cleaned_data["cents"] == back:
            return _answer(request, asked, form, back)
        has_changed = True
    lines = order_queries.lines_to_cancel(asked.order, asked.ticket)
    tickets = [one for one in delivery_queries.tickets_of(asked.order) if one.line_id in {line.pk for line in lines}]
    context = {
        "asked": asked,
        "order": asked.order,
        "form": form,
        "back": back,
        "lines": lines,
        "used": len(delivery_queries.used_among(tickets)),
        "has_changed": has_changed,
    }
    return render(request, "tickets/office/answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(REFUND, raise_exception=True)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask how much goes back though everything stays valid, show what follows; the second POST does it."""
    order = get_object_or_404(Order.objects.select_related("edition"), pk=pk)
    left = giving.left_to_give(order)
    form = GiveForm(request.POST if request.method == "POST" else None, order=order, left=left)
    context: dict[str, object] = {"order": order, "form": form, "left": left}
    if request.method == "POST" and form.is_valid():
        cents = form.cleaned_data["amount"]
        if "confirm" in request.POST and form.cleaned_data["cents"] == cents:
            return _give(request, order, cents, form.cleaned_data["told"])
        context |= {"cents": cents, "stays": order.total_cents - cents}
    return render(request, "tickets/office/give.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(REFUND, raise_exception=True)
def clarify(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what a refund made at the payment service was for; POST cancels that, or nothing."""
    made = get_object_or_404(Refund.objects.select_related("order__edition"), pk=pk, reason=Refund.Reason.OUTSIDE)
    form = ClarifyForm(request.POST if request.method == "POST" else None, order=made.order)
    if request.method == "POST" and form.is_valid():
        try:
            count = clarifying.clarify(
                refund=made,
                lines={line.pk for line in form.cleaned_data["lines"]},
                reason=form.cleaned_data["reason"],
                actor=actor_of(request),
                now=clock.now(),
            )
        except NotCancellable:
            messages.error(request, _("Meanwhile somebody has answered this, or something of it was cancelled."))
        else:
            messages.success(request, _("Noted, and cancelled.") if count else _("Noted: everything stays valid."))
        return redirect("order:inspect", made.order_id)
    context = {"made": made, "order": made.order, "form": form}
    return render(request, "tickets/office/clarify.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(CONFIRM, raise_exception=True)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a note about an order; buyers never see it."""
    order = get_object_or_404(Order.objects.select_related("edition"), pk=pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        noting.note(order=order, text=form.cleaned_data["text"], actor=actor_of(request), now=clock.now())
        messages.success(request, _("Noted."))
    else:
        messages.error(request, " ".join(str(error) for error in form.errors["text"]))
    return redirect("order:inspect", pk)


@require_POST
@permission_required(CONFIRM, raise_exception=True)
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the mail of an order again, to the address that it has."""
    order = get_object_or_404(Order.objects.select_related("edition").exclude(email=""), pk=pk)
    if order.state in {Order.State.EXPIRED, Order.State.CANCELLED} or (order.is_basket and order.state == "held"):
        messages.warning(request, _("This order has nothing to send."))
    else:
        placing.resend_order_mail(order=order, actor=actor_of(request), now=clock.now())
        messages.success(request, _("The e-mail is on its way to %(email)s.") % {"email": order.email})
    return redirect("order:inspect", pk)


def _answer(request: HttpRequest, asked: RefundRequest, form: AnswerForm, back: int) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    try:
        if "refuse" in request.POST:
            requesting.refuse(request=asked, reason=form.cleaned_data["reason"], actor=actor, now=now)
            messages.success(request, _("Refused. The tickets stay valid, and their holder is told."))
        else:
            requesting.accept(request=asked, cents=back, actor=actor, now=now)
            told = {"amount": typography.price(back, asked.order.currency)}
            messages.success(request, _("Accepted. %(amount)s go back, and the buyer is told.") % told)
    except NotCancellable:
        messages.error(request, _("Meanwhile something has changed. Look at the order once more."))
        return redirect("order:inspect", asked.order_id)
    return redirect("order:refunds")


def _give(request: HttpRequest, order: Order, cents: int, told: str) -> HttpResponse:
    try:
        giving.give(order=order, cents=cents, told=told, actor=actor_of(request), now=clock.now())
    except RefundTooHigh:
        messages.error(request, _("So much was never paid, or it went back already. Nothing was changed."))
    else:
        amount = typography.price(cents, order.currency)
        messages.success(request, _("%(amount)s go back, and the buyer is told.") % {"amount": amount})
    return redirect("order:inspect", order.pk)
