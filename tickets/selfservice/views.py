"""What the holder of a ticket does with it, on pages below that of the order: give it back, rename it, pass it on."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods

from festival.core.audit import Actor
from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from tickets.catalogue import terms
from tickets.catalogue.terms import Facts
from tickets.delivery import queries
from tickets.exceptions import NotChangeable
from tickets.models import Order, Ticket
from tickets.orders import queries as order_queries, wording as order_wording
from tickets.orders.order_views import MAILS_PER_ADDRESS, MAILS_PER_NETWORK, private
from tickets.orders.placing import Buyer
from tickets.returns import queries as returns, requesting
from tickets.selfservice import passing_on, renaming, wording
from tickets.selfservice.forms import PassOnForm, RenameForm

RENAME = Rate("rename", limit=20, seconds=3600)
RENAME_PER_NETWORK = Rate("rename-network", limit=120, seconds=3600)
PASS_ON = Rate("pass-on", limit=12, seconds=3600)  # an order holds 10 places

TicketView = Callable[[HttpRequest, Order, Ticket, Facts], HttpResponse]


def of_ticket(view: TicketView) -> Callable[..., HttpResponse]:
    """Find a ticket of the order by its number; of one that is gone already, a post says so and changes nothing."""

    @private
    @wraps(view)
    def inner(request: HttpRequest, order: Order, number: int) -> HttpResponse:
        now = clock.now()
        ticket = next((one for one in queries.tickets_of(order) if one.number == number), None)
        if ticket is None:
            given, _is_received = queries.transfers_of(order)
            if not any(transfer.ticket.number == number for transfer in given):
                raise Http404
            return _done(request, order, _("That is done already: this ticket is passed on."))
        facts = queries.facts_of(order, [ticket], now=now)[ticket.pk]
        if not facts.is_live:
            return _done(request, order, _("That is done already: this ticket is cancelled."))
        return view(request, order, ticket, facts)

    return inner


@require_http_methods(["GET", "HEAD", "POST"])
@of_ticket
def cancel(request: HttpRequest, order: Order, ticket: Ticket, facts: Facts) -> HttpResponse:
    """Ask, and then give the place of one ticket back."""
    template, why, now = "tickets/selfservice/cancel.html", terms.refuse_return(facts), clock.now()
    quote = returns.quote(order, ticket, now=now)
    has_changed = request.method == "POST" and request.POST.get("back", str(quote.back)) != str(quote.back)
    if request.method == "POST" and not has_changed:
        try:
            is_asked = requesting.give_back(order=order, only=ticket, quote=quote, actor=_actor(order), now=now)
        except NotChangeable as error:
            why = terms.Refusal(error.why)
        else:
            return _done(request, order, wording.given_back(is_asked=is_asked))
    shown = {"quote": quote, "rules": order_wording.refund_rules(quote.lines, now), "has_changed": has_changed}
    return _page(request, template, order, ticket, why=why, shown=shown)


@require_http_methods(["GET", "HEAD", "POST"])
@of_ticket
def rename(request: HttpRequest, order: Order, ticket: Ticket, facts: Facts) -> HttpResponse:
    """Put another name on a ticket."""
    template, why = "tickets/selfservice/rename.html", terms.refuse_renaming(facts)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": ticket.holder})
    if request.method != "POST" or why or not form.is_valid():
        return _page(request, template, order, ticket, why=why, form=form)
    try:
        uses = [Use(RENAME, order.code), *rate_limits.uses_by_network(RENAME_PER_NETWORK, request)]
        count_all(uses, now=timezone.now())
        name = form.cleaned_data["name"]
        renaming.rename(ticket=ticket, order=order, name=name, actor=_actor(order), now=clock.now())
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_page(request, template, order, ticket, form=form), error)
    except NotChangeable as error:
        return _page(request, template, order, ticket, why=error.why, form=form)
    said = _("The ticket is for %(name)s now. If you have printed it, print it again.")
    return _done(request, order, said % {"name": name})


@require_http_methods(["GET", "HEAD", "POST"])
@of_ticket
def pass_on(request: HttpRequest, order: Order, ticket: Ticket, facts: Facts) -> HttpResponse:
    """Ask to whom, and then pass a ticket on."""
    template, why = "tickets/selfservice/pass_on.html", terms.refuse_passing_on(facts)
    form = PassOnForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or why or not form.is_valid():
        return _page(request, template, order, ticket, why=why, form=form)
    try:
        _pass_on(request, order, ticket, form.cleaned_data)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_page(request, template, order, ticket, form=form), error)
    except NotChangeable as error:
        return _page(request, template, order, ticket, why=error.why, form=form)
    told = {"email": form.cleaned_data["email"]}
    return _done(request, order, _("The ticket is passed on. The mail is on its way to %(email)s.") % told)


def _pass_on(request: HttpRequest, order: Order, ticket: Ticket, data: dict[str, Any]) -> None:
    """Pass the ticket on to whoever was typed, within the limits of mails to strangers."""
    uses = [
        Use(PASS_ON, order.code),
        *rate_limits.uses_by_network(MAILS_PER_NETWORK, request),
        Use(MAILS_PER_ADDRESS, mail_identity(data["email"])),
    ]
    passing_on.pass_on(
        ticket=ticket,
        order=order,
        to=Buyer(data["name"], data["email"], get_language() or settings.LANGUAGE_CODE),
        now=clock.now(),
        admit=lambda: count_all(uses, now=timezone.now()),
        network=order_queries.network_key(rate_limits.home_of(request)),
    )


def _actor(order: Order) -> Actor:
    return Actor.of_order(order.code, order.name)


def _page(
    request: HttpRequest,
    template: str,
    order: Order,
    ticket: Ticket,
    *,
    why: str | None = None,
    form: Any = None,
    shown: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show a page about a ticket; a post that was refused is a conflict, one with something to mend stays as typed."""
    context = {
        "order": order,
        "ticket": ticket,
        "line": ticket.line,
        "product": ticket.line.product,
        "form": form,
        "refused": why and wording.refused(why, order),
        "back": reverse("tickets-order", args=[order.code, order.secret]),
        **(shown or {}),
    }
    status = 200
    if request.method == "POST":
        status = 409 if why or context.get("has_changed") else 422
        if form is not None and not why:
            form.focus_first_error()
    return render(request, template, context, status=status)


def _done(request: HttpRequest, order: Order, sentence: str) -> HttpResponse:
    """Lead to the order, and say what became of a post."""
    if request.method == "POST":
        messages.success(request, sentence)
    return redirect("tickets-order", order.code, order.secret)
