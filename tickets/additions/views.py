"""The pages of an order on which something is added to it: add-ons for a ticket, more places, fewer of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods

from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import in_place, rate_limits
from tickets.additions import queries
from tickets.additions.forms import MorePlacesForm
from tickets.buying import holding, wording
from tickets.buying.basket import Basket, items_of
from tickets.buying.basket_views import PER_NETWORK, read_code, say_of_code
from tickets.catalogue import extending, row_cache, terms
from tickets.catalogue.queries import Offer
from tickets.catalogue.terms import Facts
from tickets.delivery import queries as delivery_queries
from tickets.exceptions import SaleError
from tickets.models import Order, OrderLine, Ticket, Voucher
from tickets.orders import placing, queries as order_queries, wording as order_wording
from tickets.orders.forms import BasketForm
from tickets.orders.order_views import private
from tickets.orders.placing import Buyer
from tickets.orders.views import PER_ADDRESS, PLACES
from tickets.selfservice.views import of_ticket
from tickets.vouchers import queries as voucher_queries, wording as voucher_wording
from tickets.vouchers.faults import VoucherRefused


@require_http_methods(["GET", "HEAD", "POST"])
@of_ticket
def addons(request: HttpRequest, order: Order, ticket: Ticket, facts: Facts) -> HttpResponse:
    """Choose what the code of a ticket is to open besides; a post holds it, and leads to how it is paid."""
    now = clock.now()
    voucher, fault = _code(request, now)
    offers = queries.addons(order, now, voucher)
    form = _basket_form(request, offers, voucher)
    context: dict[str, object] = {"ticket": ticket, "line": ticket.line, "product": ticket.line.product}
    context |= {"offers": offers, "is_over": facts.is_over or facts.is_asked_for}
    template = "tickets/additions/addons.html"
    if request.method != "POST" or context["is_over"]:
        return _page(request, template, order, form, context)
    return _buy(request, template, order, form, context, _Code(voucher, fault), ticket=ticket)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def number(request: HttpRequest, order: Order) -> HttpResponse:
    """Show how an order gets more places, or fewer; a post takes more."""
    if order.state != Order.State.PAID:
        return _to_order(order)
    now = clock.now()
    voucher, fault = _code(request, now)
    found = queries.more(order, now, voucher)
    slug = request.POST.get("product", "") if request.method == "POST" else ""
    forms = [
        MorePlacesForm(offer, order, left, data=request.POST if offer.product.slug == slug else None)
        for offer, left in found
        if offer.product.is_registration
    ]
    sold = [offer for offer, _left in found if offer.product.is_sale]
    basket = _basket_form(request, sold, voucher, is_posted=not slug)
    tickets = delivery_queries.tickets_of(order)
    facts = delivery_queries.facts_of(order, tickets, now=now)
    given = [one for one in tickets if terms.refuse_return(facts[one.pk]) is None]
    context: dict[str, object] = {"forms": forms, "tickets": given, "is_last": len(given) == 1, "offers": basket.offers}
    template = "tickets/additions/number.html"
    posted = next((form for form in forms if form.is_bound), None)
    if request.method != "POST":
        return _page(request, template, order, basket, context)
    if posted is not None:
        return _register(request, template, order, posted, basket, context)
    return _buy(request, template, order, basket, context, _Code(voucher, fault))


@dataclass(frozen=True, slots=True)
class _Code:
    """The code that was typed, or why it cannot be used or read."""

    voucher: Voucher | None
    fault: VoucherRefused | RateLimited | None


def _code(request: HttpRequest, now: datetime) -> tuple[Voucher | None, VoucherRefused | RateLimited | None]:
    return read_code(request, now) if request.method == "POST" else (None, None)


def _basket_form(
    request: HttpRequest, offers: Sequence[Offer], voucher: Voucher | None, *, is_posted: bool = True
) -> BasketForm:
    """Return the form of what is paid, with what a code opens."""
    posted = request.POST if request.method == "POST" and is_posted else None
    opened = voucher_queries.opened_by(voucher)
    return BasketForm(offers, opened, looks=in_place.only_looks(request), data=posted)


def _buy(
    request: HttpRequest,
    template: str,
    order: Order,
    form: BasketForm,
    context: dict[str, object],
    code: _Code,
    *,
    ticket: Ticket | None = None,
) -> HttpResponse:
    """Hold what a posted form chooses, and lead to the next step; or show the page with what is wrong."""
    if isinstance(code.fault, RateLimited):
        form.add_error("code", rate_limits.slow_down(code.fault, clock.now()))
        return rate_limits.too_many(_page(request, template, order, form, context), code.fault)
    say_of_code(form, code.voucher, code.fault)
    if not form.is_valid() or form.looks:
        return _page(request, template, order, form, context, status=422 if form.errors else 200)
    try:
        held = _hold(request, order, form, ticket, voucher_queries.opened_by(code.voucher))
    except VoucherRefused as error:
        form.add_error("code", voucher_wording.refusal(error))
        return _page(request, template, order, form, context, status=409)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_page(request, template, order, form, context), error)
    except SaleError as error:
        form.add_error(None, wording.refusal(error))
        return _page(request, template, order, form, context, status=409)
    names = held.lines.filter(kind=OrderLine.Kind.ADMISSION, product__named=True).exists()
    step = "tickets-order-details" if names or not held.total_cents else "tickets-order-pay"
    return redirect(step, held.code, held.secret)


def _hold(
    request: HttpRequest, order: Order, form: BasketForm, ticket: Ticket | None, opened: Collection[int]
) -> Order:
    items = items_of(form.chosen, opened)
    uses = rate_limits.uses_by_network(PER_NETWORK, request)
    basket = Basket(
        edition=items[0].product.edition,
        items=items,
        form_token=form.cleaned_data["form_token"],
        language=get_language() or settings.LANGUAGE_CODE,
        network=order_queries.network_key(rate_limits.home_of(request)),
        code=form.cleaned_data["code"],
        extends=extending.base_of(order),
        ticket=ticket,
    )
    return holding.hold(basket=basket, now=clock.now(), admit=lambda: count_all(uses, now=timezone.now()))


def _register(
    request: HttpRequest,
    template: str,
    order: Order,
    form: MorePlacesForm,
    basket: BasketForm,
    context: dict[str, object],
) -> HttpResponse:
    """Give more places of a free product at once: whoever has the order's address has confirmed it."""
    form.focus_first_error()
    if not form.is_valid():
        return _page(request, template, order, basket, context, status=422)
    try:
        placed = _place(request, order, form)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_page(request, template, order, basket, context), error)
    except SaleError as error:
        offer, day = form.offer, form.cleaned_data.get("day")
        form.add_error(None, order_wording.refusal(error, offer=offer, day=None if day is None else _date(offer, day)))
        return _page(request, template, order, basket, context, status=409)
    messages.success(request, _("Here are your further places. They are on their way by e-mail, too."))
    return redirect("tickets-order", placed.code, placed.secret)


