"""The screens on which an organiser sees whether a call is ready, and makes what is usual with one button."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.exceptions.staging import RoundsThere, RubricMissing
from awards.models import Call, Question
from awards.staging import making, readiness, wording
from festival.cms.recorded import actor_of
from festival.time import clock


@require_safe
@permission_required("awards.change_call", raise_exception=True)
def ready(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is missing before a call can open, and where it stands."""
    call = get_object_or_404(Call.objects.select_related("edition"), pk=pk)
    now = clock.now()
    lines = readiness.checks(call, now)
    context = {
        "call": call,
        "lines": lines,
        "is_ready": readiness.is_ready(lines),
        "is_open": call.opens <= now <= call.closes,
        "is_over": call.closes < now,
        "may_make_rounds": call.rubrics.exists() and not call.rounds.exists(),
        "zone": clock.zone_name(),
    }
    return render(request, "awards/staging/ready.html", context)


@require_POST
@permission_required("awards.change_call", raise_exception=True)
def usual_rounds(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the usual rounds."""
    call = get_object_or_404(Call, pk=pk)
    try:
        making.make_usual_rounds(call_id=call.pk, actor=actor_of(request), now=clock.now())
    except (RoundsThere, RubricMissing) as error:
        messages.error(request, wording.sentence_for(error))
    else:
        messages.success(request, _("The usual rounds are made. Look at their dates."))
    return redirect("call:edit", call.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("awards.change_question", raise_exception=True)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a new version of a question touches; a post makes it."""
    question = get_object_or_404(Question.objects.select_related("call"), pk=pk)
    if request.method == "POST":
        new = making.renew(question_id=question.pk, actor=actor_of(request), now=clock.now())
        return redirect("call-questions:edit", new.pk)
    context = {"question": question, "answers": making.answers_to(question)}
    return render(request, "awards/staging/renew.html", context)
