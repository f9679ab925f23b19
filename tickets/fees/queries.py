"""What is read of fees."""

from django.core.cache import cache

from festival.core.writing import site_generation
from tickets.fees.rules import Terms
from tickets.models import Fee


def fees_of(edition_id: int) -> tuple[Fee, ...]:
    """Return the fees of an edition, in the organiser's order; no query while nothing was published."""
    key = f"tickets-fees:{site_generation()}:{edition_id}"
    found: tuple[Fee, ...] | None = cache.get(key)
    if found is None:
        found = tuple(Fee.objects.filter(edition=edition_id))
        cache.set(key, found, 300)
    return found


def terms_of(fee: Fee) -> Terms:
    """Return what a fee says of itself."""
    return Terms(fee.cents, fee.percent, is_per_place=fee.basis == Fee.Basis.PLACE, on_free=fee.on_free)
