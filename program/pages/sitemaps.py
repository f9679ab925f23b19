"""The programme's addresses for search engines: what releases make public, of the current edition and of past ones.

An unlisted session is never among them.
"""

from datetime import datetime
from typing import Any

from django.urls import reverse

from festival.pages.sitemaps import CanonicalSitemap
from festival.time import clock
from program.published import queries
from program.published.addresses import release_at
from program.published.snapshot import Programme

Entry = tuple[str, list[Any]]


class ProgramSitemap(CanonicalSitemap[Entry]):
    """Overview, days, sessions and speakers, in every language."""

    def items(self) -> list[Entry]:
        """Return names of addresses with their arguments."""
        return entries(clock.now())

    def location(self, item: Entry) -> str:
        """Return the path in the active language."""
        name, args = item
        return reverse(name, args=args)

    def lastmod(self, item: Entry) -> datetime | None:
        """Return when the release that it shows was published."""
        _name, args = item
        edition = args[0] if args and isinstance(args[0], int) else None
        release = release_at(edition, clock.now())
        return release.published_at if release else None


def entries(now: datetime) -> list[Entry]:
    """Return every public page of the programme at `now`, then those of archives, whose first argument says which."""
    current = queries.current_programme(now)
    found: list[Entry] = _pages(current) if current else [("program-home", [])]
    for release in queries.archived_releases(now):
        found += [(name, [release.edition, *args]) for name, args in _pages(release.programme)]
    return found


def _pages(programme: Programme) -> list[Entry]:
    return [
        ("program-home", []),
        ("program-speakers", []),
        *(("program-day", [day.date]) for day in programme.days),
        *(("program-session", [session.slug]) for session in programme.sessions),
        *(("program-speaker", [speaker.slug]) for speaker in programme.speakers),
    ]
