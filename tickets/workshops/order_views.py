"""The pages of an order about workshops: what its tickets open, and a booking to change or give back."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from festival.time import clock
from festival.web.in_place import render_part
from tickets.exceptions import NotCancellable, SaleError
from tickets.models import Order, OrderLine
from tickets.orders.order_views import private
from tickets.workshops import leaving, queries, wording
from tickets.workshops.queries import Workshop


@dataclass(frozen=True, slots=True)
class Warned:
    """What is booked at the same time as the other time that somebody wants to change to."""

    to: UUID
    sentence: str


@require_safe
@private
def workshops(request: HttpRequest, order: Order) -> HttpResponse:
    """List the sessions that the tickets of an order open, and that take bookings now."""
    context = {"order": order, "workshops": queries.opened_by(queries.passes_of(order), clock.now())}
    return render(request, "tickets/workshops/workshops.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def booking(request: HttpRequest, order: Order) -> HttpResponse:
    """Show a booking with its other times; a post changes to one of them, or gives the place back."""
    line = queries.booking_of(order)
    if line is None or line.occurrence is None or order.state not in Order.STATES_HOLDING:
        return redirect("tickets-order", order.code, order.secret)
    found = queries.workshop(line.occurrence.uuid)
    times = queries.other_times(found, clock.now()) if found and order.state == Order.State.PAID else []
    if request.method != "POST":
        return _page(request, order, line, times)
    try:
        if "to" in request.POST:
            return _swap(request, order, line, times)
        leaving.leave(order=order, line=line, now=clock.now())
    except NotCancellable as error:
        return _page(request, order, line, times, refused=wording.not_left(error, order))
    messages.success(request, _("Your place is free again. Thank you for telling us."))
    return redirect("tickets-order", order.code, order.secret)


def _swap(request: HttpRequest, order: Order, line: OrderLine, times: list[Workshop]) -> HttpResponse:
    to = next((one for one in times if str(one.occurrence.uuid) == request.POST["to"]), None)
    if to is None:
        return _page(request, order, line, times, refused=_("That time is full, or over. You keep the place you have."))
    others = [
        one for one in queries.clashes(to, ticket=line.booked_with, email=order.email) if one.order_id != order.pk
    ]
    if others and "anyway" not in request.POST:
        warned = Warned(to.occurrence.uuid, wording.clash(others, to, may_name=line.booked_with is not None))
        return _page(request, order, line, times, warned=warned)
    try:
        taken = leaving.swap(order=order, line=line, to=to, now=clock.now())
    except SaleError as error:
        refused = f"{wording.refusal(error, to)} {_('You keep the place you have.')}"
        return _page(request, order, line, times, refused=refused)
    messages.success(request, _("Your place has changed: here is your new ticket."))
    return redirect("tickets-order", taken.code, taken.secret)


def _page(
    request: HttpRequest,
    order: Order,
    line: OrderLine,
    times: list[Workshop],
    *,
    refused: str = "",
    warned: Warned | None = None,
) -> HttpResponse:
    occurrence = line.occurrence
    if occurrence is None:
        raise Http404
    context = {
        "order": order,
        "line": line,
        "occurrence": occurrence,
        "times": times,
        "refused": refused,
        "warned": warned,
        "count": queries.bookings_of(order).filter(occurrence=occurrence).count(),
    }
    status = 409 if refused or warned else 200
    return render_part(request, "tickets/workshops/booking.html", context, status=status)
