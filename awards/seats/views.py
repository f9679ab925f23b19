"""The page of an invitation to the jury, for whoever has its link: what is asked, yes or no, an account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.exceptions import AwardsError
from awards.exceptions.seats import NotInvited
from awards.models import Juror
from awards.seats import answering
from awards.seats.forms import AcceptForm, DeclineForm
from awards.seats.wording import sentence_for
from festival.time import clock
from festival.web.page_cache import kept_private


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the jury is asked; a post accepts, declines, or gives the new account its password."""
    try:
        juror = answering.invitation_of(token, clock.now())
        return kept_private(_answer(request, token, juror))
    except NotInvited as error:
        context = {"sentence": sentence_for(error)}
        return kept_private(render(request, "awards/seats/invitation_gone.html", context, status=404))


def _answer(request: HttpRequest, token: str, juror: Juror) -> HttpResponse:
    act = request.POST.get("do", "")
    forms: dict[str, Any] = {
        "accept": AcceptForm(request.POST if act == "accept" else None, juror=juror),
        "decline": DeclineForm(request.POST if act == "decline" else None),
    }
    if answering.lacks_password(juror):
        forms["password"] = SetPasswordForm(juror.user, request.POST if act == "password" else None)
    form, status = forms.get(act), 200
    if request.method == "POST":
        status = 422
        if form is not None and form.is_valid():
            try:
                return _act(request, token, juror, act, form)
            except NotInvited:
                raise
            except AwardsError as error:
                form.add_error(None, sentence_for(error))
                status = 409
    context = {"juror": juror, "call": juror.call, "forms": forms, "act": act, "state": str(juror.state)}
    context |= {"rounds": juror.call.rounds.of_jurors(), "jury": reverse("jury-home", args=[juror.call.slug])}
    context["terms"] = [line.strip() for line in str(juror.call.jury_terms).split("\n\n") if line.strip()]
    return render(request, "awards/seats/invitation.html", context, status=status)


def _act(request: HttpRequest, token: str, juror: Juror, act: str, form: Any) -> HttpResponse:
    now = clock.now()
    if act == "decline":
        answering.decline(token=token, word=form.cleaned_data["word"], now=now)
    elif act == "accept":
        answering.accept(token=token, acceptance=form.acceptance, now=now)
    else:
        answering.choose_password(token=token, password=form.cleaned_data["new_password1"], now=now)
        messages.success(request, _("Your account is ready. Sign in with your address and your password."))
        jury = urlencode({"next": reverse("jury-home", args=[juror.call.slug])})
        return redirect(f"{reverse('account_login')}?{jury}")
    return redirect("awards-invitation", token)
