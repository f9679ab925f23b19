"""The finalists' pages, of the current edition and of past ones below their year.

Kept whole for visitors without a session; other projects and the jury's work stay private.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from awards.models import Entry
from awards.pages.queries import CallStatus, archive_of, call_status, finalist, finalists
from festival.pages.head import full
from festival.pages.linked_data import known
from festival.pages.navigation import site_facts
from festival.time import clock
from program.published.addresses import at_current_address, programme_path


@require_safe
@at_current_address
def projects(request: HttpRequest, *, edition: int | None = None) -> HttpResponse:
    """Show the finalists by category, or when they will be announced."""
    status = call_status(now=clock.now(), edition=edition)
    if status is None:
        return to_archive(edition, "awards-projects", slug="")
    context = about(status) | {"status": status, "groups": finalists(status), "page_kind": "CollectionPage"}
    return _page(request, "awards/pages/projects.html", context | {"breadcrumbs": _way()})


@require_safe
@at_current_address
def results(request: HttpRequest, *, edition: int | None = None) -> HttpResponse:
    """Show who won what, or when that becomes known."""
    status = call_status(now=clock.now(), edition=edition)
    if status is None:
        return to_archive(edition, "awards-results", slug="")
    context = about(status) | {"status": status, "winners": status.winners, "page_kind": "CollectionPage"}
    context["groups"] = finalists(status) if status.winners else []
    return _page(request, "awards/pages/results.html", context | {"breadcrumbs": _way()})


@require_safe
@at_current_address
def project(request: HttpRequest, slug: str, *, edition: int | None = None) -> HttpResponse:
    """Show one finalist."""
    status = call_status(now=clock.now(), edition=edition)
    entry = finalist(status, slug) if status else None
    if status is None or entry is None:
        return to_archive(edition, "awards-project", slug=slug)
    context = about(status) | {"status": status, "entry": entry}
    context["breadcrumbs"] = [*_way(), (_("Finalists"), programme_path("awards-projects", edition=edition))]
    context["prizes"] = status.winners.prizes_of(entry) if status.winners else []
    context["mentions"] = status.winners.mentions_of(entry) if status.winners else []
    won = [f"{prize.name}, {status.call.name}" for prize in context["prizes"]]
    context["linked_data"] = [_described(entry, full(request.path)) | known({"award": won})]
    return _page(request, "awards/pages/project.html", context)


def about(status: CallStatus) -> dict[str, Any]:
    """Return what the card for social networks is coloured by."""
    sections = site_facts().sections
    return {"card_section": next((part.slug for part in sections if part.pk == status.call.section_id), "")}


def _way() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home"))]


def _described(entry: Entry, url: str) -> dict[str, Any]:
    """Return a project for search engines, as far as its page says it."""
    founder = {"@type": "Organization", "name": entry.holder} if entry.holder else None
    return known(
        {
            "@type": "Project",
            "@id": f"{url}#project",
            "url": url,
            "name": str(entry.title),
            "description": str(entry.pitch),
            "parentOrganization": founder,
            "foundingDate": str(entry.founded or ""),
            "sameAs": entry.website,
        }
    )


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    response.cache_page = True  # type: ignore[attr-defined]  # read by festival.web.page_cache
    return response


def to_archive(edition: int | None, name: str, *, slug: str) -> HttpResponse:
    """Lead an address that the current edition does not have to the newest archive that has it."""
    found = archive_of(slug, now=clock.now()) if edition is None else None
    if found is None:
        raise Http404
    return redirect(programme_path(name, *([slug] if slug else []), edition=found), permanent=bool(slug))
