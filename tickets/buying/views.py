"""The steps of a purchase: choose, say who you are, pay. The order's secret address leads from one to the next."""

import math
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods

from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.models import Edition
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import in_place, rate_limits
from festival.web.in_place import render_part
from tickets.buying import detailing, holding, queries, wording
from tickets.buying.basket import Basket, items_of, quote
from tickets.buying.forms import DetailsForm, PayForm, ToFill
from tickets.catalogue import queries as catalogue
from tickets.catalogue.faults import TooManyForPerson
from tickets.exceptions import HoldOver, NotReady, SaleError
from tickets.models import Order, Voucher
from tickets.orders import queries as order_queries
from tickets.orders.forms import BasketForm
from tickets.orders.order_views import private
from tickets.orders.ticket_office import build_office
from tickets.orders.views import office_page
from tickets.orders.wording import refund_rules
from tickets.payments import paying, queries as payment_queries
from tickets.payments.faults import ProviderFailed
from tickets.payments.queries import SummaryLine
from tickets.questions import queries as question_queries, sheets
from tickets.uploads.faults import FileGone
from tickets.uploads.forms import forget_kept, take_files
from tickets.uploads.views import keep_files
from tickets.vouchers import queries as voucher_queries, redeeming, wording as voucher_wording
from tickets.vouchers.faults import VoucherRefused
from tickets.vouchers.rules import Refusal, fold, refuse
from tickets.waitingroom import gate

# A school, a company, a whole tent may share one network address; one mailbox belongs to one person.
PER_NETWORK = Rate("basket-network", limit=240, seconds=600)
PER_ADDRESS = Rate("basket-address", limit=20, seconds=3600)
MORE_TIME = "more_time"  # the button that asks for it; what was typed until then stays in the form
CODES_PER_NETWORK = Rate("voucher-network", limit=60, seconds=600)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.gated
def basket(request: HttpRequest) -> HttpResponse:
    """Hold what was chosen, and lead to the next step; who comes here otherwise is sent to the ticket office.

    Whoever only looks is told what it comes to.
    """
    if request.method != "POST":
        return redirect("tickets-office")
    now, looks = clock.now(), in_place.only_looks(request)
    voucher, fault = read_code(request, now)
    opened, kept = voucher_queries.opened_by(voucher), voucher_queries.kept_by(voucher)
    form = BasketForm(catalogue.offers(now=now, opened=opened, kept=kept), opened, looks=looks, data=request.POST)
    form.kept = kept
    if isinstance(fault, RateLimited):
        form.add_error("code", rate_limits.slow_down(fault, now))
        return rate_limits.too_many(_basket_page(request, form), fault)
    form.code_asked = _mark_of(request.POST.get("code", ""))
    say_of_code(form, voucher, fault)
    if looks:
        _quote(request, form, opened)
    if not form.is_valid() or looks:
        return _basket_page(request, form, status=422 if form.errors else 200)
    return _go_on(request, form, opened)


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
    chosen = [line for item in summary for line in item.lines]
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


def _go_on(request: HttpRequest, form: BasketForm, opened: Collection[int]) -> HttpResponse:
    try:
        order = _hold(request, form, opened)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_basket_page(request, form), error)
    except VoucherRefused as error:
        form.add_error("code", voucher_wording.refusal(error))
        return _basket_page(request, form, status=409)
    except SaleError as error:
        form.add_error(None, wording.refusal(error))
        return _basket_page(request, form, status=409)
    return redirect("tickets-order-details", order.code, order.secret)


def say_of_code(form: BasketForm, voucher: Voucher | None, fault: VoucherRefused | None) -> None:
    """Say beside the field what the code gives, or why it gives nothing.

    Of one that is used up only where nothing is to be held yet: the same form sent twice has used it itself.
    """
    if fault and (form.looks or not form.is_valid() or fault.why is Refusal.UNKNOWN):
        form.add_error("code", voucher_wording.refusal(fault))
    elif voucher:
        form.told = voucher_wording.gives(voucher)


def _basket_page(request: HttpRequest, form: BasketForm, status: int = 200) -> HttpResponse:
    """Answer with the ticket office, and this basket in it."""
    return office_page(
        request,
        build_office(catalogue.offers(now=clock.now(), kept=form.kept), basket=form),
        part="basket",
        status=status,
    )


def _quote(request: HttpRequest, form: BasketForm, opened: Collection[int]) -> None:
    """Say what the choice comes to; a code that is not for it is told, and left out."""
    form.is_valid()
    if not form.chosen:
        return
    try:
        basket, now = _basket(request, form, opened), clock.now()
        try:
            form.quote = quote(basket, now=now)
        except VoucherRefused as error:
            if "code" not in form.errors:
                form.add_error("code", voucher_wording.refusal(error))
            form.quote = quote(replace(basket, code=""), now=now)
    except NotReady:
        return  # it went this very moment, and the page that follows does not show it any more


def read_code(request: HttpRequest, now: datetime) -> tuple[Voucher | None, VoucherRefused | RateLimited | None]:
    """Return the code that was typed, and why it cannot be used or read; each counts, as with every secret.

    The same code in the same form counts once: it says nothing that it has not said before.
    Whether one that was found can be used is decided once more, and for good, when the places are held.
    """
    typed = request.POST.get("code", "")
    edition = Edition.objects.current() if typed.strip() else None
    if edition is None:
        return None, None
    try:
        if not constant_time_compare(request.POST.get("code_asked", ""), _mark_of(typed)):
            count_all(rate_limits.uses_by_network(CODES_PER_NETWORK, request), now=timezone.now())
        voucher = redeeming.find(edition.pk, typed)
    except (RateLimited, VoucherRefused) as error:
        return None, error
    why = refuse(voucher_queries.terms_of(voucher), now=now)
    return voucher, VoucherRefused(why) if why else None


def _mark_of(code: str) -> str:
    """Return the proof that a code was asked for, and counted; "" without a code."""
    return Signer(salt=CODES_PER_NETWORK.scope).signature(fold(code)) if code.strip() else ""


def _hold(request: HttpRequest, form: BasketForm, opened: Collection[int]) -> Order:
    uses = rate_limits.uses_by_network(PER_NETWORK, request)
    return holding.hold(
        basket=_basket(request, form, opened), now=clock.now(), admit=lambda: count_all(uses, now=timezone.now())
    )


def _basket(request: HttpRequest, form: BasketForm, opened: Collection[int]) -> Basket:
    """Return what was chosen. Raises NotReady if something of it is gone."""
    items = items_of(form.chosen, opened)
    return Basket(
        edition=items[0].product.edition,
        items=items,
        form_token=form.cleaned_data["form_token"],
        language=get_language() or settings.LANGUAGE_CODE,
        network=order_queries.network_key(rate_limits.home_of(request)),
        code=form.cleaned_data.get("code", ""),
    )


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
