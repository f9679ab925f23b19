"""What the holder of a ticket does with it, on pages below that of the order: give it back."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from festival.core.audit import Actor
from festival.time import clock
from tickets.catalogue import terms
from tickets.catalogue.terms import Facts
from tickets.delivery import queries
from tickets.exceptions import NotCancellable
from tickets.models import Order, Ticket
from tickets.orders import cancelling
from tickets.orders.order_views import private
from tickets.selfservice import wording

TicketView = Callable[[HttpRequest, Order, Ticket, Facts], HttpResponse]


def of_ticket(view: TicketView) -> Callable[..., HttpResponse]:
    """Find a ticket of the order by its number; of one that is gone already, a post says so and changes nothing."""

    @private
    @wraps(view)
    def inner(request: HttpRequest, order: Order, number: int) -> HttpResponse:
        tickets = queries.tickets_of(order)
        ticket = next((one for one in tickets if one.number == number), None)
        if ticket is None:
            raise Http404
        facts = queries.facts_of(order, [ticket], now=clock.now())[ticket.pk]
        if not facts.is_live:
            return _done(request, order, _("That is done already: this ticket is cancelled."))
        return view(request, order, ticket, facts)

    return inner


@require_http_methods(["GET", "HEAD", "POST"])
@of_ticket
def cancel(request: HttpRequest, order: Order, ticket: Ticket, facts: Facts) -> HttpResponse:
    """Ask, and then give the place of one ticket back."""
    why = terms.refuse_return(facts)
    if request.method == "POST":
        try:
            actor = Actor.of_order(order.code, order.name)
            cancelling.cancel(order=order, actor=actor, now=clock.now(), even_used=False, only=ticket)
        except NotCancellable as error:
            why = terms.Refusal(error.why)
        else:
            return _done(request, order, _("The place is free again. Thank you for telling us."))
    return _page(
        request, "tickets/selfservice/cancel.html", order, ticket, {"refused": why and wording.refused(why, order)}
    )


def _page(
    request: HttpRequest, template: str, order: Order, ticket: Ticket, context: dict[str, object], status: int = 200
) -> HttpResponse:
    """Show a page about a ticket; when a post was refused, as a conflict."""
    if context.get("refused") and request.method == "POST":
        status = 409
    context |= {"order": order, "ticket": ticket, "line": ticket.line, "product": ticket.line.product}
    return render(request, template, context, status=status)


def _done(request: HttpRequest, order: Order, sentence: str) -> HttpResponse:
    """Lead to the order, and say what became of a post."""
    if request.method == "POST":
        messages.success(request, sentence)
    return redirect("tickets-order", order.code, order.secret)
