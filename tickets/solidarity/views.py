"""Where a ticket of the pot is asked for, and the page that says how the request stands."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from festival.web.page_cache import kept_private
from tickets.catalogue.pot_offer import PotOffer, pot_offer
from tickets.exceptions import SaleError
from tickets.solidarity import asking, queries, wording
from tickets.solidarity.asking import Wish
from tickets.solidarity.faults import NotInPot
from tickets.solidarity.forms import AskForm

# An association or a shelter may be one network; one mailbox belongs to one person.
PER_NETWORK = Rate("pot-network", limit=40, seconds=3600)
PER_ADDRESS = Rate("pot-address", limit=4, seconds=3600)
DAY = 24 * 3600
# What goes by itself: beyond it a request waits for the office, and nobody is told off.
GIVEN_PER_NETWORK = Rate("pot-given-network", limit=20, seconds=DAY)
GIVEN_PER_PERSON = "pot-given-person"


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask which ticket and for whom; a post writes the request down and leads to its page."""
    offer = pot_offer(clock.now())
    if offer is None:
        return redirect("tickets-office")
    if request.method != "POST":
        return _page(request, AskForm(offer))
    form = AskForm(offer, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        asked = _ask(request, offer, form)
    except RateLimited as error:
        form.add_error("email", rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_page(request, form), error)
    except SaleError as error:
        form.add_error(None, wording.refusal(error))
        return _page(request, form, status=409)
    return redirect("tickets-solidarity-request", asked)


@require_safe
def asked(request: HttpRequest, secret: str) -> HttpResponse:
    """Say how a request stands. The tickets themselves come by mail: whoever typed the address may be a stranger."""
    found = queries.request_by_secret(secret)
    if found is None:
        raise Http404
    standing = queries.standing(found, clock.now())
    context = {"asked": found, "product": found.price.product, "standing": standing}
    return kept_private(render(request, "tickets/solidarity/asked.html", context))


def _ask(request: HttpRequest, offer: PotOffer, form: AskForm) -> str:
    """Write the request down, and return the secret of its page."""
    data, choice = form.cleaned_data, form.chosen()
    price = queries.price_of_pot(choice.price)
    if price is None:
        raise NotInPot
    person = mail_identity(data["email"])
    per_day = Rate(GIVEN_PER_PERSON, limit=offer.facts.automatic_per_day, seconds=DAY)

    def is_automatic() -> bool:
        uses = [Use(per_day, person, data["places"])]
        uses += rate_limits.uses_by_network(GIVEN_PER_NETWORK, request, amount=data["places"])
        try:
            count_all(uses, now=timezone.now())
        except RateLimited:
            return False
        return True

    uses = [*rate_limits.uses_by_network(PER_NETWORK, request), Use(PER_ADDRESS, person)]
    found = asking.ask(
        wish=Wish(
            price=price,
            day=next((day for day in price.product.days.all() if day.pk == choice.day), None),
            places=data["places"],
            name=data["name"],
            email=data["email"],
            language=get_language() or settings.LANGUAGE_CODE,
            word=data["word"],
            form_token=data["form_token"],
        ),
        now=clock.now(),
        admit=lambda: count_all(uses, now=timezone.now()),
        is_automatic=is_automatic,
    )
    return found.secret


def _page(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    form.focus_first_error()
    way = [(_("Home"), reverse("home")), (_("Ticket office"), reverse("tickets-office"))]
    context = {"form": form, "pot": form.offer, "breadcrumbs": way}
    response = render(request, "tickets/solidarity/ask.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"  # each visitor has a form of their own
    return response
