"""One project: its form, which keeps what is typed; sending it in; where it stands; taking it out of the contest."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.applying import file_views
from awards.applying.access import Desk, for_entries
from awards.applying.forms import EntryForm
from awards.applying.pdf import receipt_pdf
from awards.applying.report import lines_of
from awards.applying.wording import saved_at, sentence_for, standing
from awards.entering import drafting, queries, rules, submitting
from awards.exceptions.base import AwardsError
from awards.exceptions.entering import DraftChanged
from awards.models import Entry, EntryDraft
from awards.pages.stages import days_left
from festival.core.limits import RateLimited
from festival.time import clock
from festival.web import rate_limits


@require_http_methods(["GET", "HEAD", "POST"])
@for_entries
def entry(request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    """Show the form of a project; a post keeps everything that is typed, then sends it in if that is asked."""
    now, deadline = clock.now(), queries.deadline_of(desk.call, entry)
    form = _form(request, entry)
    if request.method != "POST" and not rules.may_edit(entry.state, deadline, now):
        return redirect("apply-status", desk.call.slug, entry.uuid)
    if request.method != "POST":
        return _page(request, desk, entry, form)
    form.is_valid()
    try:
        return _take(request, form, desk, entry, now)
    except AwardsError as error:
        has_other = isinstance(error, DraftChanged)
        return _page(request, desk, entry, form, error=sentence_for(error, deadline), has_other=has_other, status=409)
    except RateLimited as error:
        answer = _page(request, desk, entry, form, error=rate_limits.slow_down(error, now))
        return rate_limits.too_many(answer, error)


@require_http_methods(["GET", "HEAD", "POST"])
@for_entries
def autosave(request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    """Keep what is typed for the page's script, or say what is kept; answers in JSON with a sentence to show."""
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), **_as_json(_draft(entry))})
    now, form = clock.now(), _form(request, entry, sends=False)
    form.is_valid()
    try:
        files = file_views.take_files(request, desk, entry, now)
        draft = _save(form, desk, entry, now)
    except AwardsError as error:
        deadline = queries.deadline_of(desk.call, entry)
        said = {"code": error.code, "message": sentence_for(error, deadline)}
        return JsonResponse(said | _as_json(_draft(entry)), status=409)
    except RateLimited as error:
        said = {"code": error.code, "message": rate_limits.slow_down(error, now)}
        return rate_limits.too_many(JsonResponse(said), error)
    answer: dict[str, Any] = {"message": saved_at(draft.saved_at), "version": draft.version, "faults": form.faults()}
    if request.FILES or "remove" in request.POST:
        answer["files"] = file_views.as_html(request, desk, entry, files)
    return JsonResponse(answer)


