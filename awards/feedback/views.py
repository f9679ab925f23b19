"""Feedback over HTTP: the chair's screen, and the page of an applicant."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.applying.access import Desk, for_entries
from awards.exceptions import AwardsError
from awards.feedback.forms import CommentForm, ReleaseForm
from awards.feedback.queries import feedback_of, rounds_with_result, to_moderate
from awards.feedback.releasing import hold_back, let_through, release
from awards.feedback.wording import sentence_of
from awards.jury.access import Chair, for_the_chair, forget_typed, page_context, typed_before
from awards.models import Entry, FeedbackRelease, Round, Scorecard
from awards.results.views import once_done
from festival.time import clock


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
@once_done
def feedback(request: HttpRequest, chair: Chair, order: int | None = None) -> HttpResponse:
    """Show what jurors wrote for applicants and let it through, round by round; then release it."""
    rounds = rounds_with_result(chair.call, clock.now())
    judged = next((item for item in rounds if order is None or item.order == order), None)
    if judged is None and (order is not None or request.method == "POST"):
        raise Http404
    refused: CommentForm | None = None
    if request.method == "POST" and judged is not None:
        refused = _act(request, chair, judged)
        if refused is None:
            forget_typed(request, request.path)
            return redirect("jury-feedback-round", chair.call.slug, judged.order)
    if (waiting := typed_before(request)) and "text" in waiting:
        refused = refused or CommentForm(waiting)
    standing = FeedbackRelease.objects.filter(round=judged).first() if judged else None
    shown = {name: getattr(standing, name) for name in ("shows_place", "shows_comments")} if standing else None
    context: dict[str, Any] = {"call": chair.call, "rounds": rounds, "round": judged, "release": standing}
    context["form"] = ReleaseForm(initial=shown or {"shows_comments": True})
    context["comments"] = to_moderate(judged) if judged else []
    context["refused"] = refused
    status = 422 if request.method == "POST" else 200
    return render(request, "awards/feedback/chair.html", page_context(request, **context), status=status)


@require_safe
@for_entries
def own(request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    """Show an applicant what was released to their project."""
    found = feedback_of(entry, clock.now())
    if not found:
        raise Http404
    context = {"call": desk.call, "applicant": desk.applicant, "entry": entry, "feedback": found}
    return render(request, "awards/feedback/own.html", context)


def _act(request: HttpRequest, chair: Chair, judged: Round) -> CommentForm | None:
    """Do what is pressed; return a comment that cannot be let through as it is typed."""
    pressed, now = request.POST.get("do", ""), clock.now()
    if pressed == "release":
        _release(request, chair, judged)
        return None
    form = CommentForm(request.POST)
    if not form.is_valid() and (pressed == "let_through" or "card" in form.errors):
        return form
    card = Scorecard.objects.filter(assignment__round=judged, pk=form.cleaned_data["card"]).first()
    if card is None:
        raise Http404
    try:
        if pressed == "let_through":
            let_through(card_id=card.pk, text=form.cleaned_data["text"], by=chair.user, now=now)
            messages.success(request, _("The applicant will read this comment."))
        elif pressed == "hold_back":
            hold_back(card_id=card.pk, by=chair.user, now=now)
            messages.success(request, _("The applicant will read nothing of this comment."))
    except Scorecard.DoesNotExist as error:
        raise Http404 from error
    return None


def _release(request: HttpRequest, chair: Chair, judged: Round) -> None:
    form = ReleaseForm(request.POST)
    form.is_valid()
    try:
        release(round_id=judged.pk, shown=form.shown, by=chair.user, now=clock.now())
    except AwardsError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("The feedback is released. Applicants are written to once."))
