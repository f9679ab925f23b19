"""The office's screen of a call's jury: who is asked, who answered what; asking, asking again, taking back."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from awards.exceptions import AwardsError
from awards.models import Call, Juror
from awards.seats import inviting, leaving, queries
from awards.seats.forms import InviteForm
from awards.seats.wording import sentence_for
from festival.models import User
from festival.time import clock
from festival.typed.keys import is_key


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("awards.add_juror", raise_exception=True)
def jury(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the jury of a call; a post asks people into it, or does something with one of them."""
    call = get_object_or_404(Call.objects.select_related("edition"), pk=pk)
    act = request.POST.get("do", "")
    form = InviteForm(request.POST if act == "invite" else None)
    if request.method == "POST":
        if act != "invite":
            _with_one(request, call, act)
            return redirect("call:jury", call.pk)
        if form.is_valid():
            _invite(request, call, form)
            return redirect("call:jury", call.pk)
    lines = queries.seats_of(call)
    waiting = sum(line.juror.state == Juror.State.INVITED for line in lines)
    context = {"call": call, "lines": lines, "form": form, "waiting": waiting}
    return render(request, "awards/seats/jury.html", context, status=422 if form.errors else 200)


def _invite(request: HttpRequest, call: Call, form: InviteForm) -> None:
    people, language = form.cleaned_data["people"], form.cleaned_data["language"]
    asked = inviting.invite(call_id=call.pk, invitees=people, language=language, by=_user(request), now=clock.now())
    said = ngettext("%(count)d person is invited.", "%(count)d people are invited.", len(asked))
    messages.success(request, said % {"count": len(asked)})
    if left := len(people) - len(asked):
        known = ngettext(
            "%(count)d is of the jury or asked already: nothing was sent.",
            "%(count)d are of the jury or asked already: nothing was sent.",
            left,
        )
        messages.info(request, known % {"count": left})


def _with_one(request: HttpRequest, call: Call, act: str) -> None:
    by, now = _user(request), clock.now()
    if act == "remind":
        count = inviting.remind(call_id=call.pk, by=by, now=now)
        said = ngettext("%(count)d person is asked again.", "%(count)d people are asked again.", count)
        messages.success(request, said % {"count": count})
        return
    typed = request.POST.get("juror", "")
    juror = get_object_or_404(Juror, call=call, pk=int(typed) if is_key(typed) else 0)
    try:
        messages.success(request, _done(juror, act, by, now))
    except AwardsError as error:
        messages.error(request, f"{juror}: {sentence_for(error)}")


def _done(juror: Juror, act: str, by: User, now: datetime) -> str:
    """Do it and say what was done."""
    name = {"juror": juror.name}
    if act == "again":
        is_sent = inviting.send_again(juror_id=juror.pk, by=by, now=now)
        return (_("%(juror)s is asked again.") if is_sent else _("%(juror)s was written to today already.")) % name
    if act == "take-back":
        inviting.take_back(juror_id=juror.pk, by=by, now=now)
        return _("The invitation of %(juror)s is taken back.") % name
    if act == "chair":
        leaving.make_chair(juror_id=juror.pk, by=by, now=now)
        return _("%(juror)s chairs the jury.") % name
    if act != "leave":
        return ""
    left = leaving.leave(juror_id=juror.pk, by=by, now=now)
    given = ngettext(
        "%(count)d project comes back to be given.", "%(count)d projects come back to be given.", left.given_back
    ) % {"count": left.given_back}
    kept = ngettext(
        "%(count)d scorecard stays and counts.", "%(count)d scorecards stay and count.", left.cards_kept
    ) % {"count": left.cards_kept}
    return " ".join((_("%(juror)s has left the jury.") % name, given, kept))


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- nobody else gets here
    return request.user
