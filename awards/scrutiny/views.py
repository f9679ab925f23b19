"""The office's screen of a vote: which ballots lie suspiciously together. No total, no grade, nobody's name."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from awards.exceptions.voting import VoteCounted
from awards.models import Call, PublicBallot
from awards.scrutiny import deciding, queries
from awards.scrutiny.forms import ScrutinyForm
from awards.voting.wording import refusal
from festival.models import User
from festival.time import clock


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("awards.change_publicballot", raise_exception=True)
def ballots(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what to look at; a post decides on the ballots that were ticked."""
    call = get_object_or_404(Call.objects.select_related("edition"), pk=pk)
    judged = queries.vote_of(call)
    sheet = queries.sheet_of(judged) if judged else queries.Sheet((), ())
    form = ScrutinyForm(request.POST if request.method == "POST" else None, known=sheet.keys)
    if judged and request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)  # noqa: S101 -- nobody else gets here
        try:
            done = deciding.decide(
                round_id=judged.pk, ballots=form.chosen, by=request.user, now=clock.now(), **form.cleaned_data
            )
        except VoteCounted as error:
            messages.error(request, refusal(error))
        else:
            said = ngettext("Decided on %(count)d ballot.", "Decided on %(count)d ballots.", done)
            messages.success(request, said % {"count": done})
        return redirect("call:ballots", call.pk)
    context = {
        "call": call,
        "vote": judged,
        "groups": [(group, PublicBallot.Reason(group.reason).label) for group in sheet.groups],
        "decided": sheet.decided,
        "form": form,
        "chosen": form.chosen,
    }
    return render(request, "awards/scrutiny/ballots.html", context, status=422 if form.errors else 200)
