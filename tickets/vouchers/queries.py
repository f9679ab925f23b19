"""What is read of codes."""

from tickets.models import Voucher
from tickets.vouchers import rules
from tickets.vouchers.rules import Effect, Terms


def find(edition_id: int, code: str) -> Voucher | None:
    """Return the code of an edition that was typed in whatever spelling, with its products; None when there is none."""
    folded = rules.fold(code)
    if not folded:
        return None
    return Voucher.objects.filter(edition=edition_id, folded=folded).prefetch_related("products").first()


def terms_of(voucher: Voucher) -> Terms:
    """Return what a code says of itself, and what is left of it as it was read."""
    uses, budget = voucher.max_uses, voucher.budget_cents
    return Terms(
        effect=Effect(voucher.effect),
        value=voucher.value,
        products=frozenset(product.pk for product in voucher.products.all()),
        reveals=voucher.reveals,
        keeps_places=voucher.keeps > 0,
        uses_left=None if uses is None else max(0, uses - voucher.used - voucher.used_before),
        budget_left=None if budget is None else max(0, budget - voucher.spent_cents),
        starts=voucher.valid_from,
        until=voucher.valid_until,
    )


def kept_by(voucher: Voucher | None) -> dict[int, int]:
    """Return how many places of which quotas (primary keys) a code keeps for whoever has it; none without a code."""
    if voucher is None or not voucher.keeps:
        return {}
    return {reserve.quota_id: reserve.left for reserve in voucher.reserves.all()}


def opened_by(voucher: Voucher | None) -> list[int]:
    """Return the primary keys of the products that are not listed and that a code opens; none without a code."""
    if voucher is None or not voucher.reveals:
        return []
    return [product.pk for product in voucher.products.all() if not product.is_listed]
