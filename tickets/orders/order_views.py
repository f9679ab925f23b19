"""The pages of one order: its tickets, confirming its address, giving its places back."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from hashlib import sha256

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from festival.core.audit import Actor
from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from festival.web.page_cache import kept_private
from tickets.catalogue import terms
from tickets.catalogue.per_person import TooManyForPerson
from tickets.catalogue.terms import Facts
from tickets.delivery import calendar, links, mail, notices, pdf, qr, queries as delivery_queries, tokens
from tickets.delivery.printed_tickets import printed_tickets, programme_days
from tickets.exceptions import KeySecretMissing, SaleError
from tickets.models import Guest, Order, OrderLine, Ticket
from tickets.orders import confirming, placing, queries, wording
from tickets.orders.forms import AddressForm
from tickets.payments import instructions, queries as payment_queries
from tickets.questions import sheets

logger = logging.getLogger(__name__)

RESEND = Rate("resend", limit=3, seconds=3600)
MAILS_PER_NETWORK = Rate("order-mails", limit=60, seconds=3600)
MAILS_PER_ADDRESS = Rate("order-mails-address", limit=6, seconds=3600)
DRAW = Rate("ticket-pdf", limit=30, seconds=600)
DRAW_PER_NETWORK = Rate("ticket-pdf-network", limit=120, seconds=600)

OrderView = Callable[..., HttpResponse]


def private(view: OrderView) -> Callable[..., HttpResponse]:
    """Find the order by its secret address, and keep that address out of caches, search engines and referrers."""

    @wraps(view)
    def inner(request: HttpRequest, code: str, secret: str, **kwargs: str) -> HttpResponse:
        order = queries.order_by_secret(code, secret)
        if order is None:
            return kept_private(not_found(request))
        try:
            response = view(request, order, **kwargs)
        except KeySecretMissing:
            logger.exception("No ticket can be signed: %s", order.edition)
            response = unsigned(request, order, delivery_queries.tickets_of(order))
        return kept_private(response)

    return inner


@require_safe
@private
def order(request: HttpRequest, order: Order) -> HttpResponse:
    """Show the tickets of an order, or what it waits for, or how it ended."""
    if order.awaits_approval and order.state == Order.State.HELD:
        return _approval_page(request, order)
    if order.is_basket and order.state in Order.STATES_TIMED:
        return _basket_page(request, order)
    if order.is_basket and order.state == Order.State.CANCELLED and delivery_queries.is_refused(order):
        return render(request, "tickets/orders/refused.html", {"order": order})
    if order.state in {Order.State.HELD, Order.State.EXPIRED}:
        return _waiting_page(request, order, AddressForm(initial={"email": order.email}))
    tickets = delivery_queries.tickets_of(order)
    facts = delivery_queries.facts_of(order, tickets, now=clock.now())
    given, is_received = delivery_queries.transfers_of(order)
    shown = printed_tickets(delivery_queries.handed_to_buyer(tickets))
    later = list(queries.later_orders(order))
    # A single form brings no extras by itself.
    extras = delivery_queries.extras_of(order, tickets) if order.is_basket or is_received or later else []
    valid, returnable = sum(one.is_valid for one in shown), sum(map(_may_go_back, facts.values()))
    context = {
        "order": order,
        "printed_tickets": shown,
        "tickets": [(printed, terms.choices(facts[printed.ticket.pk])) for printed in shown],
        "given": given,
        "is_received": is_received,
        "valid": valid,
        "returns_all": 0 < returnable == valid,
        "qr_size": qr.size(),
        "days": programme_days(shown),
        "extras": extras,
        "fees": delivery_queries.fees_of(order) if order.total_cents else [],
        "is_gift": delivery_queries.are_gifts(extras),
        "guests": _guests(order, tickets, facts),
        "told": sheets.told(order, {ticket.line.product_id for ticket in tickets} | _products(extras)),
        "later": later,
        "refunds": payment_queries.refunds_of(order) if order.is_basket else [],
        "can_book": queries.has_sessions(order, clock.now()),
        "can_add": queries.has_addons(order),
        "is_asked_for": any(one.is_asked_for for one in facts.values()),
    }
    return render(request, "tickets/orders/order.html", context)


def _may_go_back(facts: Facts) -> bool:
    return terms.refuse_return(facts) is None


@require_safe
@private
def order_pdf(request: HttpRequest, order: Order) -> HttpResponse:
    """Hand out the tickets as PDF."""
    if order.state in Order.STATES_TIMED:
        return _to_page(order)
    try:
        uses = [Use(DRAW, order.code), *rate_limits.uses_by_network(DRAW_PER_NETWORK, request)]
        count_all(uses, now=timezone.now())
    except RateLimited as error:
        return rate_limits.too_many_page(request, error, clock.now())
    content = pdf.order_pdf(order, printed_tickets(_mine(order)))
    return pdf_file(content, order)


@require_safe
@private
def order_ics(request: HttpRequest, order: Order) -> HttpResponse:
    """Hand out the days of the tickets as calendar file."""
    if order.state in Order.STATES_TIMED:
        return _to_page(order)
    return calendar_file(request, order, _mine(order))


@require_POST
@private
def resend(request: HttpRequest, order: Order) -> HttpResponse:
    """Send the mail of an order again."""
    if order.is_basket and order.state in {Order.State.HELD, Order.State.EXPIRED}:
        return _to_page(order)
    try:
        _count_mail(request, order, order.email)
    except RateLimited as error:
        messages.error(request, rate_limits.slow_down(error, clock.now()))
    else:
        placing.resend_order_mail(order=order, actor=Actor.of_order(order.code, order.name), now=clock.now())
        messages.success(request, _("The e-mail is on its way to %(email)s.") % {"email": order.email})
    return _to_page(order)


@require_POST
@private
def correct_address(request: HttpRequest, order: Order) -> HttpResponse:
    """Send the link of a held order to another address."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _waiting_page(request, order, form, status=422)
    email = form.cleaned_data["email"]
    try:
        _count_mail(request, order, email)
        confirming.correct_address(order=order, email=email, now=clock.now())
    except RateLimited as error:
        form.add_error("email", rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_waiting_page(request, order, form), error)
    except TooManyForPerson as error:
        form.add_error("email", wording.too_many_for_person(error))
        return _waiting_page(request, order, form, status=409)
    except SaleError:
        return _to_page(order)
    messages.success(request, _("The e-mail is on its way to %(email)s.") % {"email": email})
    return _to_page(order)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def confirm(request: HttpRequest, order: Order, token: str) -> HttpResponse:
    """Ask for the last click, which confirms: programs that look into mails open links, but press no buttons."""
    if not notices.is_confirmation_token(order, token):
        return not_found(request)
    if order.confirmed_at or order.state in {Order.State.PAID, Order.State.CANCELLED}:
        return _to_page(order)
    refused = None
    if request.method == "POST":
        try:
            confirming.confirm(order=order, now=clock.now())
            return _to_page(order)
        except SaleError as error:
            refused = wording.hold_is_over(error)
    context = {"order": order, "count": delivery_queries.places_of(order), "refused": refused}
    return render(request, "tickets/orders/confirm.html", context, status=409 if refused else 200)


