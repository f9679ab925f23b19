"""The screeners' queue of a call: what waits, what looks alike, one decision for one project or many."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from awards.exceptions import AwardsError
from awards.models import Call, Entry
from awards.screening import deciding, queries, wording
from awards.screening.forms import UNDO, ScreeningForm
from festival.models import User
from festival.time import clock


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("awards.add_screening", raise_exception=True)
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the queue; a post decides on the projects that were chosen."""
    call = get_object_or_404(Call.objects.select_related("edition"), pk=pk)
    lines = queries.queue(call)
    form = ScreeningForm(request.POST or None, entries=[line.entry.pk for line in lines])
    if request.method == "POST" and form.is_valid():
        _act(request, form.cleaned_data)
        return redirect("call:screen", call.pk)
    context: dict[str, Any] = {
        "call": call,
        "rows": [(line, [_said(other) for other in line.alike]) for line in lines],
        "form": form,
        "chosen": set(request.POST.getlist("entries")),
        "waiting": sum(line.entry.state == Entry.State.SUBMITTED for line in lines),
    }
    return render(request, "awards/screening/queue.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, data: dict[str, Any]) -> None:
    """Decide on each; one that is refused says why and keeps nobody from the others."""
    assert isinstance(request.user, User)  # noqa: S101 -- nobody else gets here
    now, done = clock.now(), 0
    for pk in data["entries"]:
        try:
            if data["verdict"] == UNDO:
                deciding.undo(entry_id=pk, by=request.user, now=now)
            else:
                given = {"reason": data["reason"], "until": data["until"]}
                deciding.decide(entry_id=pk, verdict=data["verdict"], by=request.user, now=now, **given)
        except AwardsError as error:
            messages.error(request, f"{Entry.objects.get(pk=pk)}: {wording.sentence_for(error)}")
        else:
            done += 1
    if done:
        said = ngettext(
            "Done for %(count)d project. The mail waits a quarter of an hour; until then nobody hears of it.",
            "Done for %(count)d projects. The mails wait a quarter of an hour; until then nobody hears of it.",
            done,
        )
        messages.success(request, said % {"count": done})


def _said(other: queries.Alike) -> tuple[Entry, list[Any]]:
    return other.entry, [wording.SHARED[one] for one in other.shared]
