"""The chair's screen of decisions: each prize, what was decided, by the result or against it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.deliberation import queries
from awards.deliberation.deciding import decide, take_back
from awards.deliberation.forms import DecisionForm, TakeBackForm
from awards.deliberation.wording import sentence_of
from awards.exceptions import AwardsError
from awards.jury.access import Chair, for_the_chair, forget_typed, page_context, typed_before
from awards.models import Decision, Prize
from awards.results.views import once_done
from festival.time import clock


@require_safe
@for_the_chair
@once_done
def decisions(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show every prize with what was decided for it."""
    tally = queries.deciding_tally(chair.call, clock.now())
    context: dict[str, Any] = {"lines": queries.prize_lines(chair.call), "tally": tally, "call": chair.call}
    context["announcement"] = queries.standing_announcement(chair.call)
    context["history"] = Decision.objects.filter(prize__call=chair.call).select_related("prize", "entry", "decided_by")
    return render(request, "awards/deliberation/decisions.html", page_context(request, **context))


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
@once_done
def prize(request: HttpRequest, chair: Chair, slug: str) -> HttpResponse:
    """Decide who gets a prize, or replace what was decided."""
    wanted = get_object_or_404(Prize.objects.select_related("category"), call=chair.call, slug=slug)
    tally = queries.deciding_tally(chair.call, clock.now())
    candidates = queries.candidates_of(wanted, tally)
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = DecisionForm(typed, candidates=candidates, initial=_initial(request, wanted))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                decide(prize_id=wanted.pk, choice=form.choice, by=chair.user, now=clock.now())
            except AwardsError as error:
                form.add_error(None, sentence_of(error))
                status = 409 if error.code in {"decision_replaced", "already_told"} else 422
            else:
                forget_typed(request, request.path)
                messages.success(request, _("The decision is recorded."))
                return redirect("jury-decisions", chair.call.slug)
    context = {"call": chair.call, "prize": wanted, "form": form, "tally": tally}
    return render(request, "awards/deliberation/prize.html", page_context(request, **context), status=status)


@require_POST
@for_the_chair
@once_done
def undo(request: HttpRequest, chair: Chair, slug: str) -> HttpResponse:
    """Take a decision back, with the reason."""
    wanted = get_object_or_404(Prize, call=chair.call, slug=slug)
    form = TakeBackForm(request.POST)
    sentence = ""
    if form.is_valid() and Decision.objects.filter(prize=wanted, pk=form.cleaned_data["decision"]).exists():
        given = {"decision_id": form.cleaned_data["decision"], "reason": form.cleaned_data["reason"]}
        try:
            take_back(**given, by=chair.user, now=clock.now())
        except AwardsError as error:
            sentence = sentence_of(error)
        else:
            messages.success(request, _("The decision is taken back; the prize is open again."))
            return redirect("jury-decisions", chair.call.slug)
    messages.error(request, sentence or _("Say why in a sentence: it stays with what was decided."))
    return redirect("jury-decisions", chair.call.slug)


def _initial(request: HttpRequest, wanted: Prize) -> dict[str, Any]:
    """Fill the form with the decision that is to be replaced, if the address names one that stands."""
    number = request.GET.get("replaces", "")
    known = Decision.objects.standing().filter(prize=wanted, pk=number) if number.isdecimal() else None
    decision = known.first() if known is not None else None
    if decision is None:
        return {}
    return {"replaces": decision.pk, "kind": decision.kind, "entry": str(decision.entry_id or "")}