def _mine(order: Order) -> list[Ticket]:
    return delivery_queries.handed_to_buyer(delivery_queries.tickets_of(order))


def _products(extras: Sequence[tuple[OrderLine, int]]) -> set[int | None]:
    return {line.product_id for line, _count in extras}


def _guests(order: Order, tickets: Sequence[Ticket], facts: Mapping[int, Facts]) -> list[tuple[Guest, str, list[int]]]:
    """Return who fills in their own, each with the link until then, and the tickets that can be given back."""
    if not order.is_basket:
        return []
    numbers: dict[int | None, list[int]] = {}
    for ticket in tickets:
        if terms.refuse_return(facts[ticket.pk]) is None:
            numbers.setdefault(ticket.line.guest_id, []).append(ticket.number)
    guests = delivery_queries.guests_of(order)
    return [(guest, "" if guest.filled_at else links.invitation(guest), numbers.get(guest.pk, [])) for guest in guests]


def pdf_file(content: bytes, order: Order) -> HttpResponse:
    """Return tickets of the order as a file to keep."""
    return _file(content, "application/pdf", f"{mail.file_name(order)}.pdf")


def calendar_file(
    request: HttpRequest, order: Order, tickets: Sequence[Ticket], guest: Guest | None = None
) -> HttpResponse:
    """Return the days of tickets of the order as a file; whoever has it is told that nothing has changed."""
    content = calendar.order_calendar(order, tickets, now=clock.now(), guest=guest)
    response = _file(content, calendar.content_type(order), f"{mail.file_name(order)}.ics")
    response["ETag"] = etag = f'"{sha256(content).hexdigest()}"'
    return get_conditional_response(request, etag=etag, response=response) or response


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def not_found(request: HttpRequest) -> HttpResponse:
    """Say that no order is here, the same for a wrong code and a wrong secret, and how to find one's own."""
    return render(request, "tickets/orders/not_found.html", status=404)


