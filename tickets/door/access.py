"""Who may open the door's pages, and which phone this is."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, ngettext
from django.views.decorators.cache import never_cache

from tickets.door import queries
from tickets.exceptions import (
    DeviceRevoked,
    DeviceUnknown,
    DoorError,
    FindNotAllowed,
    FindTooOften,
    ListChanged,
    NothingToUndo,
    ScanIdReused,
    ScannedSince,
    UndoneAlready,
    UndoTooLate,
)
from tickets.models import Device

COOKIE = "scan_device"
SALT = "tickets.door.device"
YEAR = 60 * 60 * 24 * 365

INVALID = _("The scan could not be read. Scan again.")
_SENTENCES: dict[str, Promise] = {
    "signed_out": _("You have been signed out. Sign in again; nothing was lost."),
    "not_door_team": _("Your account may not scan tickets. Ask the person in charge of the door."),
    "invalid": INVALID,
    "too_large": _("This is far more than a ticket holds. Scan again."),
    "not_json": _("This address takes scans as JSON."),
    DeviceUnknown.code: _("This phone is not set up for you yet. Choose list and gate."),
    DeviceRevoked.code: _(
        "This phone was withdrawn by the organisers. Ask the person in charge of the door to allow it again."
    ),
    ListChanged.code: _("This phone was moved to another list. Scan again on the list that it shows now."),
    ScanIdReused.code: _("This scan came before with another code. Scan again."),
    FindNotAllowed.code: _("This phone may not find tickets by name. Send the person to the welcome desk."),
    NothingToUndo.code: _("There is nothing to take back: this phone let nobody in with that scan."),
    UndoneAlready.code: _("This was taken back already."),
    ScannedSince.code: _("The ticket was scanned again since. Ask the person in charge of the door."),
    UndoTooLate.code: _("More than a minute has passed. The person in charge can still take it back, under Scans."),
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

    @wraps(view)
    @never_cache
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated and is_withdrawn(request):
            return withdrawn_page(request)
        return guarded(request, *args, **kwargs)

    return answered


def withdrawn_page(request: HttpRequest) -> HttpResponse:
    """Say plainly that the phone was withdrawn, and how to go on."""
    return render(request, "tickets/door/revoked.html", status=HTTPStatus.FORBIDDEN)


def for_script(view: View) -> View:
    """Answer the scanner's script in JSON, errors too (problem details, RFC 9457)."""

    @wraps(view)
    @never_cache
    def answered(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            if is_withdrawn(request):
                return problem(HTTPStatus.FORBIDDEN, DeviceRevoked.code)
            return problem(HTTPStatus.UNAUTHORIZED, "signed_out")
        if not may_scan(request):
            return problem(HTTPStatus.FORBIDDEN, "not_door_team")
        try:
            return view(request)
        except BadBody as error:
            return problem(HTTPStatus.BAD_REQUEST, error.code)
        except FindTooOften as error:
            return problem(HTTPStatus.TOO_MANY_REQUESTS, error.code, sentence_for(error))
        except DoorError as error:
            gone = isinstance(error, DeviceRevoked | DeviceUnknown | FindNotAllowed)
            return problem(HTTPStatus.FORBIDDEN if gone else HTTPStatus.CONFLICT, error.code)

    return answered


def problem(status: HTTPStatus, code: str, detail: str = "") -> JsonResponse:
    """Return problem details; `code` is for programs, `detail` is a sentence for people."""
    body = {"title": status.phrase, "status": status.value, "code": code, "detail": detail or str(_SENTENCES[code])}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def sentence_for(error: DoorError) -> str:
    """Return what people read about an error."""
    if isinstance(error, FindTooOften):
        words = {"minutes": error.minutes}
        sentence = ngettext(
            "This phone has searched very often. Go on in %(minutes)s minute.",
            "This phone has searched very often. Go on in %(minutes)s minutes.",
            error.minutes,
        )
        return sentence % words
    return str(_SENTENCES[error.code])


def read_json(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that the script sent.

    Raises:
        BadBody: If it is anything else: another type, too large, broken, an array, with halves of characters.
    """
    if request.content_type != "application/json":
        raise BadBody("not_json")
    try:
        body = json.loads(request.body)
        json.dumps(body, ensure_ascii=False).encode()
    except RequestDataTooBig as error:
        raise BadBody("too_large") from error
    except (
        ValueError,
        RecursionError,
        RawPostDataException,
        UnreadablePostError,
    ) as error:  # RecursionError: brackets without end
        raise BadBody("invalid") from error
    if not isinstance(body, dict):
        raise BadBody("invalid")
    return body


class BadBody(Exception):
    """What the script sent cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def device_id(request: HttpRequest) -> UUID | None:
    """Return the id that this phone was given when it was named; None if it is not known or its cookie is not ours.

    The session knows it too: taking the cookie away makes no new phone of it.
    """
    value = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=YEAR)
    value = value or request.session.get(COOKIE)
    return UUID(value) if value else None


def is_withdrawn(request: HttpRequest) -> bool:
    """Return whether this phone was withdrawn; asked when nobody is signed in on it, as its session ended then."""
    phone = device(request)
    return phone is not None and phone.revoked_at is not None


def device(request: HttpRequest) -> Device | None:
    """Return this phone with its list and gate."""
    known = device_id(request)
    return queries.device_at_door(known) if known else None


def session_key(request: HttpRequest) -> str:
    """Return the key of the session, which is made if there is none yet."""
    if not request.session.session_key:
        request.session.save()
    return request.session.session_key or ""


def remember(response: HttpResponse, phone: Device) -> HttpResponse:
    """Give the phone its cookie. The session is told by `request.session[COOKIE]`."""
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
