"""The editors' screen on which the programme of an edition is released, also of one that is still in preparation."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from festival.cms.editions import choose_edition
from festival.core import audit
from festival.models import Edition, User
from festival.time import clock
from program.exceptions import CannotRelease, NothingToRelease, VersionTaken
from program.office.forms import ReleaseForm
from program.published.addresses import release_at
from program.release import queries as release_queries
from program.release.publishing import release_programme
from program.timetable import queries


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("program.add_release", raise_exception=True)
def release(request: HttpRequest) -> HttpResponse:
    """Show the warnings and the last releases; POST makes a new one."""
    edition = choose_edition(request, request.POST.get("edition") or request.GET.get("edition", ""))
    form = ReleaseForm(request.POST or None)
    if edition and request.method == "POST" and form.is_valid() and _release(request, edition, form):
        return redirect("program-release")
    now = clock.now()
    context = {
        "form": form,
        "edition": edition,
        "editions": Edition.objects.all(),
        "is_public": edition is not None and release_at(edition.number, now) is not None,
        "obstacles": release_queries.obstacles(edition, now) if edition else [],
        "warnings": queries.timetable_warnings(edition, now) if edition else [],
        "releases": release_queries.releases(edition) if edition else [],
    }
    return render(request, "program/office/release.html", context)


def _release(request: HttpRequest, edition: Edition, form: ReleaseForm) -> bool:
    try:
        actor = audit.Actor.of_user(cast("User", request.user))  # who has a right is signed in
        made = release_programme(edition=edition, now=clock.now(), actor=actor, **form.cleaned_data)
    except VersionTaken:
        form.add_error("version", _("A release of this name exists already."))
        return False
    except CannotRelease:
        form.add_error(None, _("This cannot be released yet; what has to be mended first stands above."))
        return False
    except NothingToRelease:
        form.add_error(None, _("Nothing has changed since the last release."))
        return False
    if edition.is_current:
        said = _("Version %(version)s is public.")
    else:
        said = _("Version %(version)s is ready. The site shows it when its edition becomes the current one.")
    messages.success(request, said % {"version": made.version})
    return True
