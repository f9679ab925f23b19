"""The scanner: set-up, the door's page (works without JavaScript), and the two addresses that its script calls."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from festival.models import Edition, User
from festival.time import clock
from festival.web.json_bodies import UnreadableBody, read_object
from tickets.door import access, checkin, devices, queries
from tickets.door.access import door_team_only, for_script, problem
from tickets.door.forms import ScanForm, SetupForm
from tickets.door.wording import Answer, compose, count_label
from tickets.exceptions import DeviceRevoked, DeviceUnknown, DoorError
from tickets.models import Checkin, CheckinList, Device


@door_team_only
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Choose list and gate, and name the phone once."""
    edition = Edition.objects.current()
    if edition is None:
        return render(request, "tickets/door/setup.html")
    phone = access.device(request)
    if phone is not None and phone.revoked_at:
        return _withdrawn(request)
    today = queries.today(edition, now=clock.now())
    lists = queries.lists_today_first(edition, today=today)
    form = SetupForm(request.POST or None, edition=edition, phone=phone, lists=lists)
    if form.is_valid():
        try:
            phone = _set_up(request, form, phone)
        except DeviceRevoked:
            return _withdrawn(request)
        request.session[devices.SESSION_MARK] = str(phone.pk)
        return access.remember(redirect("scan-door"), phone)
    context = {"form": form, "phone": phone, "today": today} | _split(lists, today, str(form["checkin_list"].value()))
    return render(request, "tickets/door/setup.html", context, status=422 if form.is_bound else 200)


def _withdrawn(request: HttpRequest) -> HttpResponse:
    logout(request)
    return render(request, "tickets/door/revoked.html", status=HTTPStatus.FORBIDDEN)


def _split(lists: Sequence[CheckinList], today: date, chosen: str) -> dict[str, Any]:
    """Return today's lists and the others; the others are folded away unless one of them is chosen."""
    of_today = [row for row in lists if row.day is None or row.day.date == today]
    others = [row for row in lists if row.day is not None and row.day.date != today]
    is_other_chosen = chosen in {str(row.pk) for row in others}
    return {"lists": lists, "lists_today": of_today, "lists_other": others, "is_other_chosen": is_other_chosen}


def _set_up(request: HttpRequest, form: SetupForm, phone: Device | None) -> Device:
    chosen = form.cleaned_data
    return devices.set_up_device(
        device_id=phone.pk if phone else None,
        name=chosen["device_name"],
        checkin_list=chosen["checkin_list"],
        gate=chosen["gate"],
        user=_person(request),
        now=clock.now(),
    )


@door_team_only
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Show the scanner; a code typed into its form is answered on the same page."""
    phone = access.device(request)
    if phone is None or phone.list is None or phone.revoked_at or phone.user_id != _person(request).pk:
        return redirect("scan-setup")
    form = ScanForm(request.POST or None)
    answer: Answer | None = None
    if form.is_valid():
        try:
            answer = _redeem(request, form)
        except DoorError:
            return redirect("scan-setup")
    context = _door_context(phone) | {"form": form, "answer": answer}
    return render(request, "tickets/door/door.html", context, status=422 if form.errors else 200)


def _door_context(phone: Device) -> dict[str, Any]:
    checkin_list = phone.list
    assert checkin_list is not None  # noqa: S101 -- the caller has looked
    today = queries.today(checkin_list.edition, now=clock.now())
    admitted = queries.admitted_count(checkin_list.pk)
    return {
        "phone": phone,
        "list": checkin_list,
        "is_today": checkin_list.day is None or checkin_list.day.date == today,
        "today": today,
        "admitted": admitted,
        "admitted_label": count_label(admitted),
        "scan_id": uuid4(),
    }


@require_POST
@for_script
def redeem(request: HttpRequest) -> HttpResponse:
    """Judge one scan: JSON `{id, list, source, code}` in, the screen to show out."""
    try:
        form = ScanForm(read_object(request))
    except UnreadableBody:
        return problem(HTTPStatus.BAD_REQUEST, "invalid")
    if not form.is_valid():
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid")
    return JsonResponse(asdict(_redeem(request, form)))


@require_GET
@for_script
def status(request: HttpRequest) -> HttpResponse:
    """Tell how many were admitted on the list of this phone; the script asks every few seconds."""
    phone = access.device(request)
    if phone is None or phone.list_id is None:
        raise DeviceUnknown
    if phone.revoked_at:
        raise DeviceRevoked
    admitted = queries.admitted_count(phone.list_id)
    return JsonResponse({"list": phone.list_id, "admitted": admitted, "label": count_label(admitted)})


def _redeem(request: HttpRequest, form: ScanForm) -> Answer:
    """Hand a valid scan to the action. Raises DoorError."""
    phone = access.device_id(request)
    if phone is None:
        raise DeviceUnknown
    scan = form.cleaned_data
    outcome = checkin.redeem(
        scan_id=scan["id"],
        code=scan["code"],
        source=Checkin.Source(scan["source"]),
        device_id=phone,
        list_id=scan["list"],
        user=_person(request),
        now=clock.now(),
    )
    return compose(outcome)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- every caller is for signed-in people
    return request.user
