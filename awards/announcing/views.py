"""The chair's screen of the announcement: who is told what, when, with the mails to read before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, override
from django.views.decorators.http import require_http_methods, require_POST

from awards.announcing.forms import PlanForm, WithdrawForm
from awards.announcing.mail import outcome_mail
from awards.announcing.publishing import plan, withdraw
from awards.announcing.queries import Told, to_tell
from awards.deliberation.queries import open_prizes, standing_announcement
from awards.deliberation.wording import sentence_of
from awards.exceptions import AwardsError
from awards.jury.access import Chair, for_the_chair, forget_typed, page_context, typed_before
from awards.models import Announcement, AnnouncementLetter
from awards.results.views import once_done
from festival.time import clock


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
@once_done
def announcement(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show who is told what, and set when."""
    standing = standing_announcement(chair.call)
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = PlanForm(typed, word=standing.word.as_dict() if standing else {}, initial=_initial(standing))
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            plan(call_id=chair.call.pk, plan=form.plan, by=chair.user, now=clock.now())
        except AwardsError as error:
            form.add_error(None, sentence_of(error))
            status = 409 if error.code == "already_told" else 422
        else:
            forget_typed(request, request.path)
            messages.success(request, _("The announcement is planned."))
            return redirect("jury-announcement", chair.call.slug)
    told = to_tell(chair.call, clock.now())
    context: dict[str, Any] = {"call": chair.call, "announcement": standing, "form": form, "told": told}
    context |= {"open": open_prizes(chair.call), "previews": _previews(standing, told), "withdrawing": WithdrawForm()}
    context["letters"] = _letters(standing) if standing else []
    return render(request, "awards/announcing/announcement.html", page_context(request, **context), status=status)


@require_POST
@for_the_chair
@once_done
def take_off(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Withdraw the announcement, with a notice where it was told."""
    standing = get_object_or_404(Announcement, call=chair.call, withdrawn_at__isnull=True)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw(announcement_id=standing.pk, notice=form.texts, by=chair.user, now=clock.now())
        except AwardsError as error:
            messages.error(request, sentence_of(error))
        else:
            messages.success(request, _("The announcement is withdrawn."))
    return redirect("jury-announcement", chair.call.slug)


def _letters(standing: Announcement) -> list[AnnouncementLetter]:
    """Return what was told, winners first."""
    order = AnnouncementLetter.Outcome.values
    return sorted(standing.letters.select_related("entry", "mail"), key=lambda letter: order.index(letter.outcome))


def _initial(standing: Announcement | None) -> dict[str, object]:
    if standing is None:
        return {}
    names = ("tell_at", "publish_at", "names_jury", "at_last_reveal", "certifies_finalists")
    return {name: getattr(standing, name) for name in names}


def _previews(standing: Announcement | None, told: list[Told]) -> list[tuple[str, str, str]]:
    """Return the mail that the first of each outcome would get: its language, subject and text."""
    found: dict[str, tuple[str, str, str]] = {}
    for item in told:
        if standing is None or item.entry.applicant is None or item.outcome in found:
            continue
        code = item.entry.applicant.language
        with override(code):
            mail = outcome_mail(standing, item.entry, item.outcome, item.decisions, is_correction=item.last is not None)
            found[item.outcome] = (code, str(mail.subject), str(mail.body))
    return list(found.values())
