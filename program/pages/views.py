"""The public pages: functions of the release that is current at this moment."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from festival.time import clock
from festival.time.days import festival_day
from program.pages import linked_data, session_page
from program.pages.filter_links import chips
from program.published import day_plan, filters, queries
from program.published.queries import Published
from program.published.snapshot import Session


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the seven days."""
    now = clock.now()
    release = queries.current_release(now)
    if release is None:
        return _page(request, "program/pages/not_yet.html", {"appears_at": queries.next_publication(now)})
    programme = release.programme
    plans = [day_plan.day_plan(programme, day) for day in programme.days]
    context = {"release": release, "programme": programme, "plans": plans, "today": _today(release)}
    return _page(request, "program/pages/home.html", context)


@require_safe
def day(request: HttpRequest, day: date) -> HttpResponse:
    """Show one day, filtered by the query string; before the first release, lead to the page that says when."""
    release = queries.current_release(clock.now())
    if release is None:
        return redirect("program-home")
    found = release.programme.day(day)
    if found is None:
        raise Http404
    wanted = filters.from_query(request.GET)
    plan = day_plan.day_plan(release.programme, found, wanted)
    context = {
        "release": release,
        "programme": release.programme,
        "plan": plan,
        "filters": wanted,
        "chips": chips(day_plan.choices(release.programme, found), wanted, get_language() or "fr"),
        "rooms": len({entry.occurrence.room.slug for slot in plan.slots for entry in slot.entries}),
    }
    return _page(request, "program/pages/day.html", context)


@require_safe
def session(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one session; an unlisted one only to those who have its link, and to no search engine."""
    release = _release_or_404()
    listed = release.programme.session_by_slug.get(slug)
    found = listed or release.with_unlisted.session_by_slug.get(slug)
    if found is None:
        raise Http404
    source = release.programme if listed else release.with_unlisted
    context = session_page.session_context(source, found) | {"release": release, "is_unlisted": listed is None}
    context["linked_data"] = _linked_data(release, found)
    return _page(request, "program/pages/session.html", context)


@require_safe
def speakers(request: HttpRequest) -> HttpResponse:
    """List everyone on stage, as a French index would."""
    release = _release_or_404()
    return _page(request, "program/pages/speakers.html", {"release": release, "speakers": release.programme.speakers})


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one speaker and where to hear them."""
    release = _release_or_404()
    found = release.programme.speaker_by_slug.get(slug)
    if found is None:
        raise Http404
    occurrences = release.programme.occurrences_by_speaker.get(slug, ())
    return _page(
        request, "program/pages/speaker.html", {"release": release, "speaker": found, "occurrences": occurrences}
    )


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Show what is on now and what comes next, room by room."""
    release = _release_or_404()
    now = clock.now()
    rows = day_plan.now_and_next(release.programme, now)
    open_all_day = [o for o in day_plan.on_day(release.programme, _today(release)) if o.is_all_day]
    context = {"release": release, "rows": rows, "now": now, "open_all_day": open_all_day}
    return _page(request, "program/pages/live.html", context)


@require_safe
def live_redirect(request: HttpRequest) -> HttpResponse:
    """Send the short address on posters to the visitor's language."""
    return redirect("program-live")


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    response.cache_page = True  # type: ignore[attr-defined]  # read by PageCacheMiddleware
    return response


def _release_or_404() -> Published:
    release = queries.current_release(clock.now())
    if release is None:
        raise Http404
    return release


def _today(release: Published) -> date:
    zone = release.programme.occurrences[0].starts_at.tzinfo if release.programme.occurrences else None
    return festival_day(clock.now().astimezone(zone), release.programme.day_starts_at)


def _linked_data(release: Published, session: Session) -> dict[str, Any]:
    url = settings.BASE_URL + reverse("program-session", args=[session.slug])
    occurrences = release.with_unlisted.occurrences_by_session.get(session.slug, ())
    return linked_data.session_data(release.programme, session, occurrences, url=url, language=get_language() or "fr")
