"""The ticket office, where orders begin; and the keys by which anyone can verify a ticket."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import in_place, rate_limits
from festival.web.in_place import render_part
from tickets.catalogue import queries, row_cache
from tickets.catalogue.per_person import TooManyForPerson
from tickets.catalogue.pot_offer import pot_offer
from tickets.delivery import signing
from tickets.exceptions import SaleError
from tickets.models import Order
from tickets.orders import placing, queries as order_queries, wording
from tickets.orders.forms import RegistrationForm
from tickets.orders.ticket_office import Office, build_office
from tickets.uploads.faults import FileGone
from tickets.uploads.forms import forget_kept
from tickets.uploads.views import keep_files
from tickets.waitingroom import gate

# A school, a company, a whole tent may share one network address; one mailbox belongs to one person.
PER_NETWORK = Rate("register-network", limit=240, seconds=600)
PER_ADDRESS = Rate("register-address", limit=6, seconds=3600)
PLACES = "register-places"


@require_http_methods(["GET", "HEAD", "POST"])
@gate.gated
def office(request: HttpRequest) -> HttpResponse:
    """Show what there is to have; a post registers and leads to the order."""
    now = clock.now()
    if request.method != "POST":
        response = office_page(request, build_office(queries.offers(now=now)))
        response.cache_page = True  # type: ignore[attr-defined]  # read by festival.web.page_cache
        return response
    offer = queries.offer(request.POST.get("product", ""), now=now)
    if offer is None or not offer.product.is_registration:
        raise Http404
    form = RegistrationForm(offer, data=request.POST, files=request.FILES)
    if in_place.only_looks(request):
        form.tell_only(in_place.seen(request))
        return _registration_page(request, form, status=422 if form.errors else 200)
    try:
        if not keep_files(request, form):
            return _registration_page(request, form, status=422)
        order = _register(request, form)
    except RateLimited as error:
        form.add_error(None, wording.too_often(error, now))
        return rate_limits.too_many(_registration_page(request, form), error)
    except FileGone:
        forget_kept(form)
        return _registration_page(request, form, status=409)
    except SaleError as error:
        return _refused(request, form, error)
    gate.leave(request)
    return redirect("tickets-order", order.code, order.secret)


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Answer with what is left of everything now: one small part, the same for everybody, that pages look at again."""
    response = render(request, "tickets/orders/places.html", {"offers": queries.offers(now=clock.now())})
    response.headers["Cache-Control"] = "public, max-age=10"
    response.headers["X-Robots-Tag"] = "noindex"
    response.cache_page = True  # type: ignore[attr-defined]  # read by festival.web.page_cache
    return response


@require_GET
def ticket_keys(request: HttpRequest) -> HttpResponse:
    """Publish the public keys, so that anyone can verify a ticket."""
    response = JsonResponse({"format": "evtkt1", "keys": signing.published_keys()})
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _register(request: HttpRequest, form: RegistrationForm) -> Order:
    data = form.cleaned_data
    product = row_cache.products([form.offer.product.pk])[form.offer.product.pk]
    wish = placing.Wish(
        product=product,
        day=next((day for day in product.days.all() if day.pk == form.chosen_day_id()), None),
        places=data["places"],
        buyer=placing.Buyer(data["name"], data["email"], get_language() or settings.LANGUAGE_CODE),
        form_token=data["form_token"],
        network=order_queries.network_key(rate_limits.home_of(request)),
        given=form.given(),
    )
    per_hour = Rate(f"{PLACES}-{product.pk}", limit=product.places_per_network, seconds=3600)
    uses = [
        *rate_limits.uses_by_network(PER_NETWORK, request),
        Use(PER_ADDRESS, mail_identity(data["email"])),
        *rate_limits.uses_by_network(per_hour, request, amount=data["places"]),
    ]
    return placing.register_free(
        wish=wish,
        now=clock.now(),
        admit=lambda: count_all(uses, now=timezone.now()),
        is_held=form.offer.needs_confirmation(data["places"], form.chosen_day_id()),
    )


def _refused(request: HttpRequest, form: RegistrationForm, error: SaleError) -> HttpResponse:
    offers = queries.offers(now=clock.now())
    fresh = next(offer for offer in offers if offer.product.pk == form.offer.product.pk)
    day = next((cell.day.date for cell in fresh.days if cell.day.pk == form.chosen_day_id()), None)
    field = "email" if isinstance(error, TooManyForPerson) else "day" if "day" in form.fields else None
    form.add_error(field, wording.refusal(error, offer=fresh, day=day))
    return office_page(request, build_office(offers, form), part="registration", status=409)


def _registration_page(request: HttpRequest, form: RegistrationForm, status: int = 200) -> HttpResponse:
    office = build_office(queries.offers(now=clock.now()), form)
    return office_page(request, office, part="registration", status=status)


def office_page(request: HttpRequest, office: Office, *, part: str = "", status: int = 200) -> HttpResponse:
    """Answer with the ticket office; a script is answered with the `part` in which it has posted."""
    office = replace(office, pot=pot_offer(clock.now()))
    context = {"office": office, "breadcrumbs": [(_("Home"), reverse("home"))]}
    response = render_part(request, "tickets/orders/office.html", context, part=part, status=status)
    response.headers["Cache-Control"] = "private, no-cache"  # each visitor has a form of their own
    return response
