"""Where what needs approval is asked for."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods

from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from tickets.announcing import queries as announcing
from tickets.approvals import applying, queries
from tickets.approvals.applying import Application
from tickets.approvals.forms import ApplyForm
from tickets.buying import wording
from tickets.buying.basket import Basket, Item
from tickets.buying.basket_views import CODES_PER_NETWORK
from tickets.catalogue import queries as catalogue
from tickets.catalogue.queries import Offer
from tickets.exceptions import NotReady, SaleError
from tickets.models import Order, Product
from tickets.orders import queries as order_queries
from tickets.orders.placing import Buyer
from tickets.uploads.faults import FileGone
from tickets.uploads.forms import forget_kept
from tickets.uploads.views import keep_files
from tickets.vouchers import wording as voucher_wording
from tickets.vouchers.faults import VoucherRefused

# An editorial office shares one network; one mailbox belongs to one person.
PER_NETWORK = Rate("approval-network", limit=60, seconds=3600)
PER_ADDRESS = Rate("approval-address", limit=6, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a product that needs approval; a post holds its places and leads to its order."""
    offer = catalogue.offer(slug, now=clock.now())
    if offer is not None and offer.product.requires_approval:
        if request.method != "POST":
            return _page(request, ApplyForm(offer))
        if product := queries.product_to_ask_for(slug):
            return _answer(request, product, offer)
    if announcing.was_sold_before(slug):
        return redirect("tickets-office")
    raise Http404


def _answer(request: HttpRequest, product: Product, offer: Offer) -> HttpResponse:
    form = ApplyForm(offer, request.POST, request.FILES)
    try:
        if not keep_files(request, form):
            return _page(request, form, status=422)
        order = _apply(request, product, form)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_page(request, form), error)
    except VoucherRefused as error:
        form.add_error("code", voucher_wording.refusal(error))
        return _page(request, form, status=409)
    except FileGone:
        forget_kept(form)
        return _page(request, form, status=409)
    except SaleError as error:
        form.add_error(None, wording.refusal(error))
        return _page(request, form, status=409)
    return redirect("tickets-order", order.code, order.secret)


def _apply(request: HttpRequest, product: Product, form: ApplyForm) -> Order:
    data, (chosen, cents) = form.cleaned_data, form.chosen_price()
    file, given = data.get("file"), form.given()
    typed = [data["name"], data["email"], data["word"], *(one.said for one in given if one.value)]
    typed += [str(file.key)] if file else []
    price = next((one for one in product.prices.all() if one.pk == chosen.pk), None)
    if price is None:
        raise NotReady("a price is gone")
    day = next((one for one in product.days.all() if one.pk == form.chosen_day_id()), None)
    if data["code"]:
        count_all(rate_limits.uses_by_network(CODES_PER_NETWORK, request), now=timezone.now())
    language = get_language() or settings.LANGUAGE_CODE
    basket = Basket(
        edition=product.edition,
        items=[Item(product, price, cents, data["places"], day)],
        form_token=applying.token(data["form_token"], *typed),
        language=language,
        network=order_queries.network_key(rate_limits.home_of(request)),
        code=data["code"],
        asks_approval=True,
    )
    uses = [*rate_limits.uses_by_network(PER_NETWORK, request), Use(PER_ADDRESS, mail_identity(data["email"]))]
    buyer = Buyer(data["name"], data["email"], language)
    return applying.apply(
        wanted=Application(basket, buyer, data["word"], file and file.key, given),
        now=clock.now(),
        admit=lambda: count_all(uses, now=timezone.now()),
    )


def _page(request: HttpRequest, form: ApplyForm, status: int = 200) -> HttpResponse:
    form.focus_first_error()
    offer: Offer = form.offer
    way = [(_("Home"), reverse("home")), (_("Ticket office"), reverse("tickets-office"))]
    context = {"form": form, "offer": offer, "product": offer.product, "breadcrumbs": way}
    response = render(request, "tickets/approvals/apply.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"  # each visitor has a form of their own
    return response
