"""The juror's desk: own assignments, one sheet at a time. Everything works by plain forms, without any script."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.exceptions import AwardsError, ScorecardChanged
from awards.jury.access import (
    Seat,
    for_jurors,
    for_people,
    forget_typed,
    page_context,
    typed_before,
    wants_json,
)
from awards.jury.forms import RecusalForm, ScorecardForm
from awards.jury.queries import Sheet, desk_of, history_of, peers_of, seats_of, sheet_of
from awards.jury.scoring import Marks, Window, recuse, save_scorecard
from awards.models import Assignment, Call, Round, Scorecard
from awards.wording import saved_on, sentence_for
from festival.models import User
from festival.text.typography import clock_time
from festival.time import clock


@require_safe
@for_people
def juries(request: HttpRequest) -> HttpResponse:
    """Show the juries in which the visitor has a seat, and all to organisers who run them; go to the only one."""
    user: User = request.user  # type: ignore[assignment]  # for_people lets nobody anonymous in
    seats = seats_of(user)
    run = list(Call.objects.select_related("edition")) if user.has_perm("awards.run_jury") else []
    if not seats and not run:
        raise PermissionDenied
    if len(seats) == 1 and not run:
        return redirect("jury-home", seats[0].call.slug)
    return render(request, "awards/jury/juries.html", page_context(request, seats=seats, run=run))


@require_safe
@for_jurors
def home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what the juror has read, and what is left."""
    desk = desk_of(seat.juror, seat.round)
    finished = seat.round.finished.filter(juror=seat.juror).exists()
    context = {"seat": seat, "call": seat.call, "round": seat.round, "state": seat.state, "desk": desk}
    context["finished"] = finished
    rounds = seat.call.rounds.of_jurors().exclude(mode=Round.Mode.SCORE)
    context["ballot"] = rounds.filter(opens__lte=clock.now(), closes__gte=clock.now()).first()
    return render(request, "awards/jury/home.html", page_context(request, next=desk.first_waiting, **context))


