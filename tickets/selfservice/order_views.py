"""Pages below that of an order: giving all its places back, and what was asked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from festival.core.audit import Actor
from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.web import rate_limits
from tickets.delivery import queries
from tickets.exceptions import NotCancellable
from tickets.models import Order, Ticket
from tickets.orders import wording as order_wording
from tickets.orders.order_views import private
from tickets.questions import answering, queries as question_queries, sheets
from tickets.questions.faults import NotAnswerable
from tickets.questions.forms import AnswersForm
from tickets.returns import queries as returns, requesting
from tickets.selfservice import wording
from tickets.uploads.faults import FileGone
from tickets.uploads.forms import forget_kept
from tickets.uploads.views import keep_files

ANSWER = Rate("answer", limit=30, seconds=3600)
ANSWER_PER_NETWORK = Rate("answer-network", limit=240, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def cancel(request: HttpRequest, order: Order) -> HttpResponse:
    """Ask, and then give the places of an order back, or ask the office to take them."""
    tickets = [ticket for ticket in queries.tickets_of(order) if ticket.state == Ticket.State.VALID]
    now = clock.now()
    quote = returns.quote(order, None, now=now)
    if order.state not in Order.STATES_HOLDING or (order.state == Order.State.PAID and not quote.lines):
        return redirect("tickets-order", order.code, order.secret)
    refused, what = None, wording.what_is_left(order)
    has_changed = request.method == "POST" and request.POST.get("back", str(quote.back)) != str(quote.back)
    if request.method == "POST" and not has_changed:
        actor = Actor.of_order(order.code, order.name)
        try:
            is_asked = requesting.give_back(order=order, only=None, quote=quote, actor=actor, now=now)
        except NotCancellable as error:
            refused = order_wording.not_cancellable(error, order)
        else:
            messages.success(request, wording.given_back(is_asked=True) if is_asked else wording.freed(what))
            return redirect("tickets-order", order.code, order.secret)
    context = {
        "order": order,
        "tickets": tickets,
        "count": len(tickets) or queries.places_of(order),
        "what": what,
        "refused": refused,
        "quote": quote,
        "rules": order_wording.refund_rules(quote.lines, now) if order.state == Order.State.PAID else [],
        "has_changed": has_changed,
    }
    return render(request, "tickets/orders/cancel.html", context, status=409 if refused or has_changed else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def answers(request: HttpRequest, order: Order) -> HttpResponse:
    """Show the questions that can still be answered; a post keeps the answers."""
    if order.state not in {Order.State.PAID, Order.State.PENDING}:
        return redirect("tickets-order", order.code, order.secret)
    now, stored = clock.now(), question_queries.answers_of(order)
    lines = [line for line in question_queries.lines_to_ask(order) if line.guest_id is None]
    asked = sheets.still_open(order, lines, stored, now=now)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AnswersForm(asked, *posted, key=order.secret)
    context = {"order": order, "form": form, "told": sheets.told_of(order, lines, stored)}
    if request.method != "POST" or not asked:
        return _answers_page(request, context)
    try:
        if not keep_files(request, form):
            return _answers_page(request, context, status=422)
        count_all(
            [Use(ANSWER, order.code), *rate_limits.uses_by_network(ANSWER_PER_NETWORK, request)], now=timezone.now()
        )
        answering.change(order=order, given=form.given(), actor=Actor.of_order(order.code, order.name), now=now)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, now))
        return rate_limits.too_many(_answers_page(request, context), error)
    except FileGone:
        forget_kept(form)
        return _answers_page(request, context, status=409)
    except NotAnswerable:
        messages.error(request, _("This cannot be changed any more. Write to us if it matters."))
    else:
        messages.success(request, _("Your answers are kept. Thank you!"))
    return redirect("tickets-order", order.code, order.secret)


def _answers_page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context["form"].focus_first_error()
    return render(request, "tickets/questions/answers.html", context, status=status)
