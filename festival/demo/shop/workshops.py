"""Loads the places of workshops: a quota for each session with registration, and invented people who have a place.

The file says how many registered (`sample.registered`). They are written as orders like any other, but all at once and
without mail, so that "full" and "last places" are facts that `fsck` can count.
"""

import secrets
import uuid
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle, islice, product
from typing import Any

from django.conf import settings

from festival.core import series
from festival.core.audit import IMPORTER
from festival.core.writing import writing
from festival.importing.faults import read, rows
from festival.models import Edition, Phase
from program.models import Occurrence
from tickets.catalogue import stock, stocking
from tickets.delivery import tokens
from tickets.models import Order, OrderLine, Price, Product, Quota, Ticket

Row = dict[str, Any]
LARGEST = 100  # larger halls need nobody's registration to be full
MODES = {"free": "atelier-village", "ticketed": "atelier-fest", "slots": "atelier-fest"}
NAMES = {
    "atelier-village": {"name": {"fr": "Place en atelier, Village", "en": "Workshop place, Village"}},
    "atelier-fest": {"name": {"fr": "Place en atelier, Fest", "en": "Workshop place, Fest"}},
}
FIRST = ("Amina", "Bastien", "Chiara", "Dorota", "Émile", "Fatou", "Gaël", "Hind", "Inès", "Joaquim", "Kenza", "Loïc")
LAST = (
    "Abgrall",
    "Bonnefoy",
    "Castagné",
    "Diallo",
    "Estève",
    "Fauré",
    "Guillou",
    "Haddad",
    "Ivanova",
    "Jaouen",
    "Kone",
)


def load(data: Row, edition: Edition, phase: Phase, report: Callable[[str], None]) -> None:
    """Create or update the quotas, and let people register who have not yet."""
    sold = {slug: _product(slug, edition, phase) for slug in NAMES}
    placed = 0
    for path, row in rows(data, "sessions"):
        slug, size = MODES.get((row.get("registration") or {}).get("mode", "")), row.get("capacity")
        if slug is None or size is None or read(int, size, f"{path}.capacity") > LARGEST:
            continue
        for occurrence in Occurrence.objects.filter(edition=edition, session__slug=row["id"]).select_related("session"):
            _quota(occurrence, sold[slug], int(size), phase)
            wanted = read(int, (row.get("sample") or {}).get("registered") or 0, f"{path}.sample.registered")
            placed += _register(occurrence, sold[slug], wanted, phase)
    report(f"Workshops: {edition.quotas.exclude(occurrence=None).count()} with places, {placed} people registered.")


def _product(slug: str, edition: Edition, phase: Phase) -> Product:
    number = 200 + list(NAMES).index(slug)
    values = {
        "section": edition.sections.get(slug=slug.removeprefix("atelier-")),
        "kind": Product.Kind.ADMISSION,
        "admission": Product.Admission.OCCURRENCE,
        "currency": edition.currency,
        "sale_opens": phase.opens,
        "sale_closes": phase.closes,
        "max_per_order": 2,
        "is_listed": False,
        "sort_order": number,
    }
    found, _created = Product.objects.update_or_create(
        edition=edition,
        slug=slug,
        defaults=values | NAMES[slug],
        create_defaults=values | NAMES[slug] | {"number": number},
    )
    Price.objects.update_or_create(product=found, slug="prix", defaults={"cents": 0, "is_default": True})
    return found


def _quota(occurrence: Occurrence, sold: Product, size: int, phase: Phase) -> None:
    quota = Quota.objects.filter(occurrence=occurrence).first() or Quota(
        edition=occurrence.edition, occurrence=occurrence
    )
    title = occurrence.session.title.as_dict()
    quota.name, quota.size = {code: words[:120] for code, words in title.items()}, size
    stocking.save_quota(quota=quota, products=[sold], actor=IMPORTER, now=phase.opens)


def _register(occurrence: Occurrence, sold: Product, wanted: int, phase: Phase) -> int:
    missing = wanted - OrderLine.objects.filter(occurrence=occurrence).count()
    if missing <= 0:
        return 0
    people = islice(cycle(product(FIRST, LAST)), occurrence.number, occurrence.number + missing)
    moments = (phase.opens + timedelta(hours=3 * number) for number in range(missing))
    with writing(public=True):
        orders = Order.objects.bulk_create(
            _order(occurrence, sold, f"{first} {last}", at) for (first, last), at in zip(people, moments, strict=False)
        )
        lines = OrderLine.objects.bulk_create(_line(order, occurrence, sold) for order in orders)
        stock.take(stock.draws(lines))
        numbers = series.take(Ticket.SERIES, edition=occurrence.edition, count=len(lines))
        Ticket.objects.bulk_create(
            Ticket(
                line=line,
                order=line.order,
                edition=occurrence.edition,
                number=number,
                short_code=tokens.short_code(secrets.randbelow(tokens.SHORT_CODES)),
                holder=line.order.name,
            )
            for line, number in zip(lines, numbers, strict=True)
        )
    return missing


def _order(occurrence: Occurrence, sold: Product, name: str, at: Any) -> Order:
    code = uuid.uuid4().hex[:8].upper()
    return Order(
        edition=occurrence.edition,
        code=code,
        secret=secrets.token_urlsafe(32),
        form_key=uuid.uuid4(),
        state=Order.State.PAID,
        name=name,
        email=f"{code.lower()}@example.org",
        language=settings.LANGUAGE_CODE,
        currency=sold.currency,
        created_at=at,
    )


def _line(order: Order, occurrence: Occurrence, sold: Product) -> OrderLine:
    return OrderLine(
        order=order,
        kind=OrderLine.Kind.ADMISSION,
        product=sold,
        price=sold.prices.all()[0],
        product_name=sold.name,
        cents=0,
        occurrence=occurrence,
    )
