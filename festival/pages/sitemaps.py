"""The site map: every published page in all its languages. The other apps add their own addresses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from festival.models import NewsPage
from festival.pages.navigation import path_of
from festival.text.languages import main_language
from festival.time import clock

Twins = dict[str, Page]


class CanonicalSitemap[Item](Sitemap[Item]):
    """Addresses as the pages themselves give them, whatever host was asked."""

    i18n = True
    alternates = True

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return the scheme of the installation's address."""
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """Return the host and port of the installation's address."""
        return urlsplit(settings.BASE_URL).netloc


class PageSitemap(CanonicalSitemap[Twins]):
    """The pages of the CMS that anybody may see now; an item holds one page by language."""

    def items(self) -> list[Twins]:
        """Return the pages of the site, twins together."""
        twins: dict[Any, Twins] = {}
        for page in _pages():
            twins.setdefault(page.translation_key, {})[page.locale.language_code] = page
        return list(twins.values())

    def get_languages_for_item(self, item: Twins) -> list[str]:
        """Return the languages in which this page exists."""
        return list(item)

    def location(self, item: Twins) -> str:
        """Return the path in the active language."""
        return path_of(item[get_language() or main_language()])

    def lastmod(self, item: Twins) -> datetime | None:
        """Return when any of the twins was published last."""
        return max((page.last_published_at for page in item.values() if page.last_published_at), default=None)


@require_safe
def sitemap(request: HttpRequest, sitemaps: Mapping[str, type[Sitemap[Any]]]) -> HttpResponse:
    """Answer with the addresses of all parts of the site."""
    response: HttpResponse = views.sitemap(request, dict(sitemaps)).render()
    response.cache_page = True  # type: ignore[attr-defined]  # read by festival.web.page_cache
    response.cache_reads = {"p", "section"}  # type: ignore[attr-defined]  # likewise
    return response


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
