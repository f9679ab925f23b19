"""The ticket office's addresses for search engines."""

from django.urls import reverse

from festival.pages.sitemaps import CanonicalSitemap


class OfficeSitemap(CanonicalSitemap[str]):
    """The ticket office and the way to lost tickets, in every language."""

    def items(self) -> list[str]:
        """Return the names of the addresses."""
        return ["tickets-office", "tickets-find"]

    def location(self, item: str) -> str:
        """Return the path in the active language."""
        return reverse(item)
