"""The finalists' pages. Kept whole for visitors without a session; other projects and the jury's work stay private."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.pages.queries import call_status, finalist, finalists
from festival.time import clock


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Show the finalists by category, or when they will be announced."""
    status = call_status(now=clock.now())
    if status is None:
        raise Http404
    response = render(request, "awards/pages/projects.html", {"status": status, "groups": finalists(status)})
    response.cache_page = True  # type: ignore[attr-defined]  # read by festival.page_cache
    return response


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one finalist."""
    status = call_status(now=clock.now())
    entry = finalist(status, slug) if status else None
    if status is None or entry is None:
        raise Http404
    response = render(request, "awards/pages/project.html", {"status": status, "entry": entry})
    response.cache_page = True  # type: ignore[attr-defined]  # read by festival.page_cache
    return response
