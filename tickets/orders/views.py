"""The pages of the shop."""

import logging
from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from festival.core.audit import Actor
from festival.time import clock
from festival.web import rate_limits
from festival.web.rate_limits import Rate, RateLimited
from tickets.catalogue import queries
from tickets.delivery import calendar, mail, pdf, qr, queries as delivery_queries, signing, tokens
from tickets.delivery.printed_tickets import printed_tickets
from tickets.exceptions import KeySecretMissing, SaleError
from tickets.models import Order, Product
from tickets.orders import placing, queries as order_queries, wording
from tickets.orders.forms import RegistrationForm
from tickets.orders.ticket_office import Office, build_office

logger = logging.getLogger(__name__)

# A household or a whole tent may share one network address; one mail address belongs to one person.
PER_NETWORK = Rate("register-network", limit=240, seconds=600)
PER_ADDRESS = Rate("register-address", limit=6, seconds=3600)
RESEND = Rate("resend", limit=3, seconds=3600)
DRAW = Rate("ticket-pdf", limit=30, seconds=600)
TWINS_SECONDS = 10  # one form that comes in many times at once is one try

OrderView = Callable[[HttpRequest, Order], HttpResponse]


def private(view: OrderView) -> Callable[[HttpRequest, str, str], HttpResponse]:
    """Find the order by its secret address, and keep that address out of caches, search engines and referrers."""

    @wraps(view)
    def inner(request: HttpRequest, code: str, secret: str) -> HttpResponse:
        order = order_queries.order_by_secret(code, secret)
        if order is None:
            raise Http404
        try:
            response = view(request, order)
        except KeySecretMissing:
            logger.exception("No ticket can be signed: %s", order.edition)
            response = _unsigned(request, order)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "strict-origin"  # the origin alone: a form's CSRF check needs that much
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return inner


@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """Show what there is to have; a post registers and leads to the order."""
    now = clock.now()
    if request.method != "POST":
        return _office_page(request, build_office(queries.offers(now=now)))
    offer = queries.offer(request.POST.get("product", ""), now=now)
    if offer is None or not offer.product.is_registration:
        raise Http404
    form = RegistrationForm(offer, data=request.POST)
    if not form.is_valid():
        return _office_page(request, build_office(queries.offers(now=now), form), status=422)
    try:
        order = _register(request, form)
    except RateLimited as error:
        form.add_error(None, wording.slow_down(error))
        return _office_page(request, build_office(queries.offers(now=now), form), status=429)
    except SaleError as error:
        return _refused(request, form, error)
    return redirect("tickets-order", order.code, order.secret)


@require_safe
@private
def order(request: HttpRequest, order: Order) -> HttpResponse:
    """Show the tickets of an order."""
    tickets = printed_tickets(delivery_queries.tickets_of(order))
    valid = sum(printed.is_valid for printed in tickets)
    context = {"order": order, "printed_tickets": tickets, "valid": valid, "qr_size": qr.size()}
    return render(request, "tickets/orders/order.html", context)


@require_safe
@private
def order_pdf(request: HttpRequest, order: Order) -> HttpResponse:
    """Hand out the tickets as PDF."""
    try:
        rate_limits.count(DRAW, order.code, now=clock.now())
    except RateLimited as error:
        return HttpResponse(wording.slow_down(error), status=429, content_type="text/plain; charset=utf-8")
    content = pdf.order_pdf(order, printed_tickets(delivery_queries.tickets_of(order)))
    return _file(content, "application/pdf", f"{mail.file_name(order)}.pdf")


@require_safe
@private
def order_ics(request: HttpRequest, order: Order) -> HttpResponse:
    """Hand out the days of the tickets as calendar file."""
    content = calendar.order_calendar(order, delivery_queries.tickets_of(order), now=clock.now())
    response = _file(content, calendar.content_type(order), f"{mail.file_name(order)}.ics")
    response["ETag"] = etag = f'"{sha256(content).hexdigest()}"'
    return get_conditional_response(request, etag=etag, response=response) or response


@require_POST
@private
def resend(request: HttpRequest, order: Order) -> HttpResponse:
    """Send the mail of an order again."""
    try:
        rate_limits.count(RESEND, order.code, now=clock.now())
    except RateLimited as error:
        messages.error(request, wording.slow_down(error))
    else:
        placing.resend_order_mail(order=order, actor=Actor.of_order(order.code, order.name), now=clock.now())
        messages.success(request, _("The e-mail is on its way to %(email)s.") % {"email": order.email})
    return redirect("tickets-order", order.code, order.secret)


@require_GET
def ticket_keys(request: HttpRequest) -> HttpResponse:
    """Publish the public keys, so that anyone can verify a ticket."""
    response = JsonResponse({"format": "evtkt1", "keys": signing.published_keys()})
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _unsigned(request: HttpRequest, order: Order) -> HttpResponse:
    tickets = delivery_queries.tickets_of(order)
    codes = [tokens.spell_short_code(ticket.short_code) for ticket in tickets]
    return render(request, "tickets/orders/unsigned.html", {"order": order, "codes": codes}, status=503)


def _register(request: HttpRequest, form: RegistrationForm) -> Order:
    now, data = clock.now(), form.cleaned_data
    product = (
        Product.objects.select_related("edition")
        .prefetch_related("prices", "days__hours")
        .get(pk=form.offer.product.pk)
    )
    wish = placing.Wish(
        product=product,
        day=next((day for day in product.days.all() if day.pk == form.chosen_day_id()), None),
        places=data["places"],
        buyer=placing.Buyer(data["name"], data["email"], get_language() or settings.LANGUAGE_CODE),
        form_token=data["form_token"],
    )
    if twin := order_queries.order_of_form(wish.key):
        return twin
    is_first = cache.add(f"register:{wish.key}", 1, TWINS_SECONDS)
    limit = rate_limits.count if is_first else rate_limits.check
    limit(PER_NETWORK, rate_limits.network_of(request), now=now)
    limit(PER_ADDRESS, data["email"], now=now)
    return placing.register_free(wish=wish, now=now)


def _refused(request: HttpRequest, form: RegistrationForm, error: SaleError) -> HttpResponse:
    offers = queries.offers(now=clock.now())
    fresh = next(offer for offer in offers if offer.product.pk == form.offer.product.pk)
    day = next((cell.day.date for cell in fresh.days if cell.day.pk == form.chosen_day_id()), None)
    form.add_error("day" if "day" in form.fields else None, wording.refusal(error, offer=fresh, day=day))
    return _office_page(request, build_office(offers, form), status=409)


def _office_page(request: HttpRequest, office: Office, status: int = 200) -> HttpResponse:
    context = {"office": office, "breadcrumbs": [(_("Home"), reverse("home"))]}
    response = render(request, "tickets/orders/office.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"  # each visitor has a form of their own
    return response


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
