"""Tags that show the shop on other pages."""

from django import template

from festival.time import clock
from tickets.catalogue import queries
from tickets.catalogue.queries import Offer
from tickets.models import Product

register = template.Library()


@register.simple_tag
def ticket_offers(section: str) -> list[Offer]:
    """Return what the ticket office offers in one part of the week: admissions that need no approval."""
    return [
        offer
        for offer in queries.offers(now=clock.now())
        if offer.product.section == section
        and offer.product.kind == Product.Kind.ADMISSION
        and not offer.product.requires_approval
    ]