def _place(request: HttpRequest, order: Order, form: MorePlacesForm) -> Order:
    data: dict[str, Any] = form.cleaned_data
    product = row_cache.products([form.offer.product.pk])[form.offer.product.pk]
    places = data.get("places", 1)
    per_hour = Rate(f"{PLACES}-{product.pk}", limit=product.places_per_network, seconds=3600)
    uses = [
        *rate_limits.uses_by_network(PER_NETWORK, request),
        Use(PER_ADDRESS, mail_identity(order.email)),
        *rate_limits.uses_by_network(per_hour, request, amount=places),
    ]
    return placing.register_free(
        wish=placing.Wish(
            product=product,
            day=next((day for day in product.days.all() if day.pk == form.chosen_day_id()), None),
            places=places,
            buyer=Buyer(data.get("name") or order.name, order.email, get_language() or settings.LANGUAGE_CODE),
            form_token=data["form_token"],
            network=order_queries.network_key(rate_limits.home_of(request)),
            extends=extending.base_of(order),
        ),
        now=clock.now(),
        admit=lambda: count_all(uses, now=timezone.now()),
    )


def _date(offer: Offer, iso: str) -> Any:
    return next((cell.day.date for cell in offer.days if cell.iso == iso), None)


def _page(
    request: HttpRequest, template: str, order: Order, form: BasketForm, context: dict[str, object], status: int = 200
) -> HttpResponse:
    return render(request, template, context | {"order": order, "basket": form}, status=status)


def _to_order(order: Order) -> HttpResponse:
    return redirect("tickets-order", order.code, order.secret)
