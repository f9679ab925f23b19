"""The public pages: functions of the release that is current at this moment, or of the last one of a past edition.

An address that the current edition does not have leads to the archive that has it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from festival.pages.head import full
from festival.pages.offers import PublicOffer
from festival.text.languages import main_language
from festival.time import clock
from program.pages import linked_data, session_page
from program.pages.filter_links import filter_links
from program.published import day_plan, filters, queries
from program.published.addresses import at_current_address, programme_path, release_at, to_archive
from program.published.day_plan import DayPlan
from program.published.filters import Filters
from program.published.queries import Published
from program.published.snapshot import Programme, Session


@require_safe
def archive(request: HttpRequest, edition: int) -> HttpResponse:
    """Lead from an edition's number to its programme."""
    if release_at(edition, clock.now()) is None:
        raise Http404
    return redirect("program-home", edition)


@require_safe
@at_current_address
def home(request: HttpRequest, edition: int | None = None) -> HttpResponse:
    """Show the seven days."""
    now = clock.now()
    release = release_at(edition, now)
    if release is None and edition:
        raise Http404
    context: dict[str, Any] = {"archives": [] if edition else [past.edition for past in queries.archived_releases(now)]}
    if release is None:
        return _page(request, "program/pages/not_yet.html", context | {"appears_at": queries.next_publication(now)})
    programme = release.programme
    plans = [day_plan.day_plan(programme, day) for day in programme.days]
    context |= {"release": release, "programme": programme, "plans": plans, "today": _today(release)}
    context |= {"filters": Filters(), "page_kind": "CollectionPage", "breadcrumbs": _way()}
    days = [programme_path("program-day", day.date, edition=edition) for day in programme.days]
    context["linked_data"] = linked_data.list_data(days, full(request.path))
    return _page(request, "program/pages/home.html", context)


@require_safe
@at_current_address
def day(request: HttpRequest, day: date, edition: int | None = None) -> HttpResponse:
    """Show one day, filtered by the query string; before the first release, lead to the page that says when."""
    now = clock.now()
    release = release_at(edition, now)
    found = release.programme.day(day) if release else None
    if release is None or found is None:
        return _missing_day(request, day, edition, is_released=release is not None)
    wanted = filters.from_query(request.GET)
    plan = day_plan.day_plan(release.programme, found, wanted, now=now)
    context = {
        "now": now,
        "is_filtered": bool(wanted),
        "release": release,
        "programme": release.programme,
        "plan": plan,
        "filters": wanted,
        "filter_links": filter_links(day_plan.choices(release.programme, found), wanted, _language()),
        "card_section": found.section,
        "page_kind": "CollectionPage",
        "breadcrumbs": _way(edition, "program-home"),
        "linked_data": linked_data.list_data(_sessions_of(plan, edition), full(request.path)),
        "rooms": len({entry.occurrence.room.slug for slot in plan.slots for entry in slot.entries}),
    }
    return _page(request, "program/pages/day.html", context)


@require_safe
@at_current_address
def session(request: HttpRequest, slug: str, edition: int | None = None) -> HttpResponse:
    """Show one session; an unlisted one only to those who have its link, and to no search engine."""
    now = clock.now()
    release = release_at(edition, now)
    listed = release.programme.session_by_slug.get(slug) if release else None
    found = listed or (release.with_unlisted.session_by_slug.get(slug) if release else None)
    if release is None or found is None:
        return _missing(request, "program-session", slug, edition, lambda r: slug in r.with_unlisted.session_by_slug)
    source = release.programme if listed else release.with_unlisted
    context = session_page.session_context(source, found, now, is_archived=edition is not None) | {
        "release": release,
        "is_unlisted": listed is None,
    }
    context |= {"card_section": found.section.slug, "breadcrumbs": _way(edition, "program-home")}
    context["linked_data"] = _session_data(source, found, context["offers"], request.path)
    return _page(request, "program/pages/session.html", context)


