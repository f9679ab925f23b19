"""Who is to be told, and how many wait."""

from datetime import datetime, timedelta

from django.db.models import Q

from festival.models import Edition, OutgoingMail
from tickets.catalogue import pricing, queries as catalogue
from tickets.catalogue.pricing import Opening
from tickets.catalogue.queries import Offer
from tickets.models import Product, SaleAlert
from tickets.payments.queries import is_selling

UNCONFIRMED_KEPT = timedelta(days=2)


def opening(offer: Offer) -> Opening:
    """Return whether an offer is still ahead; never what has to be approved, and places in sessions.

    The ticket office gives what is free, and sells what has a price as soon as there is a way to pay it.
    """
    product = offer.product
    if product.requires_approval or product.admission == Product.Admission.OCCURRENCE:
        return Opening.NEVER
    return pricing.opening(offer.state, is_sold_online=product.is_registration or (product.is_sale and is_selling()))


def was_sold_before(slug: str) -> bool:
    """Return whether an edition before the current one had a product of that short name."""
    current = Edition.objects.filter(is_current=True).values("number")[:1]
    return Product.objects.filter(slug=slug, edition__number__lt=current).exists()


def alert_by_secret(secret: str) -> SaleAlert | None:
    """Return the alert that a link in a mail belongs to; the secret has 256 random bits and is found by an index."""
    return SaleAlert.objects.select_related("product__edition").filter(secret=secret).first()


def due(now: datetime, *, limit: int) -> list[SaleAlert]:
    """Return at most `limit` alerts of products that can be had now, the first confirmed first."""
    opened = [offer.product.pk for offer in catalogue.offers(now=now) if opening(offer) is Opening.NOW]
    if not opened:
        return []
    waiting = SaleAlert.objects.waiting().filter(product__in=opened).select_related("product__edition")
    return list(waiting.order_by("confirmed_at", "pk")[:limit])


def done_with(now: datetime, *, limit: int) -> list[SaleAlert]:
    """Return at most `limit` alerts that are kept no longer.

    Those that were told, unless their mail is on its way or was given up and may be sent again; those that nobody
    confirmed for two days; those of a sale that is over.
    """
    ended = Q(told_at__isnull=False) | Q(confirmed_at=None, created_at__lte=now - UNCONFIRMED_KEPT)
    over = Q(product__sale_closes__lte=now)
    found = list(SaleAlert.objects.filter(ended | over).select_related("product").order_by("pk")[:limit])
    awaited = OutgoingMail.objects.filter(
        fact_type=SaleAlert._meta.label_lower,
        fact_id__in=[str(alert.pk) for alert in found],
        state__in=[*OutgoingMail.WAITING, OutgoingMail.State.FAILED],
    )
    kept = set(awaited.values_list("fact_id", flat=True))
    return [
        alert
        for alert in found
        if alert.told_at is None or str(alert.pk) not in kept or alert.product.sale_closes <= now
    ]
