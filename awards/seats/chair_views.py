"""The chair's page of conflicts: every pair that must not be, adding one, lifting one that was a mistake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.exceptions import AwardsError
from awards.jury.access import Chair, for_the_chair, forget_typed, page_context, typed_before
from awards.models import Call, Recusal
from awards.seats import barring, queries
from awards.seats.forms import BarForm, LiftForm
from awards.seats.wording import sentence_for
from festival.time import clock


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
def conflicts(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show the conflicts of the call; a post adds one."""
    typed = request.POST if request.method == "POST" else typed_before(request)
    form, status = _form(chair.call, typed), 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        pair = barring.Pair(form.cleaned_data["juror"], form.cleaned_data["entry"])
        said = {"tie": Recusal.Tie(form.cleaned_data["tie"]), "reason": form.cleaned_data["reason"]}
        try:
            row = barring.bar(pair=pair, by=chair.user, now=clock.now(), **said)
        except AwardsError as error:
            form.add_error(None, sentence_for(error))
            status = 409
        else:
            forget_typed(request, request.path)
            words = {"juror": row.juror.name, "title": row.entry.title}
            messages.success(request, _("%(juror)s no longer judges “%(title)s”.") % words)
            return redirect("jury-conflicts", chair.call.slug)
    shown = queries.conflicts_of(chair.call, chair.juror)
    context = {"call": chair.call, "chair": chair, "conflicts": shown, "form": form}
    return render(request, "awards/seats/conflicts.html", page_context(request, **context), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
def lift(request: HttpRequest, chair: Chair, pk: int) -> HttpResponse:
    """Ask why a conflict was a mistake; a post lifts it."""
    rows = Recusal.ever.filter(juror__call=chair.call).select_related("juror", "entry")
    row = get_object_or_404(rows, pk=pk)
    form = LiftForm(request.POST if request.method == "POST" else typed_before(request))
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            barring.lift(recusal_id=row.pk, reason=form.cleaned_data["reason"], by=chair.user, now=clock.now())
        except AwardsError as error:
            form.add_error(None, sentence_for(error))
            status = 409
        else:
            forget_typed(request, request.path)
            words = {"juror": row.juror.name, "title": row.entry.title}
            messages.success(request, _("%(juror)s may judge “%(title)s” again.") % words)
            return redirect("jury-conflicts", chair.call.slug)
    context = {"call": chair.call, "chair": chair, "row": row, "form": form}
    return render(request, "awards/seats/lift.html", page_context(request, **context), status=status)


def _form(call: Call, typed: QueryDict | None) -> BarForm:
    return BarForm(typed, jurors=queries.jurors_to_bar(call), entries=queries.entries_to_bar(call))
