"""Changing what limits the sales. Meanwhile sales wait, and every counter that may change is counted anew."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db.models import QuerySet

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.catalogue import stock
from tickets.exceptions import PlacesInUse, SizeBelowTaken, SoldAlready
from tickets.models import OrderLine, Product, Quota

# What stands in the tokens of sold tickets, or decides which days they are for.
_FROZEN = ("number", "kind", "admission", "currency")


def save_quota(*, quota: Quota, products: Collection[Product], actor: Actor, now: datetime) -> None:
    """Store a new or changed quota with its products. Its counter is what their lines use now.

    Raises:
        SizeBelowTaken: If more places are taken than it has.
        PlacesInUse: If a product that has places in it would leave it, or it would count another day or session though
            places of it are taken: their limit would be lifted. Nothing was written in both cases.
    """
    is_new = quota.pk is None
    try:
        with writing(public=True):
            stock.hold_sales()
            if not is_new:
                stored = Quota.objects.get(pk=quota.pk)
                _refuse_moving(stored, quota)
                _refuse_leaving(stored, products)
            quota.taken = quota.reserved = 0
            quota.save()
            quota.products.set(products)
            stock.count_anew([quota])
            audit.record(
                "quota.created" if is_new else "quota.changed",
                quota,
                actor=actor,
                at=now,
                facts={
                    "size": quota.size,
                    "taken": quota.taken,
                    "reserved": quota.reserved,
                    "products": tuple(sorted(one.slug for one in products)),
                },
                edition=quota.edition,
            )
    except (SizeBelowTaken, PlacesInUse):
        if is_new:
            quota.pk, quota._state.adding = None, True  # noqa: SLF001 -- nothing was stored: the form may try again
        raise


def delete_quota(*, quota: Quota, actor: Actor, now: datetime) -> None:
    """Remove a quota that nobody has a place of.

    Raises:
        PlacesInUse: If somebody has: its limit would be lifted.
        ProtectedError: If a code keeps places of it.
    """
    with writing(public=True):
        stock.hold_sales()
        if taken := stock.recount(quota):
            raise PlacesInUse(name=str(quota), taken=taken)
        audit.record("quota.deleted", quota, actor=actor, at=now, facts={"size": quota.size}, edition=quota.edition)
        quota.delete()


def save_product(*, product: Product, save: Callable[[], Product], actor: Actor, now: datetime) -> Product:
    """Store a product through `save`, which writes it with its prices and days, and return it.

    Raises:
        SoldAlready: If the change would touch what stands in sold tickets.
        SizeBelowTaken: If passes that were sold would need more places than a quota has. Nothing was written.
    """
    is_new = product.pk is None
    with writing(public=True):
        stock.hold_sales()
        _price_in_the_currency_of_its_edition(product)
        before = None if is_new else Product.objects.prefetch_related("days").get(pk=product.pk)
        saved = save()
        if before is not None:
            _refuse_rewriting(before, saved)
        stock.count_anew(saved.quotas.all())
        audit.record(
            "product.created" if is_new else "product.changed",
            saved,
            actor=actor,
            at=now,
            facts={"slug": saved.slug, "prices": [price.cents for price in saved.prices.all()]},
            edition=saved.edition,
        )
    return saved


def _price_in_the_currency_of_its_edition(product: Product) -> None:
    """Keep what was sold as it is: `orders.readiness` says what is left in another currency."""
    if product.pk is None or not OrderLine.objects.filter(product=product).exists():
        product.currency = product.edition.currency


def _refuse_moving(stored: Quota, quota: Quota) -> None:
    moves = (stored.day_id, stored.occurrence_id) != (quota.day_id, quota.occurrence_id)
    if moves and (taken := stock.recount(stored)):
        raise PlacesInUse(name=str(stored), taken=taken)


def _refuse_leaving(stored: Quota, products: Collection[Product]) -> None:
    staying = {product.pk for product in products}
    for product in stored.products.exclude(pk__in=staying):
        if taken := stock.drawing_on(stored).filter(product=product).count():
            raise PlacesInUse(name=str(product), taken=taken)


def _refuse_rewriting(before: Product, after: Product) -> None:
    sold = OrderLine.objects.filter(product=after)
    changed = [name for name in _FROZEN if getattr(before, name) != getattr(after, name)]
    if changed and (lines := sold.count()):
        raise SoldAlready(field=changed[0], lines=lines)
    gone = {day.pk for day in before.days.all()} - {day.pk for day in after.days.all()}
    if gone and (lines := _sold_for(sold, gone)):
        raise SoldAlready(field="days", lines=lines)


def _sold_for(sold: QuerySet[OrderLine], days: set[int]) -> int:
    return sold.filter(day__in=days).count() or sold.filter(day=None, occurrence=None).count()
