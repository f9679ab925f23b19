"""The answers of an order, seen and changed by whoever holds its secret address."""

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
from tickets.models import Order
from tickets.orders.order_views import private
from tickets.questions import answering, queries, sheets
from tickets.questions.faults import NotAnswerable
from tickets.questions.forms import AnswersForm

ANSWER = Rate("answer", limit=30, seconds=3600)
ANSWER_PER_NETWORK = Rate("answer-network", limit=240, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def answers(request: HttpRequest, order: Order) -> HttpResponse:
    """Show the questions that can still be answered; a post keeps the answers."""
    if order.state not in {Order.State.PAID, Order.State.PENDING}:
        return redirect("tickets-order", order.code, order.secret)
    now, stored = clock.now(), queries.answers_of(order)
    lines = [line for line in queries.lines_to_ask(order) if line.guest_id is None]
    asked = sheets.still_open(order, lines, stored, now=now)
    form = AnswersForm(asked, request.POST if request.method == "POST" else None)
    context = {"order": order, "form": form, "told": sheets.told_of(order, lines, stored)}
    if request.method != "POST" or not asked:
        return render(request, "tickets/questions/answers.html", context)
    if not form.is_valid():
        form.focus_first_error()
        return render(request, "tickets/questions/answers.html", context, status=422)
    try:
        count_all(
            [Use(ANSWER, order.code), *rate_limits.uses_by_network(ANSWER_PER_NETWORK, request)], now=timezone.now()
        )
        answering.change(order=order, given=form.given(), actor=Actor.of_order(order.code, order.name), now=now)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, now))
        return rate_limits.too_many(render(request, "tickets/questions/answers.html", context), error)
    except NotAnswerable:
        messages.error(request, _("This cannot be changed any more. Write to us if it matters."))
    else:
        messages.success(request, _("Your answers are kept. Thank you!"))
    return redirect("tickets-order", order.code, order.secret)