@require_http_methods(["GET", "HEAD", "POST"])
@for_entries
def status(request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    """Say where a project stands and what happens next; a post brings a withdrawn one back."""
    now, deadline = clock.now(), queries.deadline_of(desk.call, entry)
    if request.method == "POST":
        try:
            submitting.bring_back(entry_id=entry.pk, by=desk.applicant, now=now)
            messages.success(request, _("Your project is back in the contest."))
        except AwardsError as error:
            messages.error(request, sentence_for(error, deadline))
        return redirect("apply-status", desk.call.slug, entry.uuid)
    revision = queries.last_revision(entry)
    draft = EntryDraft.objects.filter(entry=entry).first()
    around, is_sent_again = queries.around(entry, now), queries.is_sent_again(entry)
    moment = rules.moment_of(entry.state, deadline, around, now, is_sent_again=is_sent_again)
    shown = {
        "standing": standing(moment, deadline),
        "moment": moment.value,
        "revision": revision,
        "lines": lines_of(revision) if revision else [],
        "has_unsent": bool(revision and draft and draft.saved_at > revision.submitted_at),
        "may_edit": rules.may_edit(entry.state, deadline, now),
        "may_withdraw": rules.may_withdraw(entry.state, around) and entry.applicant_id == desk.applicant.pk,
        "may_return": rules.may_return(entry.state, deadline, now) and entry.applicant_id == desk.applicant.pk,
    }
    return render(request, "awards/applying/status.html", _context(desk, entry, **shown))


@require_http_methods(["GET", "HEAD", "POST"])
@for_entries
def withdraw(request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    """Ask, and then take a project out of the contest."""
    now, deadline = clock.now(), queries.deadline_of(desk.call, entry)
    if request.method == "POST":
        try:
            submitting.withdraw(entry_id=entry.pk, by=desk.applicant, now=now)
            messages.success(request, _("Your project is withdrawn."))
        except AwardsError as error:
            messages.error(request, sentence_for(error, deadline))
        return redirect("apply-status", desk.call.slug, entry.uuid)
    if not rules.may_withdraw(entry.state, queries.around(entry, now)):
        return redirect("apply-status", desk.call.slug, entry.uuid)
    shown = _context(desk, entry, is_open=deadline.is_open(now))
    return render(request, "awards/applying/withdraw.html", shown)


@require_safe
@for_entries
def receipt(request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    """Hand out the receipt of what was sent in last."""
    revision = queries.last_revision(entry)
    if revision is None or "facts" not in revision.snapshot:
        raise Http404
    name = _("receipt.pdf")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(receipt_pdf(revision, desk.applicant.language), "application/pdf", headers=headers)


def _take(request: HttpRequest, form: EntryForm, desk: Desk, entry: Entry, now: datetime) -> HttpResponse:
    """Keep the files and all that is typed, then send it in. What counts is `now`, when the post reached us."""
    files = file_views.take_files(request, desk, entry, now)
    draft = _save(form, desk, entry, now)
    if form.errors or files:
        return _page(request, desk, entry, _again(request, entry, draft), saved=draft, files=files, status=422)
    if "send" not in request.POST:
        messages.success(request, saved_at(draft.saved_at))
        return redirect("apply-entry", desk.call.slug, entry.uuid)
    form.cleaned_data["version"] = draft.version
    submitting.submit(entry_id=entry.pk, sending=form.sending(), by=desk.applicant, now=now)
    messages.success(request, _("Your project is sent in. The receipt is on its way to you."))
    return redirect("apply-status", desk.call.slug, entry.uuid)


def _form(request: HttpRequest, entry: Entry, *, sends: bool | None = None) -> EntryForm:
    draft, is_post = _draft(entry), request.method == "POST"
    return EntryForm(
        entry,
        queries.questions_of(entry.call),
        request.POST if is_post else None,
        typed=draft.typed,
        version=draft.version,
        sends="send" in request.POST if sends is None else sends,
    )


def _again(request: HttpRequest, entry: Entry, draft: EntryDraft) -> EntryForm:
    """Return the form as it was posted, with the version that is saved by now."""
    data = request.POST.copy()
    data["version"] = str(draft.version)
    form = EntryForm(entry, queries.questions_of(entry.call), data, sends="send" in request.POST)
    form.is_valid()
    return form


def _save(form: EntryForm, desk: Desk, entry: Entry, now: datetime) -> EntryDraft:
    return drafting.save_draft(
        entry_id=entry.pk,
        typed=form.typed(),
        version=form.cleaned_data.get("version") or 0,
        by=desk.applicant,
        now=now,
        window=form.saved_window,
    )


def _draft(entry: Entry) -> EntryDraft:
    return EntryDraft.objects.filter(entry=entry).first() or EntryDraft(entry=entry, saved_at=clock.now())


def _as_json(draft: EntryDraft) -> dict[str, Any]:
    return {"version": draft.version, "typed": draft.typed, "saved": saved_at(draft.saved_at)}


def _page(
    request: HttpRequest, desk: Desk, entry: Entry, form: EntryForm, *, status: int = 200, **shown: Any
) -> HttpResponse:
    files = file_views.slots_of(entry, shown.pop("files", {}))
    if shown.pop("has_other", False):
        theirs = _draft(entry)
        form, shown["theirs"] = _again(request, entry, theirs), _theirs(entry, theirs)
    context = _context(desk, entry, form=form, slots=files, draft=shown.get("saved") or _draft(entry), **shown)
    return render(request, "awards/applying/entry.html", context, status=status)


def _theirs(entry: Entry, draft: EntryDraft) -> list[tuple[str, str]]:
    """Return what another window has saved, label and words."""
    form = EntryForm(entry, queries.questions_of(entry.call), typed=draft.typed)
    return [(str(form[name].label), _in_words(value)) for name, value in draft.typed.items() if name in form.fields]


def _in_words(value: Any) -> str:
    return ", ".join(map(_in_words, value)) if isinstance(value, list) else str(value)


def _context(desk: Desk, entry: Entry, **shown: Any) -> dict[str, Any]:
    deadline = queries.deadline_of(desk.call, entry)
    return {
        "call": desk.call,
        "applicant": desk.applicant,
        "entry": entry,
        "deadline": deadline,
        "is_owner": entry.applicant_id == desk.applicant.pk,
        "days_left": days_left(at=clock.now(), until=deadline.told, zone=clock.zone()),
        **shown,
    }
