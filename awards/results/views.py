"""The chair's board: progress, ranking, casting vote, frozen results."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.exceptions import AwardsError
from awards.jury.access import for_the_chair, page_context
from awards.jury.queries import juror_of, round_at
from awards.models import Call, Entry, Juror
from awards.results.board import OpenTie, board_of, cards_of
from awards.results.deliberation import cast_vote, freeze_result
from awards.results.exports import ranking_csv
from awards.results.forms import CastingVoteForm
from awards.wording import sentence_for
from festival.time import clock


@require_safe
@for_the_chair
def board(request: HttpRequest, call: Call) -> HttpResponse:
    """Show how far the jury is and the ranking as it stands."""
    now = clock.now()
    context = {"call": call, "board": board_of(call, now=now), "round": round_at(call, now), "seat": _seat(request)}
    return render(request, "awards/results/chair.html", page_context(request, **context))


@require_safe
@for_the_chair
def entry(request: HttpRequest, call: Call, slug: str) -> HttpResponse:
    """Show every card of one project, with the comments, for the deliberation."""
    project = get_object_or_404(Entry.objects.select_related("category"), call=call, slug=slug)
    criteria = list(call.criteria.order_by("sort_order", "pk"))
    recusals = project.recusals.select_related("juror")
    context = {"call": call, "entry": project, "criteria": criteria, "cards": cards_of(project), "recusals": recusals}
    return render(request, "awards/results/chair_entry.html", page_context(request, **context))


@require_POST
@for_the_chair
def freeze(request: HttpRequest, call: Call) -> HttpResponse:
    """Freeze the result as it stands."""
    try:
        tally = freeze_result(call_id=call.pk, user_id=request.user.pk, now=clock.now())
    except AwardsError as error:
        messages.error(request, sentence_for(error, call), extra_tags="bad")
    else:
        frozen = _("The result is frozen. Its fingerprint begins with %(hash)s.")
        messages.success(request, frozen % {"hash": tally.input_sha256[:12]}, extra_tags="ok")
    return redirect("jury-chair")


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
def decide(request: HttpRequest, call: Call, slug: str) -> HttpResponse:
    """Let the chair order projects that nothing else separates; `slug` is any of them."""
    tie = _open_tie(call, slug)
    seat = _seat(request)
    form = CastingVoteForm(request.POST or None, entries=[(item.slug, str(item.title)) for item in tie.entries])
    if request.method == "POST" and form.is_valid() and seat and seat.is_chair:
        first = form.cleaned_data["first"]
        others = [item.slug for item in tie.entries if item.slug != first]
        try:
            cast_vote(chair_id=seat.pk, first=first, others=others, reason=form.cleaned_data["reason"], now=clock.now())
        except AwardsError as error:
            form.add_error(None, sentence_for(error, call))
        else:
            messages.success(request, _("Your vote is recorded."), extra_tags="ok")
            return redirect("jury-chair")
    page = page_context(request, call=call, tie=tie, form=form, seat=seat)
    return render(request, "awards/results/decide.html", page, status=422 if form.errors else 200)


@require_safe
@for_the_chair
def ranking(request: HttpRequest, call: Call) -> HttpResponse:
    """Send the ranking as a spreadsheet."""
    content = ranking_csv(board_of(call, now=clock.now()))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{call.slug}-{_("ranking")}.csv"'
    return response


@require_safe
@for_the_chair
def dossier(request: HttpRequest, call: Call, uuid: str) -> HttpResponse:
    """Send the input of a frozen result, so that anyone who may see it can count again."""
    tally = get_object_or_404(call.tallies, uuid=uuid, frozen_at__lte=clock.now())
    content = {"method": tally.method, "code_version": tally.code_version, "input_sha256": tally.input_sha256}
    response = JsonResponse(content | {"input": tally.input}, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{call.slug}-{tally.input_sha256[:12]}.json"'
    return response


def _seat(request: HttpRequest) -> Juror | None:
    return juror_of(request.user)  # type: ignore[arg-type]  # for_the_chair lets nobody anonymous in


def _open_tie(call: Call, slug: str) -> OpenTie:
    ties = board_of(call, now=clock.now()).open_ties
    tie = next((tie for tie in ties if any(item.slug == slug for item in tie.entries)), None)
    if tie is None:
        raise Http404
    return tie
