"""“Tell me when it opens”: the form, and the pages behind the links in its mails."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from festival.web.page_cache import kept_private
from tickets.announcing import asking, queries
from tickets.announcing.forms import AlertForm
from tickets.catalogue import queries as catalogue
from tickets.catalogue.pricing import Opening
from tickets.catalogue.queries import Offer
from tickets.models import Product

# The catalogue has about ten products; somebody may want to hear of each. A whole hall shares one network address.
PER_ADDRESS = Rate("alert-address", limit=10, seconds=3600)
PER_NETWORK = Rate("alert-network", limit=60, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask where to write to; a post answers the same for every address."""
    offer = catalogue.offer(slug, now=clock.now())
    if offer is None and queries.was_sold_before(slug):
        return redirect("tickets-office")
    if offer is None:
        raise Http404
    if queries.opening(offer) is not Opening.AHEAD:
        return redirect("tickets-office")
    if request.method != "POST":
        return _ask_page(request, offer, AlertForm())
    form = AlertForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, offer, form, status=422)
    email = form.cleaned_data["email"]
    try:
        uses = [*rate_limits.uses_by_network(PER_NETWORK, request), Use(PER_ADDRESS, mail_identity(email))]
        count_all(uses, now=timezone.now())
    except RateLimited as error:
        form.add_error("email", rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_ask_page(request, offer, form), error)
    product = Product.objects.select_related("edition").get(pk=offer.product.pk)
    asking.ask(product=product, email=email, language=get_language() or settings.LANGUAGE_CODE, now=clock.now())
    context: dict[str, object] = {"email": email, "product": offer.product, "breadcrumbs": _breadcrumbs()}
    return _page(request, "tickets/announcing/asked.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for the last click, which confirms: programs that look into mails open links, but press no buttons."""
    alert = queries.alert_by_secret(secret)
    if alert is None:
        return _page(request, "tickets/announcing/gone.html", status=404)
    if request.method == "POST":
        asking.confirm(alert=alert, now=clock.now())
    is_confirmed = request.method == "POST" or alert.confirmed_at is not None
    return _page(request, "tickets/announcing/confirm.html", {"alert": alert, "is_confirmed": is_confirmed})


@csrf_exempt  # a mail program sends it, without cookies (RFC 8058, 3.2); the secret in the address says who may
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """Take an address off the list by one post; what is off it already is answered the same."""
    alert = queries.alert_by_secret(secret)
    if alert and request.method == "POST":
        asking.stop(alert=alert, now=clock.now())
        alert = None
    return _page(request, "tickets/announcing/stop.html", {"alert": alert})


def _ask_page(request: HttpRequest, offer: Offer, form: AlertForm, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {"form": form, "offer": offer, "product": offer.product, "breadcrumbs": _breadcrumbs()}
    return _page(request, "tickets/announcing/ask.html", context, status=status)


def _breadcrumbs() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home")), (_("Ticket office"), reverse("tickets-office"))]


def _page(
    request: HttpRequest, template: str, context: dict[str, object] | None = None, status: int = 200
) -> HttpResponse:
    """Return a page that no cache and no search engine keeps, and whose address goes nowhere: it may hold a secret."""
    return kept_private(render(request, template, context, status=status))
