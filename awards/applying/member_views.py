"""Who writes along on a project: inviting, taking out, leaving, joining by the link of the mail."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.applying import access
from awards.applying.access import Desk, for_entries
from awards.applying.forms import InviteForm
from awards.applying.wording import sentence_for
from awards.entering import inviting, queries
from awards.exceptions.base import AwardsError
from awards.exceptions.entering import NotInvited
from awards.models import Entry
from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from festival.web.page_cache import kept_private

INVITATIONS = Rate("apply-invite", limit=20, seconds=86400)
INVITED = Rate("apply-invited-address", limit=6, seconds=86400)


@require_http_methods(["GET", "HEAD", "POST"])
@for_entries
def members(request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    """Show who writes along; invite somebody, take somebody out, leave."""
    form, status = InviteForm(request.POST if "email" in request.POST else None), 200
    if request.method == "POST" and "out" in request.POST:
        return _take_out(request, desk, entry)
    if request.method == "POST" and form.is_valid():
        email, deadline = form.cleaned_data["email"], queries.deadline_of(desk.call, entry)
        try:
            count_all(
                [Use(INVITATIONS, str(desk.applicant.uuid)), Use(INVITED, mail_identity(email))], now=timezone.now()
            )
            inviting.invite(entry_id=entry.pk, email=email, by=desk.applicant, now=clock.now())
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": email})
            return redirect("apply-members", desk.call.slug, entry.uuid)
        except RateLimited as error:
            form.add_error("email", rate_limits.slow_down(error, clock.now()))
            status = 429
        except AwardsError as error:
            form.add_error("email", sentence_for(error, deadline))
            status = 409
    elif request.method == "POST":
        status = 422
    context = {
        "call": desk.call,
        "applicant": desk.applicant,
        "entry": entry,
        "form": form,
        "members": queries.members_of(entry),
        "is_owner": entry.applicant_id == desk.applicant.pk,
    }
    return render(request, "awards/applying/members.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, call: str, token: str) -> HttpResponse:
    """Show what an invitation is about; a post joins, and the link has proved the address."""
    found = access.call_of(call)
    try:
        member = inviting.invitation_of(token)
        if request.method == "POST":
            member = inviting.join(token=token, now=clock.now())
            assert member.applicant is not None  # noqa: S101 -- whoever joined is somebody
            access.sign_in(request, member.applicant)
            return kept_private(redirect("apply-entry", member.entry.call.slug, member.entry.uuid))
    except NotInvited as error:
        context = {"call": found, "sentence": sentence_for(error, queries.deadline_of(found))}
        return kept_private(render(request, "awards/applying/join.html", context, status=404))
    return kept_private(render(request, "awards/applying/join.html", {"call": found, "member": member}))


def _take_out(request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    is_owner = entry.applicant_id == desk.applicant.pk
    with suppress(ValueError):
        key = uuid.UUID(request.POST["out"])
        try:
            inviting.take_out(entry_id=entry.pk, member=key, by=desk.applicant, now=clock.now())
        except AwardsError as error:
            messages.error(request, sentence_for(error, queries.deadline_of(desk.call, entry)))
    if is_owner:
        return redirect("apply-members", desk.call.slug, entry.uuid)
    return redirect("apply", desk.call.slug)
