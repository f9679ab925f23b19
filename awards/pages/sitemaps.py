"""The awards' addresses for search engines: the finalists, once they are announced."""

from typing import Any

from django.urls import reverse

from awards.models import Call
from awards.pages.queries import call_status, finalists
from festival.pages.sitemaps import CanonicalSitemap
from festival.time import clock

Address = tuple[str, list[Any]]


class ProjectSitemap(CanonicalSitemap[Address]):
    """The list of the finalists and the page of each, of the current edition and of past ones, in every language."""

    def items(self) -> list[Address]:
        """Return names of addresses with their arguments."""
        past = Call.objects.archived().values_list("edition__number", flat=True)
        return [address for edition in (None, *dict.fromkeys(past)) for address in _addresses(edition)]

    def location(self, item: Address) -> str:
        """Return the path in the active language."""
        name, args = item
        return reverse(name, args=args)


def _addresses(edition: int | None) -> list[Address]:
    status = call_status(now=clock.now(), edition=edition)
    if status is None:
        return []
    below: list[Any] = [] if edition is None else [edition]
    entries = [entry for group in finalists(status) for entry in group.entries]
    votes: list[Address] = [("awards-vote", below)] if status.facts.vote and status.are_finalists_public else []
    results: list[Address] = [("awards-results", below)] if status.winners else []
    return [
        ("awards-call", below),
        ("awards-projects", below),
        *results,
        *votes,
        *(("awards-project", [*below, entry.slug]) for entry in entries),
    ]
