"""What other pages may say of the shop; they ask through the setting `PUBLIC_OFFERS`."""

from festival.pages.offers import PublicOffer, PublicPrice
from tickets.catalogue.queries import ProductFacts, catalogue


def public_offers() -> list[PublicOffer]:
    """Return the listed products in the active language, those on request left out; no query while warm."""
    return [_offer(product) for product in catalogue() if not product.requires_approval]


def _offer(product: ProductFacts) -> PublicOffer:
    return PublicOffer(
        slug=product.slug,
        section=product.section,
        name=product.name,
        prices=tuple(PublicPrice(price.name, price.cents, price.max_cents) for price in product.prices),
        currency=product.currency,
        opens=product.opens,
        closes=product.closes,
        is_admission=product.is_admission,
    )
