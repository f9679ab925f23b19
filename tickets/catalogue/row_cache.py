"""Rows that every sale and every ticket reads, kept until something is published.

Each caller gets objects of its own. Whoever locks or changes a row reads it anew.
"""

from collections.abc import Callable, Collection, Mapping

from django.core.cache import cache
from django.db.models import Model, prefetch_related_objects

from festival.core.writing import site_generation
from festival.models import Edition
from tickets.models import OrderLine, Product

_KEPT_SECONDS = 300


def products(pks: Collection[int]) -> dict[int, Product]:
    """Return those of the products that exist, by primary key; no query while nothing was published.

    With section, prices, refund steps, days with their hours, zones, and what `edition` returns.
    """
    rows = Product.objects.select_related("section").prefetch_related("prices", "refund_steps", "days__hours", "zones")
    found = _kept("product", pks, rows.in_bulk)
    editions = {pk: edition(pk) for pk in {product.edition_id for product in found.values()}}
    for product in found.values():
        product.edition = editions[product.edition_id]
        for day in product.days.all():
            day.edition = product.edition
    return found


def hang_on(lines: Collection[OrderLine]) -> None:
    """Hang product, price and day on lines; only a price or a day that is the product's no more is asked for."""
    found = products({line.product_id for line in lines if line.product_id is not None})
    for line in lines:
        if line.product_id is None:
            continue
        line.product = product = found[line.product_id]
        for price in product.prices.all():
            if price.pk == line.price_id:
                line.price = price
        for day in product.days.all():
            if day.pk == line.day_id:
                line.day = day
    prefetch_related_objects([line for line in lines if line.price_id is not None], "price")
    prefetch_related_objects([line for line in lines if line.day_id is not None], "day__edition", "day__hours")


def edition(pk: int) -> Edition:
    """Return an edition with its payment settings and their terms of sale; no query while nothing was published.

    Raises:
        KeyError: If there is none.
    """
    rows = Edition.objects.select_related("payment_settings__terms_page__locale")
    return _kept("edition", [pk], rows.in_bulk)[pk]


def _kept[Row: Model](
    kind: str, pks: Collection[int], fetch: Callable[[list[int]], Mapping[int, Row]]
) -> dict[int, Row]:
    """Return rows by primary key from the cache, and those that it lacks by `fetch`, which are kept then."""
    generation = site_generation()
    keys = {pk: f"tickets-row:{generation}:{kind}:{pk}" for pk in pks}
    had = cache.get_many(keys.values())
    found: dict[int, Row] = {pk: had[key] for pk, key in keys.items() if key in had}
    if missing := [pk for pk in keys if pk not in found]:
        fetched = fetch(missing)
        cache.set_many({keys[pk]: row for pk, row in fetched.items()}, _KEPT_SECONDS)
        found |= fetched
    return found
