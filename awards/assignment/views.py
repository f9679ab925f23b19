"""The chair's page of who reads what: propose, look, release or discard."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from awards.assignment.forms import ReleaseForm
from awards.assignment.plan_sheet import share_out_of
from awards.assignment.proposing import discard, propose, release
from awards.assignment.wording import sentence
from awards.exceptions import AwardsError
from awards.exceptions.assignment import NothingToPropose, ReasonMissing
from awards.jury.access import Chair, for_the_chair, forget_typed, page_context, typed_before
from awards.models import AssignmentBatch
from festival.core.audit import Actor
from festival.time import clock


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
def share_out(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show the plan and its checks; propose one, release it, discard it."""
    refusal, status = "", 200
    form = ReleaseForm(request.POST or typed_before(request))
    if request.method == "POST":
        try:
            done = _act(request, chair, form)
        except AwardsError as error:
            refusal = sentence(error, chair.round)
            status = 422 if isinstance(error, ReasonMissing | NothingToPropose) else 409
            if isinstance(error, ReasonMissing):
                form.add_error("reason", refusal)
        else:
            forget_typed(request, request.path)
            messages.success(request, done)
            return redirect("jury-share-out", chair.call.slug)
    context = {"call": chair.call, "chair": chair, "round": chair.round, "state": chair.state, "refusal": refusal}
    page = page_context(request, share=share_out_of(chair.round), form=form, **context)
    return render(request, "awards/assignment/share_out.html", page, status=status)


def _act(request: HttpRequest, chair: Chair, form: ReleaseForm) -> str:
    """Do what was asked and say that it is done."""
    actor, now = Actor.of_user(chair.user), clock.now()
    if "plan" not in request.POST:
        batch = propose(round_id=chair.round.pk, actor=actor, by=chair.user, now=now)
        return _made(len(batch.added))
    batch = get_object_or_404(AssignmentBatch, round=chair.round, uuid=request.POST["plan"])
    if "discard" in request.POST:
        discard(batch_id=batch.pk, actor=actor, by=chair.user, now=now)
        return _("The plan is discarded.")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    batch = release(batch_id=batch.pk, reason=reason, actor=actor, by=chair.user, now=now)
    count = len(batch.added)
    done = ngettext(
        "%(count)s assignment is made; its juror is told by mail.",
        "%(count)s assignments are made; each juror is told by mail.",
        count,
    )
    return done % {"count": count}


def _made(count: int) -> str:
    done = ngettext(
        "A plan of %(count)s assignment is proposed. Jurors see nothing of it yet.",
        "A plan of %(count)s assignments is proposed. Jurors see nothing of it yet.",
        count,
    )
    return done % {"count": count}
