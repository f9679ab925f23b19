"""What the shop offers, for pages that know no shop.

They ask through the settings `PUBLIC_OFFERS` and `PLACES_ON_OFFER`.
"""

from collections.abc import Collection, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.signals import request_started
from django.urls import reverse
from django.utils.module_loading import import_string

from festival.core.writing import site_generation
from festival.pages.head import full
from festival.pages.linked_data import Data, known


@dataclass(frozen=True, slots=True)
class PublicPrice:
    """One price in cents; `highest` is set where the buyer chooses between the two."""

    name: str
    lowest: int
    highest: int | None


@dataclass(frozen=True, slots=True)
class PublicOffer:
    """A listed product: `slug` is its short name, `section` that of its part of the week."""

    slug: str
    section: str
    name: str
    prices: tuple[PublicPrice, ...]
    currency: str
    opens: datetime
    closes: datetime
    is_admission: bool

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing, whatever price is chosen."""
        return not any(price.lowest or price.highest for price in self.prices)


@dataclass(frozen=True, slots=True)
class PlaceOffer:
    """The places of one session: `word` says that they are "full" or "last", "" else.

    They are booked from `opens` until `closes`; both are None where nobody books them on the site.
    """

    word: str
    opens: datetime | None
    closes: datetime | None


_places: ContextVar[tuple[str, Mapping[str, PlaceOffer]] | None] = ContextVar("places_on_offer", default=None)


def places_on_offer() -> Mapping[str, PlaceOffer]:
    """Return the places of the current edition's sessions, by the UUID of their occurrence; none without a shop.

    A page asks for every card that it draws, so what was read stays for the request.
    """
    if not settings.PLACES_ON_OFFER:
        return {}
    generation, known = site_generation(), _places.get()
    if known is None or known[0] != generation:
        known = (generation, import_string(settings.PLACES_ON_OFFER)())
        _places.set(known)
    return known[1]


def _forget_places(**_: object) -> None:
    _places.set(None)


request_started.connect(_forget_places, dispatch_uid="festival.pages.offers")


def public_offers() -> Sequence[PublicOffer]:
    """Return what the shop lists, in the organiser's order; nothing without a shop. No query while warm."""
    if not settings.PUBLIC_OFFERS:
        return ()
    found: Sequence[PublicOffer] = import_string(settings.PUBLIC_OFFERS)()
    return found


def admissions(slugs: Collection[str]) -> list[PublicOffer]:
    """Return those of the named products that let in."""
    return [offer for offer in public_offers() if offer.is_admission and offer.slug in slugs]


def described(offers: Sequence[PublicOffer]) -> list[Data]:
    """Return schema.org's `Offer` for each price. How many are left is not said: it changes by the minute."""
    return [_described(offer, price) for offer in offers for price in offer.prices]


def _described(offer: PublicOffer, price: PublicPrice) -> Data:
    chosen = price.highest is not None
    span = {"minPrice": _amount(price.lowest), "maxPrice": _amount(price.highest or 0), "priceCurrency": offer.currency}
    return known(
        {
            "@type": "Offer",
            "name": ", ".join(part for part in (offer.name, price.name) if part),
            "price": _amount(price.lowest),
            "priceCurrency": offer.currency,
            "priceSpecification": {"@type": "PriceSpecification", **span} if chosen else None,
            "validFrom": offer.opens.isoformat(),
            "validThrough": offer.closes.isoformat(),
            "url": full(reverse("tickets-office")),
        }
    )


def _amount(cents: int) -> float:
    return cents / 100
