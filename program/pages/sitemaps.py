"""The programme's addresses for search engines: what the current release makes public, never an unlisted session."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from festival.time import clock
from program.published import queries

Entry = tuple[str, list[Any]]


class ProgramSitemap(Sitemap[Entry]):
    """Overview, days, sessions and speakers, in both languages."""

    i18n = True
    alternates = True

    def items(self) -> list[Entry]:
        """Return names of addresses with their arguments."""
        return entries(clock.now())

    def location(self, item: Entry) -> str:
        """Return the path in the active language."""
        name, args = item
        return reverse(name, args=args)

    def lastmod(self, item: Entry) -> datetime | None:
        """Return when the current release was published."""
        release = queries.current_release(clock.now())
        return release.published_at if release else None


def entries(now: datetime) -> list[Entry]:
    """Return every public page of the programme at `now`."""
    programme = queries.current_programme(now)
    if programme is None:
        return [("program-home", [])]
    return [
        ("program-home", []),
        ("program-speakers", []),
        *(("program-day", [day.date]) for day in programme.days),
        *(("program-session", [session.slug]) for session in programme.sessions),
        *(("program-speaker", [speaker.slug]) for speaker in programme.speakers),
    ]
