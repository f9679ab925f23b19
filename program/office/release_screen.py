"""The editors' screen on which the programme is released."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from festival.models import Edition
from festival.time import clock
from program.exceptions import NothingToRelease, VersionTaken
from program.office.forms import ReleaseForm
from program.release import queries as release_queries
from program.release.publishing import release_programme
from program.timetable import queries


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("program.add_release", raise_exception=True)
def release(request: HttpRequest) -> HttpResponse:
    """Show the warnings and the last releases; POST makes a new one."""
    edition = Edition.objects.current()
    form = ReleaseForm(request.POST or None)
    if edition and request.method == "POST" and form.is_valid() and _release(request, edition, form):
        return redirect("program-release")
    context = {
        "form": form,
        "edition": edition,
        "warnings": queries.timetable_warnings(edition, clock.now()) if edition else [],
        "releases": release_queries.releases(edition) if edition else [],
    }
    return render(request, "program/office/release.html", context)


def _release(request: HttpRequest, edition: Edition, form: ReleaseForm) -> bool:
    try:
        made = release_programme(edition=edition, now=clock.now(), **form.cleaned_data)
    except VersionTaken:
        form.add_error("version", _("A release of this name exists already."))
        return False
    except NothingToRelease:
        form.add_error(None, _("Nothing has changed since the last release."))
        return False
    messages.success(request, _("Version %(version)s is public.") % {"version": made.version})
    return True
