"""Tags that show the shop on other pages."""

from django import template

from festival.time import clock
from tickets.announcing import queries as announcing
from tickets.catalogue import queries
from tickets.catalogue.pricing import Opening, SaleState
from tickets.catalogue.queries import Offer, ProductFacts
from tickets.fees import wording as wording_of_fees
from tickets.models import Order, Product
from tickets.retrieval import wording

register = template.Library()


@register.simple_tag
def ticket_offers(section: str) -> list[Offer]:
    """Return what the ticket office offers in one part of the week: admissions that need no approval.

    Nothing once all of them have closed.
    """
    found = _admissions(section)
    return [] if all(offer.state is SaleState.CLOSED for offer in found) else found


@register.filter
def is_ahead(offer: Offer) -> bool:
    """Return whether one can ask to be told when the offer opens."""
    return announcing.opening(offer) is Opening.AHEAD


@register.filter
def standing(order: Order) -> str:
    """Return what is to be known of an order that was found; nothing when its tickets are simply good."""
    return wording.standing(order)


@register.filter
def fees_said(product: ProductFacts) -> list[str]:
    """Return a sentence for each fee that a product is sold with; none of what costs nothing."""
    return [] if product.is_registration else wording_of_fees.said_of_fees(product.edition, product.currency)


@register.filter
def with_fees(cents: int, product: ProductFacts) -> int:
    """Return what a place of `cents` of a product comes to with the fees of each place."""
    if product.kind == Product.Kind.DONATION or product.is_registration:
        return cents
    return cents + wording_of_fees.place_fees(product.edition, cents)


def _admissions(section: str) -> list[Offer]:
    return [
        offer
        for offer in queries.offers(now=clock.now())
        if offer.product.section == section and offer.product.is_admission and not offer.product.requires_approval
    ]
