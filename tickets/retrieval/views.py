"""“Find my tickets”: an address in, always the same answer out; and the pages behind the link in the mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from tickets.retrieval import links, queries, searching
from tickets.retrieval.forms import FindForm
from tickets.retrieval.links import DeadLink, LinkFault

# A whole hall shares one network address; one mailbox belongs to one person. Counted for unknown addresses alike.
PER_NETWORK = Rate("find-network", limit=60, seconds=3600)
PER_ADDRESS = Rate("find-address", limit=3, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the address; a post answers the same whether it is known or not."""
    if request.method != "POST":
        return _find_page(request, FindForm())
    form = FindForm(request.POST)
    if not form.is_valid():
        return _find_page(request, form, status=422)
    email = form.cleaned_data["email"]
    try:
        uses = [*rate_limits.uses_by_network(PER_NETWORK, request), Use(PER_ADDRESS, mail_identity(email))]
        count_all(uses, now=timezone.now())
    except RateLimited as error:
        form.add_error("email", rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_find_page(request, form), error)
    searching.ask(email=email, now=clock.now())
    return _private(render(request, "tickets/retrieval/asked.html", {"email": email, "breadcrumbs": _breadcrumbs()}))


@require_safe
def found(request: HttpRequest, token: str) -> HttpResponse:
    """List the orders of the address that the link was sent to."""
    try:
        orders = queries.orders_of(links.address_of(token))
    except DeadLink as error:
        return _dead(request, error.fault)
    if orders is None:
        return _dead(request, LinkFault.OVER)
    return _private(render(request, "tickets/retrieval/found.html", {"found": orders}))


@require_safe
def open_order(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Lead on to one order of the address that the link was sent to."""
    try:
        orders = queries.orders_of(links.address_of(token))
    except DeadLink as error:
        return _dead(request, error.fault)
    order = next((one.order for one in orders.orders if one.order.code == code), None) if orders else None
    if order is None:
        return _dead(request, LinkFault.WRONG)
    return _private(redirect("tickets-order", order.code, order.secret))


def _dead(request: HttpRequest, fault: LinkFault) -> HttpResponse:
    """Say why a link opens nothing, with the form that brings a new one."""
    return _find_page(request, FindForm(), status=410 if fault is LinkFault.OVER else 404, fault=fault.value)


def _find_page(request: HttpRequest, form: FindForm, status: int = 200, fault: str = "") -> HttpResponse:
    context = {"form": form, "fault": fault, "breadcrumbs": _breadcrumbs()}
    return _private(render(request, "tickets/retrieval/find.html", context, status=status))


def _breadcrumbs() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home")), (_("Ticket office"), reverse("tickets-office"))]


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the page and its address out of caches and referrers; a form's CSRF check needs the origin alone."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
