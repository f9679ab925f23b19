"""The awards' addresses for search engines: the finalists, once they are announced."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from awards.pages.queries import call_status, finalists
from festival.time import clock

Address = tuple[str, list[Any]]


class ProjectSitemap(Sitemap[Address]):
    """The list of the finalists and the page of each, in both languages."""

    i18n = True
    alternates = True

    def items(self) -> list[Address]:
        """Return names of addresses with their arguments."""
        status = call_status(now=clock.now())
        if status is None:
            return []
        entries = [entry for group in finalists(status) for entry in group.entries]
        return [("awards-projects", []), *(("awards-project", [entry.slug]) for entry in entries)]

    def location(self, item: Address) -> str:
        """Return the path in the active language."""
        name, args = item
        return reverse(name, args=args)
