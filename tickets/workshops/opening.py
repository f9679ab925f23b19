"""Opening a session for booking: how many places each of its times has, and the product by which they are booked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, override

from festival.core.audit import Actor
from festival.core.writing import writing
from program.models import Session
from tickets.catalogue import stocking
from tickets.models import Price, Product, Quota
from tickets.workshops import queries


@dataclass(frozen=True, slots=True)
class Sale:
    """From when until when places are booked, as aware moments; the end is excluded."""

    opens: datetime
    closes: datetime


def open_places(*, session: Session, sizes: Mapping[int, int], sale: Sale, actor: Actor, now: datetime) -> Product:
    """Give the session's occurrences (by primary key) their places, and return the product that books them.

    All sessions of one part of the week share that product, with its sale; the first of them makes it.

    Raises:
        SizeBelowTaken: If more places are taken than one would have. Nothing was changed.
    """
    with writing(public=True):
        product = _product(session, sale, actor, now)
        for occurrence in session.occurrences.filter(pk__in=sizes):
            quota = Quota.objects.filter(occurrence=occurrence).first()
            quota = quota or Quota(edition=session.edition, occurrence=occurrence, name=_short(session.title.as_dict()))
            quota.size = sizes[occurrence.pk]
            sold = {product, *quota.products.all()} if quota.pk else {product}
            stocking.save_quota(quota=quota, products=list(sold), actor=actor, now=now)
        return product


def _product(session: Session, sale: Sale, actor: Actor, now: datetime) -> Product:
    """Return the product of the session's part, with this sale; a new one is free and not listed."""
    found, number = queries.product_of(session), _next_number(session.edition_id)
    product = found or Product(
        edition=session.edition,
        section=session.section,
        slug=f"places-{number}-{session.section.slug}"[:50],
        number=number,
        name=_short(_names(session)),
        admission=Product.Admission.OCCURRENCE,
        currency=session.edition.currency,
        max_per_order=2,
        is_listed=False,
    )
    if found and (found.sale_opens, found.sale_closes) == (sale.opens, sale.closes):
        return found
    product.sale_opens, product.sale_closes = sale.opens, sale.closes

    def save() -> Product:
        product.save()
        if not found:
            Price.objects.create(product=product, slug="place", cents=0, is_default=True)
        return product

    return stocking.save_product(product=product, save=save, actor=actor, now=now)


def _next_number(edition_id: int) -> int:
    used = set(Product.objects.filter(edition=edition_id).values_list("number", flat=True))
    return next(number for number in range(1, 256) if number not in used)


def _names(session: Session) -> dict[str, str]:
    names = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names[code] = gettext("Place in a session, %(part)s") % {"part": session.section.name}
    return names


def _short(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: words[:120] for code, words in texts.items()}
