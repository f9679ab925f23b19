"""The steps of a purchase after the choice: say who you are, pay. The secret address of the order leads to each."""

import math

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods

from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import in_place, rate_limits
from festival.web.in_place import render_part
from tickets.buying import detailing, holding, queries, wording
from tickets.buying.forms import DetailsForm, PayForm, ToFill
from tickets.catalogue.per_person import TooManyForPerson
from tickets.exceptions import HoldOver, SaleError
from tickets.models import Order
from tickets.orders.order_views import private
from tickets.orders.wording import refund_rules
from tickets.payments import paying, queries as payment_queries
from tickets.payments.faults import ProviderFailed
from tickets.payments.queries import SummaryLine
from tickets.questions import queries as question_queries, sheets
from tickets.uploads.faults import FileGone
from tickets.uploads.forms import forget_kept, take_files
from tickets.uploads.views import keep_files
from tickets.waitingroom import gate

PER_ADDRESS = Rate("basket-address", limit=20, seconds=3600)
MORE_TIME = "more_time"  # the button that asks for it; what was typed until then stays in the form


@require_http_methods(["GET", "HEAD", "POST"])
@private
def details(request: HttpRequest, order: Order) -> HttpResponse:
    """Ask who buys, and whose names the tickets carry."""
    if not _is_held(order):
        return _to_order(order)
    summary = payment_queries.summary_of(order)
    to_fill = _to_fill(order, summary)
    if request.method != "POST":
        return _page(request, order, DetailsForm(order, to_fill), summary)
    form = DetailsForm(order, to_fill, request.POST, request.FILES)
    if in_place.only_looks(request):
        form.tell_only(in_place.seen(request))
        return _page(request, order, form, summary, status=422 if form.errors else 200)
    return _answer(request, order, form, to_fill, summary)


def _answer(
    request: HttpRequest, order: Order, form: DetailsForm, to_fill: ToFill, summary: list[SummaryLine]
) -> HttpResponse:
    """Take the details if they are right, or show them again with what is wrong."""
    try:
        is_right = keep_files(request, form)
        if MORE_TIME in request.POST:
            return _page(request, order, _with_more_time(request, order, form, to_fill), summary)
        return _take_details(request, order, form, summary) if is_right else _page(request, order, form, summary, 422)
    except RateLimited as error:
        form.add_error("email", rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_page(request, order, form, summary), error)
    except FileGone:
        forget_kept(form)
    except TooManyForPerson as error:
        form.add_error("email", wording.refusal(error))
    except HoldOver:
        return _to_order(order)
    return _page(request, order, form, summary, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def pay(request: HttpRequest, order: Order) -> HttpResponse:
    """Ask how it is paid; a post orders with the obligation to pay."""
    if not (_is_held(order) or order.state == Order.State.PENDING):
        return _to_order(order)
    if not order.email:
        return redirect("tickets-order-details", order.code, order.secret)
    now = clock.now()
    terms = payment_queries.terms_of(order.edition)
    ways = payment_queries.ways_of(order, now)
    if MORE_TIME in request.POST:
        _give_more_time(request, order)
        return _pay_page(request, order, PayForm(order, ways, terms, typed=request.POST.dict()))
    form = PayForm(order, ways, terms, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _pay_page(request, order, form, status=422 if form.is_bound else 200)
    data = form.cleaned_data
    back = settings.BASE_URL + reverse("tickets-order", args=[order.code, order.secret])
    try:
        payment = paying.order_and_pay(
            order=order, way=data["way"], total_cents=data["total"], terms=data["terms"], return_url=back, now=now
        )
    except ProviderFailed:
        form.add_error("way", wording.provider_failed())
        return _pay_page(request, order, form, status=503)
    except HoldOver:
        return _to_order(order)
    except SaleError as error:
        form.add_error(None, wording.refusal(error))
        return _pay_page(request, order, form, status=409)
    gate.leave(request)
    return redirect(payment.url) if payment and payment.url else _to_order(order)


def _with_more_time(request: HttpRequest, order: Order, form: DetailsForm, to_fill: ToFill) -> DetailsForm:
    """Give more time, and return the form as it was typed; nothing of it is looked into yet."""
    _give_more_time(request, order)
    again = DetailsForm(order, to_fill, typed=_typed(request))
    take_files(again, form)
    return again


def _take_details(request: HttpRequest, order: Order, form: DetailsForm, summary: list[SummaryLine]) -> HttpResponse:
    """Keep what was typed, and lead to the payment; what costs nothing is ordered with it."""
    said, now = form.details(get_language() or settings.LANGUAGE_CODE), clock.now()
    count_all([Use(PER_ADDRESS, mail_identity(said.buyer.email))], now=timezone.now())
    chosen = [line for item in summary for line in item.all_lines]
    detailing.give_details(order=order, details=said, now=now, lines=chosen)
    if order.total_cents:
        return redirect("tickets-order-pay", order.code, order.secret)
    paying.order_and_pay(order=order, way="", total_cents=0, terms="", return_url="", now=now)
    gate.leave(request)
    return _to_order(order)


def _to_fill(order: Order, summary: list[SummaryLine]) -> ToFill:
    """Return what the second step asks; whoever comes back finds what they typed."""
    lines = [line for item in summary for line in item.all_lines]
    stored = question_queries.answers_of(order) if order.email else {}
    return ToFill(
        named=queries.named_lines(summary),
        sheets=sheets.at_purchase(order, lines, stored),
        people=queries.people_of(summary),
        is_by_link=any(line.guest_id for line in lines),
    )


def _typed(request: HttpRequest) -> dict[str, object]:
    """Return what was posted, to be shown again: all that was ticked where several can be."""
    return {name: values if len(values) > 1 else values[0] for name, values in request.POST.lists() if values}


def _give_more_time(request: HttpRequest, order: Order) -> None:
    """Hold the places longer, once, and say so on the page that follows."""
    try:
        holding.give_more_time(order=order, now=clock.now())
    except HoldOver:
        messages.error(request, _("There is no more time to be had. Your places are kept as long as it says below."))
    else:
        messages.success(request, _("Your places are kept for twenty more minutes."))
    order.refresh_from_db(fields=["expires_at", "extended_at"])


def _is_held(order: Order) -> bool:
    return (
        order.is_basket
        and not order.awaits_approval
        and order.state == Order.State.HELD
        and order.expires_at is not None
        and order.expires_at > clock.now()
    )


def _page(
    request: HttpRequest, order: Order, form: DetailsForm | PayForm, summary: list[SummaryLine], status: int = 200
) -> HttpResponse:
    left = (order.expires_at - clock.now()).total_seconds() if order.expires_at else 0
    context: dict[str, object] = {"order": order, "form": form, "summary": summary, "minutes": math.ceil(left / 60)}
    if isinstance(form, DetailsForm):
        return render_part(request, "tickets/buying/details.html", context, status=status)
    context["due"] = payment_queries.due(order)
    context |= {"terms": form.terms_of_sale, "rules": refund_rules(queries.refund_lines(summary), clock.now())}
    return render(request, "tickets/buying/pay.html", context, status=status)


def _pay_page(request: HttpRequest, order: Order, form: PayForm, status: int = 200) -> HttpResponse:
    return _page(request, order, form, payment_queries.summary_of(order), status)


def _to_order(order: Order) -> HttpResponse:
    return redirect("tickets-order", order.code, order.secret)
