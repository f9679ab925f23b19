"""The ticket office's addresses for search engines."""

from django.urls import reverse

from festival.pages.sitemaps import CanonicalSitemap
from festival.time import clock
from tickets.catalogue.pot_offer import pot_offer
from tickets.catalogue.queries import offers

Named = tuple[str, ...]


class OfficeSitemap(CanonicalSitemap[Named]):
    """The ticket office, the way to lost tickets, and what can be asked for on a page of its own, in every language."""

    def items(self) -> list[Named]:
        """Return the name of each address with its arguments."""
        now = clock.now()
        asked_for = [
            offer for offer in offers(now=now) if offer.product.is_admission and offer.product.requires_approval
        ]
        return [
            ("tickets-office",),
            ("tickets-find",),
            *([("tickets-solidarity",)] if pot_offer(now) else []),
            *(("tickets-request", offer.product.slug) for offer in asked_for if offer.is_open),
        ]

    def location(self, item: Named) -> str:
        """Return the path in the active language."""
        name, *args = item
        return reverse(name, args=args)
