"""What a juror does beside the marks, by plain forms; each comes back to where it was sent from."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.exceptions import AwardsError
from awards.jury.access import Chair, Seat, for_jurors, for_the_chair, page_context
from awards.models import Assignment
from awards.reading.forms import AbstainForm, FlagForm
from awards.reading.noting import abstain, finish, flag, score_after_all, star
from awards.reading.queries import abstentions_in, flags_in
from awards.wording import sentence_for
from festival.time import clock


@require_POST
@for_jurors
def put_star(request: HttpRequest, seat: Seat, slug: str) -> HttpResponse:
    """Put the project on the juror's own list, or take it off."""
    star(assignment_id=_own(seat, slug).pk, is_starred="star" in request.POST)
    return redirect("jury-home" if "home" in request.POST else "jury-entry", *_place(seat, slug, request))


@require_http_methods(["GET", "HEAD", "POST"])
@for_jurors
def put_flag(request: HttpRequest, seat: Seat, slug: str) -> HttpResponse:
    """Ask what the chair should look at, and keep it."""
    own = _own(seat, slug)
    note = getattr(own, "note", None)
    form = FlagForm(request.POST or None, initial={"flag": note.flag if note else ""})
    if request.method == "POST" and form.is_valid():
        flag(assignment_id=own.pk, reason=form.cleaned_data["flag"].strip(), by=seat.juror.user, now=clock.now())  # type: ignore[arg-type]
        messages.success(request, _("The chair sees what you wrote."))
        return redirect("jury-entry", seat.call.slug, slug)
    page = page_context(request, call=seat.call, entry=own.entry, form=form)
    return render(request, "awards/reading/flag.html", page, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_jurors
def not_judge(request: HttpRequest, seat: Seat, slug: str) -> HttpResponse:
    """Ask why the juror abstains; `back` in the data takes an abstention back."""
    own = _own(seat, slug)
    form = AbstainForm(request.POST if request.method == "POST" else None)
    known = {"assignment_id": own.pk, "by": seat.juror.user, "now": clock.now()}
    try:
        if request.method == "POST" and "back" in request.POST:
            score_after_all(**known)  # type: ignore[arg-type]
            return redirect("jury-entry", seat.call.slug, slug)
        if request.method == "POST" and form.is_valid():
            abstain(**known, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
            messages.success(request, _("You abstain on “%(title)s”.") % {"title": own.entry.title})
            return redirect("jury-home", seat.call.slug)
    except AwardsError as error:
        form.add_error(None, sentence_for(error, seat.round))
    page = page_context(request, call=seat.call, entry=own.entry, form=form)
    return render(request, "awards/reading/abstain.html", page, status=422 if request.method == "POST" else 200)


@require_POST
@for_jurors
def be_finished(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Say that the juror is finished with the round."""
    try:
        finish(juror=seat.juror, judged=seat.round, by=seat.juror.user, now=clock.now())  # type: ignore[arg-type]
    except AwardsError as error:
        messages.error(request, sentence_for(error, seat.round))
    else:
        messages.success(request, _("The chair knows that you are finished. Thank you."))
    return redirect("jury-home", seat.call.slug)


@require_safe
@for_the_chair
def flags(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show what jurors want looked at, who abstains and who is finished."""
    found = {"flags": flags_in(chair), "abstentions": abstentions_in(chair)}
    finished = chair.round.finished.select_related("juror").order_by("juror__sort_name")
    page = page_context(request, call=chair.call, round=chair.round, finished=finished, **found)
    return render(request, "awards/reading/flags.html", page)


def _own(seat: Seat, slug: str) -> Assignment:
    own = Assignment.objects.filter(juror=seat.juror, round=seat.round, entry__slug=slug).select_related(
        "entry", "note"
    )
    found = own.first()
    if found is None:
        raise Http404
    return found


def _place(seat: Seat, slug: str, request: HttpRequest) -> list[str]:
    return [seat.call.slug] if "home" in request.POST else [seat.call.slug, slug]