def _count_mail(request: HttpRequest, order: Order, email: str) -> None:
    uses = [
        Use(RESEND, order.code),
        *rate_limits.uses_by_network(MAILS_PER_NETWORK, request),
        Use(MAILS_PER_ADDRESS, mail_identity(email)),
    ]
    count_all(uses, now=timezone.now())


def unsigned(request: HttpRequest, order: Order, tickets: Sequence[Ticket]) -> HttpResponse:
    """Say that no code can be drawn at the moment, and which short codes the entrance knows."""
    codes = [tokens.spell_short_code(ticket.short_code) for ticket in tickets]
    return render(request, "tickets/orders/unsigned.html", {"order": order, "codes": codes}, status=503)


def _waiting_page(request: HttpRequest, order: Order, form: AddressForm, status: int = 200) -> HttpResponse:
    is_over = order.state != Order.State.HELD or order.expires_at is None or order.expires_at <= clock.now()
    context = {"order": order, "form": form, "count": delivery_queries.places_of(order), "is_over": is_over}
    return render(request, "tickets/orders/waiting.html", context, status=status)


def _basket_page(request: HttpRequest, order: Order) -> HttpResponse:
    """Show how to pay an order, lead back to the step where a basket was left, or say that the time is over."""
    is_over = order.expires_at is None or order.expires_at <= clock.now()
    if order.state == Order.State.EXPIRED or (order.state == Order.State.HELD and is_over):
        context = {"order": order, "refunds": payment_queries.refunds_of(order)}
        return render(request, "tickets/buying/over.html", context)
    payment = payment_queries.open_payment(order)
    if payment is None:
        return redirect("tickets-order-pay" if order.email else "tickets-order-details", order.code, order.secret)
    code = instructions.transfer_code(payment)
    summary = payment_queries.summary_of(order)
    context = {
        "order": order,
        "payment": payment,
        "rows": instructions.instructions(payment),
        "summary": summary,
        "asks": sheets.asks(order, {line.product_id for item in summary for line in item.all_lines}),
        "code_path": qr.free_path(code) if code else "",
        "code_size": qr.free_size(code) if code else 0,
    }
    return render(request, "tickets/buying/pending.html", context)


def _approval_page(request: HttpRequest, order: Order) -> HttpResponse:
    """Say that the office has the request, and what it was sent."""
    context = {
        "order": order,
        "approval": delivery_queries.approval_of(order),
        "summary": payment_queries.summary_of(order),
    }
    return render(request, "tickets/orders/approval.html", context)


def _to_page(order: Order) -> HttpResponse:
    return redirect("tickets-order", order.code, order.secret)
