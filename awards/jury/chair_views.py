"""What the chair does for the jury: who reads what, who is late, who did what. Never what jurors wrote."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext, override
from django.views.decorators.http import require_http_methods, require_safe

from awards.exceptions import AwardsError
from awards.jury.access import Chair, for_the_chair, forget_typed, page_context, typed_before
from awards.jury.acts import acts_of
from awards.jury.assigning import reassign
from awards.jury.candidates import candidates_for
from awards.jury.forms import ReassignForm, RemindForm
from awards.jury.mail import reminder
from awards.jury.queries import Late, desk_of, language_of, late_in
from awards.jury.reminding import remind
from awards.models import Assignment, Juror
from awards.wording import sentence_for
from festival.core.audit import Actor
from festival.time import clock


@require_safe
@for_the_chair
def juror(request: HttpRequest, chair: Chair, slug: str) -> HttpResponse:
    """Show what a juror reads; how far each project is only to whoever owes no card."""
    shown = get_object_or_404(Juror, call=chair.call, slug=slug)
    context = {"call": chair.call, "chair": chair, "state": chair.state, "juror": shown}
    context["desk"] = desk_of(shown, chair.round)
    return render(request, "awards/jury/chair_juror.html", page_context(request, **context))


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
def give_on(request: HttpRequest, chair: Chair, pk: int) -> HttpResponse:
    """Give what one juror was to read to another."""
    pairs = Assignment.objects.select_related("juror", "entry", "round__call", "scorecard")
    pair = get_object_or_404(pairs, pk=pk, round=chair.round)
    candidates = candidates_for(pair, chair.juror)
    form = ReassignForm(request.POST if request.method == "POST" else typed_before(request), candidates=candidates)
    if request.method == "POST" and form.is_valid():
        actor = Actor.of_user(chair.user)
        chosen = int(form.cleaned_data["juror"])
        try:
            new = reassign(assignment_id=pk, juror_id=chosen, actor=actor, now=clock.now(), by=chair.juror)
        except AwardsError as error:
            form.add_error(None, sentence_for(error, chair.round))
        else:
            forget_typed(request, request.path)
            words = {"title": pair.entry.title, "juror": new.juror.name}
            messages.success(request, _("“%(title)s” is now read by %(juror)s.") % words)
            return redirect("jury-chair-juror", chair.call.slug, pair.juror.slug)
    page = page_context(request, call=chair.call, chair=chair, pair=pair, form=form, candidates=candidates)
    return render(request, "awards/jury/give_on.html", page, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
def remind_late(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show who is late and what they would be sent; write to those who are chosen."""
    late = late_in(chair.round, now=clock.now())
    form = RemindForm(request.POST if request.method == "POST" else typed_before(request), late=late)
    if request.method == "POST" and form.is_valid():
        forget_typed(request, request.path)
        count = _remind(chair, [int(key) for key in form.cleaned_data["jurors"]])
        done = ngettext("%(count)s juror is written to.", "%(count)s jurors are written to.", count)
        messages.success(request, done % {"count": count})
        return redirect("jury-remind", chair.call.slug)
    page = page_context(request, call=chair.call, chair=chair, late=late, form=form, previews=_previews(late, chair))
    return render(request, "awards/jury/remind.html", page, status=422 if request.method == "POST" else 200)


@require_safe
@for_the_chair
def log(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show who did what in this round."""
    acts = acts_of(chair.round, with_ranking=not chair.must_wait)
    return render(request, "awards/jury/log.html", page_context(request, call=chair.call, acts=acts))


def _remind(chair: Chair, jurors: list[int]) -> int:
    """Write to each that can still be written to, and return how many they were."""
    count = 0
    for juror_id in jurors:
        try:
            remind(juror_id=juror_id, round_id=chair.round.pk, actor=Actor.of_user(chair.user), now=clock.now())
        except AwardsError:
            continue  # handed in, or written to by somebody else, since the page was opened
        count += 1
    return count


def _previews(late: list[Late], chair: Chair) -> list[tuple[str, str, str]]:
    """Return the mail that the first late juror of each language would get: language, subject, text."""
    found: dict[str, tuple[str, str, str]] = {}
    for item in late:
        code = language_of(item.juror)
        if code not in found:
            with override(code):
                mail = reminder(item.juror, chair.round, item.owed, code)
                found[code] = (code, str(mail.subject), str(mail.body))
    return list(found.values())
