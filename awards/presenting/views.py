"""The page of a call, true at the moment that it is asked; and its form, for the organiser, before anybody applies."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext as _, override
from django.views.decorators.http import require_safe

from awards.applying.access import wants_json
from awards.applying.file_views import empty_slots
from awards.applying.forms import EntryForm, categories_of
from awards.entering.queries import questions_of
from awards.models import Call, Entry
from awards.pages.queries import CallStatus, call_status
from awards.pages.stages import Stage
from awards.pages.views import about, to_archive
from awards.presenting.queries import prospectus_of
from awards.presenting.wording import calendar_of, exclusions_of, parts_of
from festival.text.languages import installed_languages, main_language
from festival.text.typography import listed
from festival.time import clock
from program.published.addresses import at_current_address, programme_path

LAST_HOURS = timedelta(hours=24)


@require_safe
@at_current_address
def call(request: HttpRequest, *, edition: int | None = None) -> HttpResponse:
    """Show the current call, or that of a past edition; to the page's script, what time it is here.

    No copy is kept: at the deadline a page of some seconds ago would not be true.
    """
    status = call_status(now=clock.now(), edition=edition)
    if status is None:
        return to_archive(edition, "awards-call", slug="")
    response = JsonResponse(_clock(status)) if wants_json(request) else _page(request, status, edition)
    patch_vary_headers(response, ["Accept"])
    response.headers["Cache-Control"] = "no-cache"
    return response


def _page(request: HttpRequest, status: CallStatus, edition: int | None) -> HttpResponse:
    told, found = prospectus_of(status.call), status.call
    names = installed_languages()
    context: dict[str, Any] = about(status) | _clock(status)
    context |= {
        "status": status,
        "call": found,
        "prospectus": told,
        "parts": parts_of(told.questions),
        "exclusions": exclusions_of(told.questions),
        "languages": listed([names[code] for code in found.language_list if code in names]),
        "calendar": calendar_of(status),
        "hours_left": _hours_left(status),
        "is_past_edition": edition is not None,
        "address": programme_path("awards-call", edition=edition),
        "breadcrumbs": [(_("Home"), reverse("home"))],
    }
    return render(request, "awards/presenting/call.html", context)


def _until(status: CallStatus) -> datetime | None:
    return {Stage.SOON: status.windows.opens, Stage.OPEN: status.windows.closes}.get(status.stage)


def _clock(status: CallStatus) -> dict[str, Any]:
    """Return this moment and the one that is counted down to, in milliseconds, and the stage."""
    until = _until(status)
    return {"now": _milliseconds(status.at), "until": until and _milliseconds(until), "stage": status.stage.value}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _hours_left(status: CallStatus) -> int:
    """Return the hours until the close, begun ones too, in the last day; else 0."""
    left = status.windows.closes - status.at
    is_last = status.stage == Stage.OPEN and left < LAST_HOURS
    return -(-int(left.total_seconds()) // 3600) or 1 if is_last else 0


@require_safe
@permission_required("awards.change_call", raise_exception=True)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the organiser the form as applicants will see it, in each language and category; nothing is ever saved."""
    found = get_object_or_404(Call.objects.select_related("edition", "section"), pk=pk)
    languages = installed_languages()
    asked, language = request.GET.get("category", ""), request.GET.get("language", "")
    language = language if language in languages else get_language() or main_language()
    categories = categories_of(found)
    category = next((one for one in categories if one.slug == asked), next(iter(categories), None))
    context: dict[str, Any] = {"call": found, "categories": categories, "category": category, "languages": languages}
    with override(language):
        if category is not None:
            entry = Entry(call=found, category=category, title=_("The title of the project"))
            typed = {"category": category.slug, "title": str(entry.title)}
            context |= {"entry": entry, "form": EntryForm(entry, questions_of(found), typed=typed)}
            context["slots"] = empty_slots(found)
        return render(request, "awards/presenting/preview.html", context | {"shown_language": language})
