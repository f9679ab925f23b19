"""Ballots and pairs by plain forms, and what they come to for the chair."""

from uuid import UUID

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.ballots.access import Booth, for_counters, for_voters
from awards.ballots.asking import pair_for
from awards.ballots.casting import answer_pair, cast_ballot, take_back
from awards.ballots.closing import freeze_ballots, silent_in
from awards.ballots.counted import counted
from awards.ballots.forms import BallotForm
from awards.ballots.queries import answers_of, ballots_in, entries_for, values_on
from awards.ballots.wording import choices_in
from awards.exceptions import AwardsError, FrozenResultEdited
from awards.exceptions.scoring import BallotChanged, PairNotFit
from awards.jury.access import forget_typed, page_context, typed_before
from awards.jury.rounds import JudgingState
from awards.models import Round, Tally
from awards.results.deliberation import publish
from awards.results.dossier_file import write_dossier
from awards.results.forms import FreezeForm, PublicationForm
from awards.results.standing import is_intact
from awards.wording import plain_sentence, sentence_for
from festival.core.audit import Actor
from festival.time import clock
from festival.typed.keys import is_key


@require_http_methods(["GET", "HEAD", "POST"])
@for_voters
def ballot(request: HttpRequest, booth: Booth) -> HttpResponse:
    """Show the juror's ballot of the round, and save it."""
    if booth.round.mode == Round.Mode.PAIRWISE:
        return redirect("jury-pairs", booth.call.slug)
    own = booth.round.ballots.filter(juror=booth.juror).first()
    entries = entries_for(booth.juror, booth.round)  # type: ignore[arg-type]
    choices = choices_in(booth.round, len(entries))
    form = BallotForm(
        request.POST if request.method == "POST" else typed_before(request),
        judged=booth.round,
        entries=entries,
        choices=choices,
        values=values_on(own),
        version=own.version if own else 0,
    )
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            _cast(request, booth, form, range(choices[0][0], choices[-1][0] + 1) if choices else range(0))
        except AwardsError as error:
            form.add_error(None, sentence_for(error, booth.round))
            if isinstance(error, BallotChanged):
                status = 409
                form.data = form.data.copy()  # type: ignore[attr-defined]
                form.data["version"] = str(error.version)  # type: ignore[index]
        else:
            return redirect("jury-ballot", booth.call.slug)
    context = {"booth": booth, "call": booth.call, "round": booth.round, "state": booth.state, "form": form, "own": own}
    return render(request, "awards/ballots/ballot.html", page_context(request, **context), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_voters
def pairs(request: HttpRequest, booth: Booth) -> HttpResponse:
    """Show the next pair, or one with the project whose code was scanned; keep or take back an answer."""
    if booth.round.mode != Round.Mode.PAIRWISE:
        return redirect("jury-ballot", booth.call.slug)
    if request.method == "POST":
        return _answer(request, booth)
    asked = pair_for(booth.juror, booth.round, with_slug=request.GET.get("with", ""))  # type: ignore[arg-type]
    context = {"call": booth.call, "round": booth.round, "state": booth.state, "asked": asked}
    return render(request, "awards/ballots/pairs.html", page_context(request, **context))


@require_http_methods(["GET", "HEAD", "POST"])
@for_counters
def board(request: HttpRequest, booth: Booth) -> HttpResponse:
    """Show who has voted, what the ballots come to, and freeze it; not to a juror whose own ballot is not in."""
    lines = [] if booth.must_wait else counted(booth.round)
    voted = {answer.juror for answer in answers_of(booth.round)} | {item.juror for item in ballots_in(booth.round)}
    silent = silent_in(booth.round) if booth.state == JudgingState.OVER else []
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = FreezeForm(typed, judged=booth.round, now=clock.now(), missing=len(silent))
    if request.method == "POST" and form.is_valid():
        given = {"publication": form.publication, "reason": form.cleaned_data.get("reason", "")}
        try:
            tally = freeze_ballots(round_id=booth.round.pk, by=booth.user, now=clock.now(), **given)
        except AwardsError as error:
            form.add_error(None, sentence_for(error, booth.round))
        else:
            frozen = _("The result is frozen. Its fingerprint begins with %(hash)s.")
            messages.success(request, frozen % {"hash": tally.input_sha256[:12]})
            forget_typed(request, request.path)
            return redirect("jury-ballots", booth.call.slug)
    context = {"booth": booth, "call": booth.call, "round": booth.round, "lines": lines, "state": booth.state}
    context |= {"voted": sorted(voted, key=lambda juror: juror.sort_name), "silent": silent, "form": form}
    context["tallies"] = booth.round.tallies.filter(frozen_at__lte=clock.now()).select_related("frozen_by", "round")
    page = page_context(request, **context)
    return render(request, "awards/ballots/board.html", page, status=422 if request.method == "POST" else 200)


@require_safe
@for_counters
def dossier(request: HttpRequest, booth: Booth, uuid: UUID) -> HttpResponse:
    """Send the dossier of a frozen round, so that anyone who may see it can count again."""
    tally = _frozen(booth, uuid)
    if not is_intact(tally):
        messages.error(request, plain_sentence(FrozenResultEdited()))
        return redirect("jury-ballots", booth.call.slug)
    response = JsonResponse(write_dossier(model_to_dict(tally)), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{booth.call.slug}-{tally.input_sha256[:12]}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_counters
def publication(request: HttpRequest, booth: Booth, uuid: UUID) -> HttpResponse:
    """Choose when the finalists of a frozen round become public."""
    tally = _frozen(booth, uuid)
    form = PublicationForm(request.POST or typed_before(request), judged=tally.round, now=clock.now())
    if request.method == "POST" and form.is_valid():
        actor = Actor.of_user(booth.user)
        try:
            publish(tally_id=tally.pk, publication=form.publication, actor=actor, now=clock.now())
        except AwardsError as error:
            form.add_error(None, sentence_for(error, tally.round))
        else:
            messages.success(request, _("The moment of the publication is set."))
            forget_typed(request, request.path)
            return redirect("jury-ballots", booth.call.slug)
    page = page_context(request, call=booth.call, tally=tally, form=form)
    return render(request, "awards/results/publication.html", page, status=422 if request.method == "POST" else 200)


def _frozen(booth: Booth, uuid: UUID) -> Tally:
    """Return a frozen result of the round, not to a juror who still has to judge."""
    if booth.must_wait:
        raise Http404
    tallies = Tally.objects.filter(round=booth.round, frozen_at__lte=clock.now()).select_related("round")
    return get_object_or_404(tallies, uuid=uuid)


def _cast(request: HttpRequest, booth: Booth, form: BallotForm, choices: range) -> None:
    cast_ballot(
        round_id=booth.round.pk,
        juror_id=booth.juror.pk,  # type: ignore[union-attr]  # for_voters lets jurors in only
        version=form.cleaned_data["version"],
        values=form.values,
        choices=choices,
        submit=form.wants_submit,
        by=booth.user,
        now=clock.now(),
    )
    forget_typed(request, request.path)
    done = _("Your ballot is in.") if form.wants_submit else _("Draft saved. It counts once you hand it in.")
    messages.success(request, done)


def _answer(request: HttpRequest, booth: Booth) -> HttpResponse:
    """Keep what was pressed: one of both, skip, or take back."""
    known = {"round_id": booth.round.pk, "juror_id": booth.juror.pk, "by": booth.user, "now": clock.now()}  # type: ignore[union-attr]
    sent = {name: request.POST.get(name, "") for name in ("one", "other", "winner")}
    try:
        if "undo" in request.POST:
            take_back(**known)  # type: ignore[arg-type]
        elif not is_key(sent["one"]) or not is_key(sent["other"]):
            raise PairNotFit
        else:
            winner = int(sent["winner"]) if is_key(sent["winner"]) else None
            answer_pair(**known, pair=(int(sent["one"]), int(sent["other"])), winner=winner)  # type: ignore[arg-type]
    except AwardsError as error:
        messages.error(request, sentence_for(error, booth.round))
    return redirect("jury-pairs", booth.call.slug)
