"""What is read of what needs approval."""

from collections.abc import Iterable

from tickets.models import Approval, Order, Product


def product_to_ask_for(slug: str) -> Product | None:
    """Return a listed product of the current edition that needs approval, with all that an order of it needs."""
    found = Product.objects.listed().filter(edition__is_current=True, requires_approval=True, slug=slug)
    related = found.select_related("edition__payment_settings__terms_page", "section")
    product = related.prefetch_related("prices", "days__hours").first()
    for day in product.days.all() if product else ():
        day.edition = product.edition  # type: ignore[union-attr]
    return product


def waiting(edition_id: int) -> int:
    """Return how many requests of an edition wait for a decision."""
    held = Order.objects.filter(edition=edition_id, state=Order.State.HELD, awaits_approval=True)
    return held.count()


def standing(approval: Approval) -> str:
    """Return where a request stands: waiting, accepted, refused, or over (withdrawn, or its time has passed)."""
    if approval.is_accepted is not None:
        return "accepted" if approval.is_accepted else "refused"
    return "waiting" if approval.order.state == Order.State.HELD else "over"


def names_of(approvals: Iterable[Approval]) -> dict[int, str]:
    """Return what each request is for, by its primary key; fetch `order__lines` before."""
    found = {}
    for one in approvals:
        names = [str(line.product_name) for line in one.order.lines.all()]
        found[one.pk] = ", ".join(dict.fromkeys(names))
    return found