@require_safe
@at_current_address
def speakers(request: HttpRequest, edition: int | None = None) -> HttpResponse:
    """List everyone on stage, as a French index would."""
    release = release_at(edition, clock.now())
    if release is None:
        return _not_yet(edition)
    context: dict[str, Any] = {"release": release, "speakers": release.programme.speakers}
    context |= {"page_kind": "CollectionPage", "breadcrumbs": _way(edition, "program-home")}
    return _page(request, "program/pages/speakers.html", context)


@require_safe
@at_current_address
def speaker(request: HttpRequest, slug: str, edition: int | None = None) -> HttpResponse:
    """Show one speaker and where to hear them."""
    now = clock.now()
    release = release_at(edition, now)
    found = release.programme.speaker_by_slug.get(slug) if release else None
    if release is None or found is None:
        return _missing(request, "program-speaker", slug, edition, lambda r: slug in r.programme.speaker_by_slug)
    occurrences = release.programme.occurrences_by_speaker.get(slug, ())
    context = {"release": release, "speaker": found, "occurrences": occurrences, "page_kind": "ProfilePage"}
    context["breadcrumbs"] = _way(edition, "program-home", "program-speakers")
    context["linked_data"] = linked_data.people_data(found, full(request.path), _language())
    return _page(request, "program/pages/speaker.html", context)


@require_safe
@at_current_address
def live(request: HttpRequest, edition: int | None = None) -> HttpResponse:
    """Show what is on now and what comes next, room by room."""
    now = clock.now()
    release = release_at(edition, now)
    if release is None:
        return _not_yet(edition)
    rows = day_plan.now_and_next(release.programme, now)
    open_all_day = day_plan.open_today(release.programme, _today(release), now)
    context = {"release": release, "rows": rows, "now": now, "open_all_day": open_all_day}
    context |= {"page_kind": "CollectionPage", "breadcrumbs": _way(edition, "program-home")}
    return _page(request, "program/pages/live.html", context)


@require_safe
def live_redirect(request: HttpRequest) -> HttpResponse:
    """Send the short address on posters to the visitor's language."""
    return redirect("program-live")


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    response.cache_page = True  # type: ignore[attr-defined]  # read by PageCacheMiddleware
    response.cache_reads = filters.NAMES  # type: ignore[attr-defined]  # likewise
    return response


def _not_yet(edition: int | None) -> HttpResponse:
    """Lead to the page that says when the programme appears; an archive that was never released is none."""
    if edition:
        raise Http404
    return redirect("program-home")


def _missing(
    request: HttpRequest, name: str, arg: object, edition: int | None, has: Callable[[Published], bool]
) -> HttpResponse:
    """Answer for what the edition does not have: 404 in an archive, else the archive that has it."""
    if edition:
        raise Http404
    return to_archive(request, name, arg, now=clock.now(), has=has)


def _missing_day(request: HttpRequest, day: date, edition: int | None, *, is_released: bool) -> HttpResponse:
    try:
        return _missing(request, "program-day", day, edition, lambda r: r.programme.day(day) is not None)
    except Http404:
        if edition or is_released:
            raise
        return redirect("program-home")


def _today(release: Published) -> date:
    return clock.festival_day_of(clock.now(), release.programme.day_starts_at)


def _session_data(source: Programme, session: Session, offers: list[PublicOffer], path: str) -> list[dict[str, Any]]:
    occurrences = source.occurrences_by_session.get(session.slug, ())
    return linked_data.session_data(source, occurrences, offers, url=full(path), language=_language())


def _sessions_of(plan: DayPlan, edition: int | None) -> list[str]:
    timed = [entry.occurrence for slot in plan.slots for entry in slot.entries]
    slugs = dict.fromkeys(o.session.slug for o in (*plan.strip, *timed))
    return [programme_path("program-session", slug, edition=edition) for slug in slugs]


def _way(edition: int | None = None, *names: str) -> list[tuple[str, str]]:
    """Return the names and paths of the pages above one of the programme, the home page first."""
    titles = {"program-home": _("Programme"), "program-speakers": _("Speakers")}
    way = [(_("Home"), reverse("home"))]
    return way + [(titles[name], programme_path(name, edition=edition)) for name in names]


def _language() -> str:
    return get_language() or main_language()
