"""What other pages may say of the shop; they ask through the setting `PUBLIC_OFFERS`."""

from festival.pages.offers import PublicOffer, PublicPrice
from tickets.catalogue.queries import PriceFacts, ProductFacts, catalogue
from tickets.fees.wording import place_fees


def public_offers() -> list[PublicOffer]:
    """Return the listed products in the active language, those on request left out; no query while warm."""
    return [_offer(product) for product in catalogue() if not product.requires_approval]


def _offer(product: ProductFacts) -> PublicOffer:
    return PublicOffer(
        slug=product.slug,
        section=product.section,
        name=product.name,
        prices=tuple(_price(product, price) for price in product.prices),
        currency=product.currency,
        opens=product.opens,
        closes=product.closes,
        is_admission=product.is_admission,
    )


def _price(product: ProductFacts, price: PriceFacts) -> PublicPrice:
    """Return a price with the fees of each place: what one has to pay at least."""
    if product.is_registration:
        return PublicPrice(price.name, price.cents, price.max_cents)
    highest = None if price.max_cents is None else price.max_cents + place_fees(product.edition, price.max_cents)
    return PublicPrice(price.name, price.cents + place_fees(product.edition, price.cents), highest)