@require_http_methods(["GET", "HEAD", "POST"])
@for_jurors
def entry(request: HttpRequest, seat: Seat, slug: str) -> HttpResponse:
    """Show a project and its scorecard; save the card and go on to the next. The page's script is answered in JSON."""
    sheet = _sheet(seat, slug)
    form, other = _form(sheet, request), None
    if request.method == "POST" and form.is_valid():
        try:
            _save(sheet, form, request, submit=form.wants_submit)
        except AwardsError as error:
            if wants_json(request):
                return _refused(error, seat, slug)
            form.add_error(None, sentence_for(error, seat.round))
            if isinstance(error, ScorecardChanged):
                sheet = other = _sheet(seat, slug)
                form.take_version(error.version, other.marks)
        else:
            address = _after(request, seat, sheet, was_submitted=form.wants_submit)
            return JsonResponse({"next": address}) if wants_json(request) else redirect(address)
    if wants_json(request) and request.method == "POST":
        return JsonResponse({"code": "invalid", "message": _("This cannot be saved as it is.")}, status=422)
    desk = desk_of(seat.juror, seat.round)
    context = {"sheet": sheet, "form": form, "desk": desk, "round": seat.round, "state": seat.state, "other": other}
    context |= {"peers": peers_of(sheet), "history": history_of(sheet)}
    context["is_from_before"] = request.method != "POST" and form.is_bound
    page = page_context(request, call=seat.call, next=desk.after(sheet.assignment.entry_id), **context)
    is_refused = request.method == "POST" and form.errors
    return render(request, "awards/jury/entry.html", page, status=422 if is_refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_jurors
def autosave(request: HttpRequest, seat: Seat, slug: str) -> HttpResponse:
    """Save a draft for the script of the page, or say what is saved; answers in JSON with a sentence to show.

    GET also gives the token that the next sending needs: it changes when one signs in anew.
    """
    sheet = _sheet(seat, slug)
    if request.method != "POST":
        return JsonResponse({"typed_by": str(seat.juror.user_id), "token": get_token(request), "card": _as_json(sheet)})
    form = _form(sheet, request)
    if not form.is_valid():
        return JsonResponse({"code": "invalid", "message": _("This cannot be saved as it is.")}, status=422)
    try:
        card = _save(sheet, form, request, submit=False)
    except AwardsError as error:
        return _refused(error, seat, slug)
    saved = _("Draft saved at %(time)s.") % {"time": clock_time(card.updated_at)}
    return JsonResponse({"message": saved, "version": card.version})


@require_http_methods(["GET", "HEAD", "POST"])
@for_jurors
def step_back(request: HttpRequest, seat: Seat, slug: str) -> HttpResponse:
    """Ask for the reason and confirm, then close the assignment for good."""
    sheet = _sheet(seat, slug)
    if sheet.assignment.state == Assignment.State.RECUSED:
        return redirect("jury-home", seat.call.slug)
    form = RecusalForm(request.POST if request.method == "POST" else typed_before(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        recuse(
            juror_id=seat.juror.pk,
            entry_id=sheet.assignment.entry_id,
            round_id=seat.round.pk,
            reason=reason,
            by=seat.juror.user,
            now=clock.now(),
        )
        forget_typed(request, request.path)
        done = _("You have stepped back from “%(title)s”. Nothing you wrote on it counts.")
        messages.success(request, done % {"title": sheet.assignment.entry.title})
        return redirect("jury-home", seat.call.slug)
    page = page_context(request, call=seat.call, sheet=sheet, form=form)
    return render(request, "awards/jury/recuse.html", page, status=422 if request.method == "POST" else 200)


def _sheet(seat: Seat, slug: str) -> Sheet:
    try:
        return sheet_of(seat.juror, seat.round, slug)
    except Assignment.DoesNotExist as error:
        raise Http404 from error


def _form(sheet: Sheet, request: HttpRequest) -> ScorecardForm:
    """Return the form with what was sent, or with what was sent before signing in, or with what the card holds."""
    card = sheet.card
    return ScorecardForm(
        request.POST if request.method == "POST" else typed_before(request),
        criteria=sheet.criteria,
        scale=sheet.scale,
        marks=sheet.marks,
        comment=card.comment if card else "",
        notes=sheet.notes,
        version=card.version if card else 0,
    )


def _save(sheet: Sheet, form: ScorecardForm, request: HttpRequest, *, submit: bool) -> Scorecard:
    card = save_scorecard(
        assignment_id=sheet.assignment.pk,
        version=form.cleaned_data["version"],
        marks=Marks(form.marks, form.cleaned_data["comment"], submit=submit, notes=form.notes),
        window=Window(form.cleaned_data["window"], form.cleaned_data["turn"] or 0),
        by=request.user,  # type: ignore[arg-type]  # for_jurors lets nobody anonymous in
        now=clock.now(),
    )
    judged, slug = sheet.assignment.round, sheet.assignment.entry.slug
    forget_typed(request, reverse("jury-entry", args=[judged.call.slug, slug]))
    return card


def _refused(error: AwardsError, seat: Seat, slug: str) -> JsonResponse:
    """Say why a card was not saved, and what stands on it."""
    answer = {"code": error.code, "message": sentence_for(error, seat.round), "card": _as_json(_sheet(seat, slug))}
    return JsonResponse(answer, status=409)


def _as_json(sheet: Sheet) -> dict[str, Any]:
    card = sheet.card
    return {
        "version": card.version if card else 0,
        "state": card.state if card else "",
        "comment": card.comment if card else "",
        "marks": sheet.marks,
        "notes": sheet.notes,
        "saved": saved_on(card.updated_at) if card else "",
    }


def _after(request: HttpRequest, seat: Seat, sheet: Sheet, *, was_submitted: bool) -> str:
    """Say what was done, and return the address to go on to."""
    title = sheet.assignment.entry.title
    if not was_submitted:
        messages.success(request, _("Draft of “%(title)s” saved. It counts once you submit it.") % {"title": title})
        return reverse("jury-entry", args=[seat.call.slug, sheet.assignment.entry.slug])
    messages.success(request, _("Your scores for “%(title)s” are in.") % {"title": title})
    following = desk_of(seat.juror, seat.round).after(sheet.assignment.entry_id)
    if following is None:
        return reverse("jury-home", args=[seat.call.slug])
    return reverse("jury-entry", args=[seat.call.slug, following.entry.slug])
