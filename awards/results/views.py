"""The chair's board: progress, ranking, casting vote, frozen results.

Whoever still owes a card of the round sees how far the jury is, and nothing of what the others wrote.
"""

from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.exceptions import AwardsError, FrozenResultEdited
from awards.jury.access import Chair, ChairView, for_the_chair, forget_typed, page_context, typed_before
from awards.jury.rounds import entries_of
from awards.models import Entry, Round, Tally
from awards.results.board import OpenTie, board_of, cards_of
from awards.results.charts import charts_of
from awards.results.deliberation import cast_vote, freeze_result, publish
from awards.results.dossier_file import write_dossier
from awards.results.exports import ranking_csv
from awards.results.forms import CastingVoteForm, FreezeForm, PublicationForm
from awards.results.standing import is_intact, missing_in
from awards.wording import plain_sentence, sentence_for
from festival.core.audit import Actor
from festival.time import clock


def once_done[**P](view: ChairView[P]) -> ChairView[P]:
    """Send whoever still owes a card of the round back to the board, which says why."""

    @wraps(view)
    def wrapped(request: HttpRequest, chair: Chair, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if chair.must_wait:
            return redirect("jury-chair", chair.call.slug)
        return view(request, chair, *args, **kwargs)

    return wrapped


@require_safe
@for_the_chair
def board(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show how far the jury is and the ranking as it stands."""
    shown = board_of(chair.round, now=clock.now(), with_ranking=not chair.must_wait, reader=chair.juror)
    context = {"call": chair.call, "chair": chair, "round": chair.round, "state": chair.state, "board": shown}
    context["has_ballots"] = chair.call.rounds.of_jurors().exclude(mode=Round.Mode.SCORE).exists()
    context["charts"] = charts_of(shown, chair.round.finalists_per_category)
    return render(request, "awards/results/chair.html", page_context(request, **context))


@require_safe
@for_the_chair
@once_done
def entry(request: HttpRequest, chair: Chair, slug: str) -> HttpResponse:
    """Show every card of one project, with the comments, for the deliberation."""
    sent_in = entries_of(chair.round).exclude(state=Entry.State.DRAFT).select_related("category")
    project = get_object_or_404(sent_in, slug=slug)
    if chair.has_stepped_back_from(project) and not chair.round.tallies.exists():
        messages.error(request, _("You have stepped back from this project: you see its scorecards with the result."))
        return redirect("jury-chair", chair.call.slug)
    rubric = chair.round.rubric
    context = {
        "call": chair.call,
        "hides_applicants": chair.hides_applicants,
        "entry": project,
        "criteria": list(rubric.criteria.order_by("sort_order", "pk")) if rubric else [],
        "cards": cards_of(project, chair.round),
        "recusals": project.recusals.select_related("juror"),
    }
    return render(request, "awards/results/chair_entry.html", page_context(request, **context))


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
@once_done
def freeze(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Say what is missing and what becomes public when; freeze the result as it stands."""
    missing = list(missing_in(chair.round).select_related("juror", "entry").order_by("juror__sort_name", "entry__slug"))
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = FreezeForm(typed, judged=chair.round, now=clock.now(), missing=len(missing))
    if request.method == "POST" and form.is_valid():
        given = {"publication": form.publication, "reason": form.cleaned_data.get("reason", "")}
        try:
            tally = freeze_result(round_id=chair.round.pk, by=chair.user, now=clock.now(), **given)
        except AwardsError as error:
            form.add_error(None, sentence_for(error, chair.round))
        else:
            frozen = _("The result is frozen. Its fingerprint begins with %(hash)s.")
            messages.success(request, frozen % {"hash": tally.input_sha256[:12]})
            forget_typed(request, request.path)
            return redirect("jury-chair", chair.call.slug)
    board = board_of(chair.round, now=clock.now(), reader=chair.juror)
    context = {"call": chair.call, "chair": chair, "round": chair.round, "state": chair.state, "form": form}
    page = page_context(request, missing=missing, board=board, **context)
    return render(request, "awards/results/freeze.html", page, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
@once_done
def publication(request: HttpRequest, chair: Chair, uuid: UUID) -> HttpResponse:
    """Choose when the finalists of a frozen result become public."""
    tally = get_object_or_404(Tally, round=chair.round, uuid=uuid, frozen_at__lte=clock.now())
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = PublicationForm(typed, judged=chair.round, now=clock.now())
    if request.method == "POST" and form.is_valid():
        actor = Actor.of_user(chair.user)
        try:
            publish(tally_id=tally.pk, publication=form.publication, actor=actor, now=clock.now())
        except AwardsError as error:
            form.add_error(None, sentence_for(error, chair.round))
        else:
            messages.success(request, _("The moment of the publication is set."))
            forget_typed(request, request.path)
            return redirect("jury-chair", chair.call.slug)
    page = page_context(request, call=chair.call, tally=tally, form=form)
    return render(request, "awards/results/publication.html", page, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
@once_done
def decide(request: HttpRequest, chair: Chair, slug: str) -> HttpResponse:
    """Let the chair order projects that nothing else separates; `slug` is any of them."""
    tie = _open_tie(chair, slug)
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = CastingVoteForm(typed, entries=[(str(item.uuid), str(item.title)) for item in tie.entries])
    if request.method == "POST" and form.is_valid() and chair.juror and chair.is_chair:
        first = UUID(form.cleaned_data["first"])
        vote = {"first": first, "others": [item.uuid for item in tie.entries], "reason": form.cleaned_data["reason"]}
        try:
            cast_vote(chair_id=chair.juror.pk, round_id=chair.round.pk, **vote, now=clock.now())
        except AwardsError as error:
            form.add_error(None, sentence_for(error, chair.round))
        else:
            messages.success(request, _("Your vote is recorded."))
            forget_typed(request, request.path)
            return redirect("jury-chair", chair.call.slug)
    page = page_context(request, call=chair.call, tie=tie, form=form, chair=chair)
    is_refused = request.method == "POST" and form.errors
    return render(request, "awards/results/decide.html", page, status=422 if is_refused else 200)


@require_safe
@for_the_chair
@once_done
def ranking(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Send the ranking as a spreadsheet."""
    shown = board_of(chair.round, now=clock.now(), reader=chair.juror)
    content = ranking_csv(shown, hides_applicants=chair.hides_applicants)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{chair.call.slug}-{_("ranking")}.csv"'
    return response


@require_safe
@for_the_chair
@once_done
def dossier(request: HttpRequest, chair: Chair, uuid: UUID) -> HttpResponse:
    """Send the dossier of a frozen result, so that anyone who may see it can count again."""
    tally = get_object_or_404(Tally, round__call=chair.call, uuid=uuid, frozen_at__lte=clock.now())
    if not is_intact(tally):
        messages.error(request, plain_sentence(FrozenResultEdited()))
        return redirect("jury-chair", chair.call.slug)
    content = write_dossier(model_to_dict(tally))
    response = JsonResponse(content, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{chair.call.slug}-{tally.input_sha256[:12]}.json"'
    return response


def _open_tie(chair: Chair, slug: str) -> OpenTie:
    ties = board_of(chair.round, now=clock.now(), reader=chair.juror).open_ties
    tie = next((tie for tie in ties if any(item.slug == slug for item in tie.entries)), None)
    if tie is None:
        raise Http404
    return tie
