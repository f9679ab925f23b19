"""The chair's grid of who reads what: tick, count, save; a page of projects at a time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from awards.assignment.wording import sentence
from awards.exceptions import AwardsError
from awards.grid.forms import NAME, pairs_in
from awards.grid.giving import Handed, hand_out
from awards.grid.queries import View, grid_of
from awards.jury.access import Chair, for_the_chair, forget_typed, page_context, typed_before
from festival.core.audit import Actor
from festival.time import clock


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
def grid(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show a page of the grid; count what is ticked, or save it."""
    sent = request.POST if request.method == "POST" else typed_before(request)
    view = _view(sent if sent is not None else request.GET, chair)
    refusal, status = "", 200
    if request.method == "POST" and "count" not in request.POST:
        try:
            done = _save(request, chair, view)
        except AwardsError as error:
            refusal, status = sentence(error, chair.round), 409
        else:
            forget_typed(request, request.path)
            messages.success(request, done)
            return redirect(_address(chair, view))
    ticked = None if sent is None else pairs_in(sent.getlist(NAME))
    context = {"call": chair.call, "chair": chair, "round": chair.round, "state": chair.state, "refusal": refusal}
    page = page_context(request, grid=grid_of(chair.round, view, ticked), is_typed=sent is not None, **context)
    return render(request, "awards/grid/grid.html", page, status=status)


def _view(chosen: QueryDict, chair: Chair) -> View:
    page, category = chosen.get("page", "1"), chosen.get("category", "")
    return View(category, page, chair.juror, sees_progress=not chair.must_wait)


def _address(chair: Chair, view: View) -> str:
    query = QueryDict(mutable=True)
    query.update({"category": view.category, "page": view.page})
    return f"{reverse('jury-grid', args=[chair.call.slug])}?{query.urlencode()}"


def _save(request: HttpRequest, chair: Chair, view: View) -> str:
    """Give and take, and say what was done."""
    handed = hand_out(
        round_id=chair.round.pk,
        view=view,
        basis=request.POST.get("basis", ""),
        ticked=pairs_in(request.POST.getlist(NAME)),
        actor=Actor.of_user(chair.user),
        now=clock.now(),
    )
    return " ".join(_done(handed)) or _("Nothing was changed.")


def _done(handed: Handed) -> list[str]:
    given = ngettext("%(count)s assignment is made.", "%(count)s assignments are made.", handed.given)
    taken = ngettext("%(count)s assignment is taken back.", "%(count)s assignments are taken back.", handed.taken)
    told = ngettext("%(count)s juror is told by mail.", "%(count)s jurors are told by mail.", handed.told)
    counted = ((given, handed.given), (taken, handed.taken), (told, handed.told))
    return [text % {"count": count} for text, count in counted if count]
