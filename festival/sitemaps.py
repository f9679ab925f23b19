"""The site map: every published page in both languages, each with its twin."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from festival import clock
from festival.models import NewsPage


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with the pages that anybody may see now."""
    response = render(request, "sitemap.xml", {"urlset": _urls()}, content_type="application/xml")
    response.cache_page = True  # type: ignore[attr-defined]
    return response


def _urls() -> list[dict[str, Any]]:
    pages = _pages()
    twins: dict[Any, list[dict[str, str]]] = {}
    for page in pages:
        alternate = {"lang_code": page.locale.language_code, "location": _full(page)}
        twins.setdefault(page.translation_key, []).append(alternate)
    return [
        {"location": _full(page), "lastmod": page.last_published_at, "alternates": twins[page.translation_key]}
        for page in pages
    ]


def _pages() -> list[Any]:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    below = Q()
    for root in site.root_page.get_translations(inclusive=True).live():
        below |= Q(path__startswith=root.path)
    later = NewsPage.objects.filter(published_at__gt=clock.now()).values("pk")
    return list(
        Page.objects.filter(below)
        .live()
        .public()
        .exclude(pk__in=later)
        .order_by("path")
        .defer_streamfields()
        .specific()
    )


def _full(page: Any) -> str:
    return settings.BASE_URL.rstrip("/") + page.path_on_site
