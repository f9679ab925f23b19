"""The ticket office's address for search engines."""

from django.urls import reverse

from festival.pages.sitemaps import CanonicalSitemap


class OfficeSitemap(CanonicalSitemap[str]):
    """The ticket office, in every language."""

    def items(self) -> list[str]:
        """Return the name of its address."""
        return ["tickets-office"]

    def location(self, item: str) -> str:
        """Return the path in the active language."""
        return reverse(item)
