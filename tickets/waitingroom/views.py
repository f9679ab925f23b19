"""The page on which people wait: it asks again by itself, without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from festival.core.limits import RateLimited
from festival.time import clock
from festival.web import rate_limits
from tickets.waitingroom import entering, gate, queries, rules

FIRST_LOOK = 2  # seconds: with the key that this page hands out, the next one gives the place


@require_safe
def waiting_room(request: HttpRequest) -> HttpResponse:
    """Show who waits where they stand, and send in whose turn it is."""
    room = queries.open_room()
    if room is None:
        return redirect("tickets-office")
    now = clock.now()
    try:
        place = gate.come(request, room, now)
    except RateLimited as error:
        return rate_limits.too_many_page(request, error, now)
    if place is not None and entering.is_inside(place, now):
        return redirect("tickets-office")
    standing = queries.standing(room, place, now) if place else None
    gathers = rules.stage(queries.times_of(room), now) is rules.Stage.GATHERS
    context = {
        "opens_at": room.opens_at if gathers else None,
        "is_drawn": place is not None and rules.is_drawn(queries.times_of(room), place.came_at),
        "standing": standing,
        "grace": room.grace_minutes,
        "again": standing.again if standing else FIRST_LOOK,
        "seed": rules.commitment(room.seed),
    }
    response = render(request, "tickets/waitingroom/waiting.html", context)
    gate.remember(request, response, now)
    response.headers["Refresh"] = str(context["again"])
    response.headers["Cache-Control"] = "no-store"
    return response
