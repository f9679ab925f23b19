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
from festival.web.page_cache import kept_by_nobody, kept_private
from tickets.retrieval import links, queries, searching
from tickets.retrieval.forms import FindForm
from tickets.retrieval.links import DeadLink, LinkFault
from tickets.retrieval.queries import Found

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
    context = {"email": email, "breadcrumbs": _breadcrumbs()}
    return kept_by_nobody(render(request, "tickets/retrieval/asked.html", context))


@require_safe
def found(request: HttpRequest, token: str) -> HttpResponse:
    """List the orders of the address that the link was sent to."""
    try:
        orders = queries.orders_of(links.address_of(token))
    except DeadLink as error:
        return _dead(request, error.fault)
    if orders is None:
        return _dead(request, LinkFault.OVER)
    return kept_private(render(request, "tickets/retrieval/found.html", {"found": orders}))


@require_safe
def open_order(request: HttpRequest, token: str, code: str, rank: int | None = None) -> HttpResponse:
    """Lead on to one order of the address that the link was sent to; with a `rank` to the page of that guest of it."""
    try:
        found = queries.orders_of(links.address_of(token))
    except DeadLink as error:
        return _dead(request, error.fault)
    address = _address(found, code, rank) if found else None
    return kept_private(redirect(address)) if address else _dead(request, LinkFault.WRONG)


def _address(found: Found, code: str, rank: int | None) -> str | None:
    if rank is not None:
        mine = ((one.guest.order.code, one.guest.rank, one.address) for one in found.guests)
        return next((address for *which, address in mine if which == [code, rank]), None)
    order = next((one.order for one in found.orders if one.order.code == code), None)
    return reverse("tickets-order", args=[order.code, order.secret]) if order else None


def _dead(request: HttpRequest, fault: LinkFault) -> HttpResponse:
    """Say why a link opens nothing, with the form that brings a new one."""
    return _find_page(request, FindForm(), status=410 if fault is LinkFault.OVER else 404, fault=fault.value)


def _find_page(request: HttpRequest, form: FindForm, status: int = 200, fault: str = "") -> HttpResponse:
    context = {"form": form, "fault": fault, "breadcrumbs": _breadcrumbs()}
    return kept_by_nobody(render(request, "tickets/retrieval/find.html", context, status=status))


def _breadcrumbs() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home")), (_("Ticket office"), reverse("tickets-office"))]
