"""The addresses that the scanner's script calls: JSON in, JSON out (`docs/reference/scan-api.md`)."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from festival.models import User
from festival.time import clock
from tickets.door import access, checkin, finding, queries, undoing
from tickets.door.access import BadBody, for_script, read_json
from tickets.door.forms import FindForm, ScanForm, UndoForm
from tickets.door.queries import Counts
from tickets.door.verdicts import Direction
from tickets.door.wording import compose, count_label, describe, inside_label, list_warning, spoken_day, switch_to
from tickets.exceptions import DeviceRevoked, DeviceUnknown
from tickets.models import CheckinList


@require_POST
@for_script
def redeem(request: HttpRequest) -> HttpResponse:
    """Judge one scan: `{id, list, source, code, direction, device_at}` in, the screen to show out."""
    form = _filled(ScanForm, request)
    outcome = checkin.redeem(scan=form.scan(), list_id=form.cleaned_data["list"], **who(request))
    return JsonResponse(asdict(compose(outcome)))


@require_GET
@for_script
def status(request: HttpRequest) -> HttpResponse:
    """Tell what the list of this phone is and how many are in; the script asks every few seconds, and as a ping.

    `token` is the one that the script must send now: signing in in another tab of the phone made it anew.
    """
    phone = access.device(request)
    if phone is None or phone.list is None:
        raise DeviceUnknown
    if phone.revoked_at:
        raise DeviceRevoked
    return JsonResponse(status_of(phone.list) | {"token": get_token(request)})


def status_of(checkin_list: CheckinList) -> dict[str, Any]:
    """Return a list as the page shows it: its numbers, and whether it is for another day than today's."""
    now = clock.now()
    today = queries.today(checkin_list.edition, now=now)
    warning = list_warning(checkin_list, today=today)
    other = queries.list_for_today(checkin_list, now=now) if warning else None
    return {
        "list": checkin_list.pk,
        "day": spoken_day(checkin_list.day.date if checkin_list.day else today),
        "warning": warning,
        "switch": asdict(switch_to(other.pk, str(other.name), warning)) if other else None,
        "practice": checkin_list.is_practice,
        "exits": checkin_list.scans_exits,
        **spoken(queries.counts(checkin_list.pk)),
    }


def spoken(counts: Counts) -> dict[str, Any]:
    """Return the numbers of a list with their words."""
    return {
        "admitted": counts.admitted,
        "label": count_label(counts.admitted),
        "inside": counts.inside,
        "inside_label": inside_label(counts.inside),
    }


@require_POST
@for_script
def find(request: HttpRequest) -> HttpResponse:
    """Find tickets: `{list, words, direction}` in, at most eight out."""
    form = _filled(FindForm, request)
    sent = form.cleaned_data
    direction = Direction(sent["direction"] or Direction.IN)
    search, device = finding.find(words=sent["words"], direction=direction, list_id=sent["list"], **who(request))
    found = [asdict(describe(each, device_id=device.pk)) for each in search.found]
    return JsonResponse({"found": found, "message": find_message(search)})


def find_message(search: finding.Search) -> str:
    """Return the sentence beside what was found; empty when there is nothing to say."""
    if search.is_short:
        return _("Type at least two letters of the name.")
    if search.has_more:
        return _("There are more. Type more of the name, or the order code.")
    return (
        "" if search.found else _("Nobody was found. Try the name of the buyer, the e-mail address or the order code.")
    )


@require_POST
@for_script
def undo(request: HttpRequest) -> HttpResponse:
    """Take back a scan of this phone: `{id, scan, list}` in, the list's numbers out."""
    sent = _filled(UndoForm, request).cleaned_data
    undone = undoing.undo_at_door(undo_id=sent["id"], scan_id=sent["scan"], list_id=sent["list"], **who(request))
    return JsonResponse({"undone": str(undone.taken.pk), **spoken(undone.counts)})


def who(request: HttpRequest) -> dict[str, Any]:
    """Return phone, person and moment, as the actions of the door take them. Raises DeviceUnknown."""
    phone = access.device_id(request)
    if phone is None:
        raise DeviceUnknown
    return {"device_id": phone, "user": person(request), "now": clock.now()}


def person(request: HttpRequest) -> User:
    """Return who is signed in."""
    assert isinstance(request.user, User)  # noqa: S101 -- every caller is for signed-in people
    return request.user


def _filled[F: forms.Form](form_class: type[F], request: HttpRequest) -> F:
    """Return the form with what the script sent, valid. Raises BadBody.

    Only texts and whole numbers are looked at: a list that reads like a code is none.
    """
    sent = read_json(request).items()
    form = form_class({name: value for name, value in sent if isinstance(value, str | int) and value is not True})
    if not form.is_valid():
        raise BadBody("invalid")
    return form
