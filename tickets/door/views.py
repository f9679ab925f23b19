"""The door's pages: set-up, the scanner, finding by name. All of them work without JavaScript."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_POST

from festival.models import Edition
from festival.time import clock
from festival.typed.keys import is_key
from tickets.door import access, checkin, devices, finding, queries, undoing
from tickets.door.access import INVALID, door_team_only, sentence_for, withdrawn_page
from tickets.door.forms import FindForm, ScanForm, SetupForm, UndoForm
from tickets.door.script_views import find_message, person, status_of, who
from tickets.door.verdicts import Direction
from tickets.door.wording import Answer, compose, describe, time_of
from tickets.exceptions import DeviceRevoked, DoorError
from tickets.models import CheckinList, Device


@door_team_only
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Choose list and gate, and name the phone once."""
    phone = access.device(request)
    if phone is not None and phone.revoked_at:
        return withdrawn_page(request)
    edition = Edition.objects.current()
    if edition is None:
        return render(request, "tickets/door/setup.html")
    today = queries.today(edition, now=clock.now())
    lists = queries.lists_today_first(edition, today=today)
    form = SetupForm(request.POST or None, edition=edition, phone=phone, fitting=_fitting(lists, phone, today))
    if form.is_valid():
        try:
            return _enter(request, _set_up(request, form, phone))
        except DeviceRevoked:
            return withdrawn_page(request)
    context = {"form": form, "phone": phone, "today": today} | _split(lists, today, str(form["checkin_list"].value()))
    return render(request, "tickets/door/setup.html", context, status=422 if form.is_bound else 200)


def _fitting(lists: Sequence[CheckinList], phone: Device | None, today: date) -> CheckinList | None:
    """Return the list to offer: the phone's own if it is for now, else the one for now that is most like it."""
    now = [row for row in lists if not row.is_practice and (row.day is None or row.day.date == today)]
    kept = phone.list if phone else None
    if kept is not None and kept not in now and kept.edition_id == (now[0].edition_id if now else None):
        other = queries.list_for_today(kept, now=clock.now())
        return other or now[0]
    return kept if kept in now else next(iter(now), None)


def _split(lists: Sequence[CheckinList], today: date, chosen: str) -> dict[str, Any]:
    """Return today's lists, the others and those for practice; what is not for now is folded away unless chosen."""
    practice = [row for row in lists if row.is_practice]
    of_today = [row for row in lists if not row.is_practice and (row.day is None or row.day.date == today)]
    others = [row for row in lists if not row.is_practice and row.day is not None and row.day.date != today]
    return {
        "lists": lists,
        "lists_today": of_today,
        "lists_other": others,
        "lists_practice": practice,
        "is_other_chosen": chosen in {str(row.pk) for row in others},
        "is_practice_chosen": chosen in {str(row.pk) for row in practice},
    }


def _set_up(request: HttpRequest, form: SetupForm, phone: Device | None) -> Device:
    chosen = form.cleaned_data
    return devices.set_up_device(
        device_id=phone.pk if phone else None,
        name=chosen["device_name"],
        checkin_list=chosen["checkin_list"],
        gate=chosen["gate"],
        user=person(request),
        session_key=access.session_key(request),
        now=clock.now(),
    )


def _enter(request: HttpRequest, phone: Device) -> HttpResponse:
    """Open the scanner on a phone that was just set up."""
    request.session[access.COOKIE] = str(phone.pk)
    return access.remember(redirect("scan-door"), phone)


@door_team_only
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Point the phone at another list of its edition, with one tap; name and gate stay."""
    phone = _ready_phone(request)
    wanted = request.POST.get("list", "")
    lists = CheckinList.objects.filter(edition=phone.list.edition) if phone and phone.list else None
    chosen = lists.filter(pk=wanted).first() if lists is not None and is_key(wanted) else None
    if phone is None or chosen is None:
        return redirect("scan-setup")
    moved = devices.set_up_device(
        device_id=phone.pk,
        name=phone.name,
        checkin_list=chosen,
        gate=phone.gate,
        user=person(request),
        session_key=access.session_key(request),
        now=clock.now(),
    )
    return _enter(request, moved)


@door_team_only
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Show the scanner; a code typed into its form is answered on the same page."""
    phone = _ready_phone(request)
    if phone is None or phone.list is None:
        return _not_ready(request)
    form = ScanForm(request.POST or None)
    answer: Answer | None = None
    message: Promise | str = ""
    if form.is_valid():
        try:
            outcome = checkin.redeem(scan=form.scan(), list_id=form.cleaned_data["list"], **who(request))
            answer = compose(outcome)
        except DoorError as error:
            message = sentence_for(error)
    elif set(form.errors) - {"code"}:
        message = INVALID
    context = _door_context(request, phone, phone.list) | {"form": form, "answer": answer, "message": message}
    return render(request, "tickets/door/door.html", context, status=422 if form.errors else 200)


def _ready_phone(request: HttpRequest) -> Device | None:
    """Return this phone if this person may scan with it, and note the session that it does so in."""
    phone = access.device(request)
    if phone is None or phone.list is None or phone.revoked_at or phone.user_id != person(request).pk:
        return None
    devices.note_session(phone, access.session_key(request))
    return phone


def _not_ready(request: HttpRequest) -> HttpResponse:
    phone = access.device(request)
    return withdrawn_page(request) if phone is not None and phone.revoked_at else redirect("scan-setup")


def _door_context(request: HttpRequest, phone: Device, checkin_list: CheckinList) -> dict[str, Any]:
    wanted = request.POST.get("direction") or request.GET.get("way")
    last = queries.last_move(phone.pk, since=clock.now() - undoing.WITHIN)
    return {
        "phone": phone,
        "list": checkin_list,
        "status": status_of(checkin_list),
        "way": "out" if wanted == "out" and checkin_list.scans_exits else "in",
        "may_find": phone.finds_by_name and checkin_list.finds_by_name,
        "last": last if last and last.list_id == checkin_list.pk else None,
        "last_time": time_of(last.at) if last else "",
        "scan_id": uuid4(),
        "undo_id": uuid4(),
    }


@door_team_only
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back a scan of this phone, and show the scanner, or why not."""
    phone = _ready_phone(request)
    if phone is None or phone.list is None:
        return _not_ready(request)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return redirect("scan-door")
    sent = form.cleaned_data
    try:
        undoing.undo_at_door(undo_id=sent["id"], scan_id=sent["scan"], list_id=sent["list"], **who(request))
    except DoorError as error:
        context = _door_context(request, phone, phone.list) | {"form": ScanForm(), "message": sentence_for(error)}
        return render(request, "tickets/door/door.html", context, status=HTTPStatus.CONFLICT)
    return redirect("scan-door")


@door_team_only
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Find a ticket by name; what was typed is posted, so that it stands in no address and no log."""
    phone = _ready_phone(request)
    if phone is None or phone.list is None:
        return _not_ready(request)
    form = FindForm(request.POST or None, initial={"list": phone.list.pk})
    context: dict[str, Any] = {"form": form, "phone": phone, "list": phone.list}
    if form.is_valid():
        sent = form.cleaned_data
        direction = Direction(sent["direction"] or Direction.IN)
        try:
            search, device = finding.find(
                words=sent["words"], direction=direction, list_id=sent["list"], **who(request)
            )
        except DoorError as error:
            context["message"] = sentence_for(error)
        else:
            found = [(uuid4(), describe(each, device_id=device.pk)) for each in search.found]
            context |= {"found": found, "message": find_message(search), "direction": direction.value}
    return render(request, "tickets/door/find.html", context, status=422 if form.errors else 200)
