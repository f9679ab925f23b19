"""The juror's desk: own assignments, one sheet at a time. Everything works by plain forms; scripts only save drafts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.exceptions import AwardsError, ScorecardChanged
from awards.jury.access import for_jurors, page_context
from awards.jury.forms import RecusalForm, ScorecardForm
from awards.jury.queries import Sheet, desk_of, round_at, sheet_of
from awards.jury.scoring import recuse, save_scorecard
from awards.models import Assignment, Juror, Scorecard
from awards.wording import sentence_for
from festival.text.typography import clock_time
from festival.time import clock


@require_safe
@for_jurors
def home(request: HttpRequest, juror: Juror) -> HttpResponse:
    """Show what the juror has read, and what is left."""
    now = clock.now()
    desk = desk_of(juror)
    context = {"juror": juror, "call": juror.call, "desk": desk, "round": round_at(juror.call, now)}
    return render(request, "awards/jury/home.html", page_context(request, next=desk.first_waiting, **context))


@require_http_methods(["GET", "HEAD", "POST"])
@for_jurors
def entry(request: HttpRequest, juror: Juror, slug: str) -> HttpResponse:
    """Show a project and its scorecard; save the card and go on to the next."""
    sheet = _sheet(juror, slug)
    form = _form(sheet, request)
    if request.method == "POST" and form.is_valid():
        try:
            _save(sheet, form, request, submit=form.wants_submit)
        except AwardsError as error:
            form.add_error(None, sentence_for(error, juror.call))
            if isinstance(error, ScorecardChanged):
                form.take_version(error.version)
        else:
            return _go_on(request, juror, sheet, was_submitted=form.wants_submit)
    desk = desk_of(juror)
    context = {"juror": juror, "sheet": sheet, "form": form, "desk": desk, "round": round_at(juror.call, clock.now())}
    page = page_context(request, call=juror.call, next=desk.after(sheet.assignment.entry_id), **context)
    return render(request, "awards/jury/entry.html", page, status=422 if form.errors else 200)


@require_POST
@for_jurors
def autosave(request: HttpRequest, juror: Juror, slug: str) -> HttpResponse:
    """Save a draft for the script of the page; answers in JSON with a sentence to show."""
    sheet = _sheet(juror, slug)
    form = _form(sheet, request)
    if not form.is_valid():
        return JsonResponse({"message": _("This cannot be saved as it is.")}, status=422)
    try:
        card = _save(sheet, form, request, submit=False)
    except AwardsError as error:
        return JsonResponse({"message": sentence_for(error, juror.call), "code": error.code}, status=409)
    saved = _("Draft saved at %(time)s.") % {"time": clock_time(card.updated_at)}
    return JsonResponse({"message": saved, "version": card.version})


@require_http_methods(["GET", "HEAD", "POST"])
@for_jurors
def step_back(request: HttpRequest, juror: Juror, slug: str) -> HttpResponse:
    """Ask for the reason and confirm, then close the assignment for good."""
    sheet = _sheet(juror, slug)
    if sheet.assignment.state == Assignment.State.RECUSED:
        return redirect("jury-home")
    form = RecusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        recuse(juror_id=juror.pk, entry_id=sheet.assignment.entry_id, reason=reason, now=clock.now())
        done = _("You have stepped back from “%(title)s”. Nothing you wrote on it counts.")
        messages.success(request, done % {"title": sheet.assignment.entry.title})
        return redirect("jury-home")
    page = page_context(request, juror=juror, sheet=sheet, form=form)
    return render(request, "awards/jury/recuse.html", page, status=422 if form.errors else 200)


def _sheet(juror: Juror, slug: str) -> Sheet:
    try:
        return sheet_of(juror, slug)
    except Assignment.DoesNotExist as error:
        raise Http404 from error


def _form(sheet: Sheet, request: HttpRequest) -> ScorecardForm:
    card = sheet.card
    return ScorecardForm(
        request.POST if request.method == "POST" else None,
        criteria=sheet.criteria,
        scale=sheet.scale,
        marks=sheet.marks,
        comment=card.comment if card else "",
        version=card.version if card else 0,
    )


def _save(sheet: Sheet, form: ScorecardForm, request: HttpRequest, *, submit: bool) -> Scorecard:
    return save_scorecard(
        assignment_id=sheet.assignment.pk,
        version=form.cleaned_data["version"],
        marks=form.marks,
        comment=form.cleaned_data["comment"],
        submit=submit,
        user_id=request.user.pk,
        now=clock.now(),
    )


def _go_on(request: HttpRequest, juror: Juror, sheet: Sheet, *, was_submitted: bool) -> HttpResponse:
    title = sheet.assignment.entry.title
    if not was_submitted:
        messages.success(request, _("Draft of “%(title)s” saved. It counts once you submit it.") % {"title": title})
        return redirect("jury-entry", sheet.assignment.entry.slug)
    messages.success(request, _("Your scores for “%(title)s” are in.") % {"title": title})
    following = desk_of(juror).after(sheet.assignment.entry_id)
    return redirect("jury-entry", following.entry.slug) if following else redirect("jury-home")
