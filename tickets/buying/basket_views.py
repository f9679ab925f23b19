"""The first step of a purchase: what is chosen is held, or only looked at, with the code that was typed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from festival.core.limits import Rate, RateLimited, count_all
from festival.models import Edition
from festival.time import clock
from festival.web import in_place, rate_limits
from tickets.buying import holding, wording
from tickets.buying.basket import Basket, items_of, quote
from tickets.catalogue import queries as catalogue
from tickets.exceptions import NotReady, SaleError
from tickets.models import Order, Voucher
from tickets.orders import queries as order_queries
from tickets.orders.forms import BasketForm
from tickets.orders.ticket_office import build_office
from tickets.orders.views import office_page
from tickets.vouchers import queries as voucher_queries, redeeming, wording as voucher_wording
from tickets.vouchers.faults import VoucherRefused
from tickets.vouchers.rules import Refusal, fold, refuse
from tickets.waitingroom import gate

# A school, a company, a whole tent may share one network address.
PER_NETWORK = Rate("basket-network", limit=240, seconds=600)
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


def say_of_code(form: BasketForm, voucher: Voucher | None, fault: VoucherRefused | None) -> None:
    """Say beside the field what the code gives, or why it gives nothing.

    Of one that is used up only where nothing is to be held yet: the same form sent twice has used it itself.
    """
    if fault and (form.looks or not form.is_valid() or fault.why is Refusal.UNKNOWN):
        form.add_error("code", voucher_wording.refusal(fault))
    elif voucher:
        form.told = voucher_wording.gives(voucher)


def _mark_of(code: str) -> str:
    """Return the proof that a code was asked for, and counted; "" without a code."""
    return Signer(salt=CODES_PER_NETWORK.scope).signature(fold(code)) if code.strip() else ""


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
