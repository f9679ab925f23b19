"""What is kept of a call and what of it goes: the screen in the CMS, its exports, the archive of one person."""

from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.applying.access import Desk, for_applicants
from awards.care import erasing, queries, report
from awards.care.forms import APPLICANT, APPLICATIONS, ErasingForm
from awards.care.sheets import EXPORTS, Rows, cards as cards_of
from awards.care.wording import sentence_for
from awards.entering.drafting import actor_of as applicant_as_actor
from awards.entering.erasing import erase
from awards.exceptions import AwardsError
from awards.jury.access import Chair, for_the_chair
from awards.models import Applicant, Call, Recusal
from awards.results.views import once_done
from festival.cms.recorded import actor_of
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.documents import spreadsheets
from festival.time import clock

type Download = StreamingHttpResponse | FileResponse


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("awards.view_applicant", raise_exception=True)
def care(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is kept, what will go and when, and the exports; a post erases what was confirmed."""
    call = get_object_or_404(Call.objects.select_related("edition"), pk=pk)
    form = ErasingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not request.user.has_perm("awards.change_call"):  # type: ignore[union-attr]
        raise PermissionDenied
    if form.is_bound and form.is_valid() and _erase(request, call, form.cleaned_data):
        return redirect("call:care", call.pk)
    now = clock.now()
    blind = _judges_blind(request, call)
    context = {
        "call": call,
        "form": form,
        "going": queries.going(call, now),
        "is_needed": queries.is_needed(call, now),
        "people": [] if blind else queries.all_people_of(call),
        "is_blind": blind,
        "jurors": call.jurors.filter(erased_at=None),  # type: ignore[attr-defined]
        "exports": [one for one in EXPORTS.values() if request.user.has_perm(one.right)],  # type: ignore[union-attr]
        "may_erase": request.user.has_perm("awards.change_call"),  # type: ignore[union-attr]
    }
    return render(request, "awards/care/care.html", context, status=422 if form.is_bound else 200)


@require_safe
@permission_required("awards.view_applicant", raise_exception=True)
def export(request: HttpRequest, pk: int, slug: str, suffix: str) -> Download:
    """Send one of the exports as CSV or XLSX, and record who took it."""
    call = get_object_or_404(Call.objects.select_related("edition"), pk=pk)
    found = EXPORTS.get(slug)
    if found is None or suffix not in {"csv", "xlsx"}:
        raise Http404
    is_kept_back = found.names_applicants and _judges_blind(request, call)
    if is_kept_back or not request.user.has_perm(found.right):  # type: ignore[union-attr]
        raise PermissionDenied
    _record_export(call, slug, actor_of(request))
    return _sent(*found.table(call, clock.now()), name=f"{call.slug}-{slug}", suffix=suffix)


@require_safe
@for_the_chair
@once_done
def cards(request: HttpRequest, chair: Chair, suffix: str) -> Download:
    """Send the chair the cards of the round as CSV or XLSX, without projects that they stepped back from."""
    if suffix not in {"csv", "xlsx"}:
        raise Http404
    barred = set(Recusal.objects.filter(juror=chair.juror).values_list("entry", flat=True)) if chair.juror else set()
    _record_export(chair.call, "cards", Actor.of_user(chair.user))
    table = cards_of(chair.round, barred=barred, is_blind=chair.round.is_blind)
    return _sent(*table, name=f"{chair.call.slug}-{_('scorecards')}", suffix=suffix)


@require_safe
@permission_required("awards.view_applicant", raise_exception=True)
def person(request: HttpRequest, pk: int, uuid: UUID) -> FileResponse:
    """Send all that is kept of an applicant, for somebody who asks the office for it."""
    call = get_object_or_404(Call, pk=pk)
    who = next((one for one in queries.all_people_of(call) if one.uuid == uuid), None)
    if who is None:
        raise Http404
    if _judges_blind(request, call):
        raise PermissionDenied
    return _archive(who, actor_of(request))


@require_safe
@for_applicants
def mine(request: HttpRequest, desk: Desk) -> FileResponse:
    """Send an applicant all that is kept of them."""
    return _archive(desk.applicant, applicant_as_actor(desk.applicant))


def _erase(request: HttpRequest, call: Call, data: dict[str, Any]) -> bool:
    now, actor = clock.now(), actor_of(request)
    try:
        if data["what"] == APPLICATIONS:
            erasing.erase_call(call_id=call.pk, actor=actor, now=now)
        elif data["what"] == APPLICANT:
            people = {one.pk for one in queries.all_people_of(call)}
            erase(applicant_id=_known(data["who"], people), actor=actor, now=now)
        else:
            jurors = set(call.jurors.values_list("pk", flat=True))  # type: ignore[attr-defined]
            erasing.erase_juror(juror_id=_known(data["who"], jurors), actor=actor, now=now)
    except AwardsError as error:
        messages.error(request, sentence_for(error))
        return False
    messages.success(request, _("It is erased for good."))
    return True


def _known(pk: int, among: set[int]) -> int:
    if pk not in among:
        raise Http404
    return pk


def _judges_blind(request: HttpRequest, call: Call) -> bool:
    return queries.judges_blind(request.user.pk, call, clock.now())


def _record_export(call: Call, slug: str, actor: Actor) -> None:
    with writing(public=False):
        audit.record("call.exported", call, actor=actor, at=clock.now(), facts={"sheet": slug}, edition=call.edition)


def _sent(heading: list[object], rows: Rows, *, name: str, suffix: str) -> Download:
    answer: Download
    if suffix == "csv":
        lines = (line.encode() for line in spreadsheets.csv_lines(heading, rows))
        answer = StreamingHttpResponse(lines, content_type=spreadsheets.CSV)
    else:
        answer = FileResponse([spreadsheets.workbook(heading, rows)], content_type=spreadsheets.WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _archive(who: Applicant, actor: Actor) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115 -- the response closes it
    report.write_archive(who, file, actor=actor, now=clock.now())
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{who.uuid}.zip", content_type="application/zip")
