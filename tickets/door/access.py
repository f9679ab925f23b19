"""Who may open the door's pages, and which phone this is."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from tickets.door import queries
from tickets.door.devices import SESSION_MARK
from tickets.exceptions import DeviceRevoked, DeviceUnknown, DoorError, ListChanged, ScanIdReused
from tickets.models import Device

COOKIE = "scan_device"
SALT = "tickets.door.device"
YEAR = 60 * 60 * 24 * 365

_SENTENCES: dict[str, Promise] = {
    "signed_out": _("You have been signed out. Sign in again; nothing was lost."),
    "not_door_team": _("Your account may not scan tickets. Ask the person in charge of the door."),
    "invalid": _("The scan could not be read. Scan again."),
    DeviceUnknown.code: _("This phone is not set up for you yet. Choose list and gate."),
    DeviceRevoked.code: _("This phone was withdrawn by the organisers."),
    ListChanged.code: _("This phone was moved to another list. Reload the page."),
    ScanIdReused.code: _("This scan came before with another code. Scan again."),
}

type View = Callable[..., HttpResponse]


def may_scan(request: HttpRequest) -> bool:
    """Return whether the signed-in person is of the door team; remembered for a minute, as scans come every second."""
    user = request.user
    if not user.is_authenticated:
        return False
    name = f"may-scan:{user.pk}"
    return bool(cache.get_or_set(name, lambda: user.has_perm("tickets.scan"), queries.KEY_SECONDS))


def door_team_only(view: View) -> View:
    """Let the door team in: others sign in first, or learn that this is not for them."""

    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_scan(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def for_script(view: View) -> View:
    """Answer the scanner's script in JSON, errors too (problem details, RFC 9457)."""

    @wraps(view)
    @never_cache
    def answered(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return problem(HTTPStatus.UNAUTHORIZED, "signed_out")
        if not may_scan(request):
            return problem(HTTPStatus.FORBIDDEN, "not_door_team")
        try:
            return view(request)
        except DoorError as error:
            if isinstance(error, DeviceRevoked):
                logout(request)
            gone = isinstance(error, DeviceRevoked | DeviceUnknown)
            return problem(HTTPStatus.FORBIDDEN if gone else HTTPStatus.CONFLICT, error.code)

    return answered


def problem(status: HTTPStatus, code: str) -> JsonResponse:
    """Return problem details; `code` is for programs, `detail` is a sentence for people."""
    body = {"title": status.phrase, "status": status.value, "code": code, "detail": str(_SENTENCES[code])}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def device_id(request: HttpRequest) -> UUID | None:
    """Return the id that this phone was given when it was named; None if it was not, or its cookie is not ours.

    A session stays with the phone that it was opened on: deleting the cookie makes no other phone of it.
    """
    if bound := request.session.get(SESSION_MARK):
        return UUID(bound)
    value = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=YEAR)
    return UUID(value) if value else None


def device(request: HttpRequest) -> Device | None:
    """Return this phone with its list and gate."""
    known = device_id(request)
    return queries.device_at_door(known) if known else None


def remember(response: HttpResponse, phone: Device) -> HttpResponse:
    """Give the phone its cookie."""
    response.set_signed_cookie(
        COOKIE,
        str(phone.pk),
        salt=SALT,
        max_age=YEAR,
        path="/scan/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
