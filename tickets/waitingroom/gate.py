"""The gate before the ticket office: a signed cookie holds a random key, the database what the key may do."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from festival.core.limits import Rate, RateLimited, count_all
from festival.time import clock
from festival.web import rate_limits
from tickets.models import WaitingPlace, WaitingRoom
from tickets.waitingroom import entering, queries, rules

COOKIE = "waiting-room"
KEPT = timedelta(days=2)
RECENT = timedelta(minutes=1)  # an older key was for another visit: it is no head start
# A place costs nothing and opens nothing by itself. A hall, a school, a carrier's network are many people at once.
PLACES_PER_NETWORK = Rate("waiting-room-network", limit=600, seconds=600)

State = WaitingPlace.State
View = Callable[[HttpRequest], HttpResponse]


def gated(view: View) -> View:
    """Let into a view of the ticket office only whose turn it is, while the waiting room is on; else it costs nothing.

    Whoever comes with a new browser while there is room is let in and noticed at their second step: machines that keep
    no cookies take no room. What was typed by somebody whose time ran out is still taken for as long as they had to
    come in.
    """

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        room = queries.open_room()
        if room is None:
            return view(request)
        now = clock.now()
        try:
            may_pass = _may_pass(request, room, now)
        except RateLimited as error:
            return rate_limits.too_many_page(request, error, now)
        if not may_pass:
            return redirect("tickets-waiting-room")
        response = view(request)
        response.cache_page = False  # type: ignore[attr-defined]  # whoever found it kept would pass the gate
        remember(request, response, now)
        return response

    return inner


def key_of(request: HttpRequest) -> tuple[UUID, datetime] | None:
    """Return the key of a browser and when it was handed out; None without one, or with one that is not ours."""
    try:
        key, moment = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=KEPT)
        return UUID(key), datetime.fromtimestamp(moment / 1_000_000, UTC)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def remember(request: HttpRequest, response: HttpResponse, now: datetime) -> None:
    """Hand a browser its key, unless it has one."""
    if key_of(request) is None:
        moment = round(now.timestamp() * 1_000_000)
        response.set_cookie(
            COOKIE,
            signing.dumps([str(uuid4()), moment], salt=COOKIE),
            max_age=KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def come(request: HttpRequest, room: WaitingRoom, now: datetime) -> WaitingPlace | None:
    """Return the place of the browser, let in if it is its turn; None as long as it has no key. Raises RateLimited."""
    known = key_of(request)
    if known is None:
        return None
    key, came_at = known
    uses = rate_limits.uses_by_network(PLACES_PER_NETWORK, request)
    place = entering.come(
        room=room,
        key=key,
        came_at=came_at if now - RECENT < came_at <= now else now,
        now=now,
        admit=lambda: count_all(uses, now=timezone.now()),
    )
    if place.state == State.WAITING:
        entering.wait(room=room, place=place, now=now)
    if place.state == State.CALLED:
        entering.enter(room=room, place=place, now=now)
    return place


def leave(request: HttpRequest) -> None:
    """Make room after an order. Whoever has no key has no place: nothing is asked."""
    known = key_of(request)
    room = queries.open_room() if known else None
    if known and room is not None:
        entering.leave(room=room, key=known[0], now=clock.now())


def _may_pass(request: HttpRequest, room: WaitingRoom, now: datetime) -> bool:
    known = key_of(request)
    if known is None:
        return _has_room(room, now)
    place = queries.place_of(room, known[0])
    if place is not None and _is_in(place, room, request, now):
        return True
    place = come(request, room, now)
    return place is not None and entering.is_inside(place, now)


def _has_room(room: WaitingRoom, now: datetime) -> bool:
    """Return whether a browser without a key would be let in."""
    if rules.stage(queries.times_of(room), now) is rules.Stage.GATHERS:
        return False
    crowd = queries.crowd(room, now)
    return not crowd.present and rules.room_left(most=room.most_inside, inside=crowd.inside) > 0


def _is_in(place: WaitingPlace, room: WaitingRoom, request: HttpRequest, now: datetime) -> bool:
    if entering.is_inside(place, now):
        return True
    was_in = place.state in {State.INSIDE, State.GONE} and place.until is not None
    grace = timedelta(minutes=room.grace_minutes)
    return request.method == "POST" and was_in and place.until is not None and now < place.until + grace
