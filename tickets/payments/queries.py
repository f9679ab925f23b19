"""What the shop's pages ask about paying: whether anything is sold, by which ways, on which terms."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import IntegerField, Max, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from wagtail.models import Page

from festival.core.writing import site_generation
from festival.models import Edition
from tickets.catalogue import row_cache
from tickets.models import MoneyState, Order, OrderLine, Payment, Refund
from tickets.payments import providers
from tickets.payments.providers import PaymentProvider


@dataclass(frozen=True, slots=True)
class TermsOfSale:
    """The terms that buyers agree to: their address, the version that an order keeps, and when they were published."""

    address: str
    version: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Way:
    """A way to pay an order: which, and until when it has to be paid."""

    provider: PaymentProvider
    until: datetime


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """So many of one thing, as they were sold, for one day; `code` is what they were had with, if anything.

    `parts` are the lines of what sets bring.
    """

    lines: tuple[OrderLine, ...]
    code: str = ""
    off_cents: int = 0  # what the code took off them together
    parts: tuple[OrderLine, ...] = ()

    @property
    def line(self) -> OrderLine:
        """One of them, which tells for all."""
        return self.lines[0]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.lines)

    @property
    def cents(self) -> int:
        """What they cost together."""
        return sum(line.cents for line in self.all_lines)

    @property
    def all_lines(self) -> tuple[OrderLine, ...]:
        """They, with what sets bring."""
        return self.lines + self.parts

    @property
    def brings(self) -> list[tuple[str, int]]:
        """What the sets bring together: names, and how many of each."""
        return list(Counter(str(part.product_name) for part in self.parts).items())


def summary_of(order: Order) -> list[SummaryLine]:
    """Return what an order holds, alike lines together, in the order in which they were chosen."""
    used = Q(voucher_uses__released_at=None)
    code, off = Max("voucher_uses__voucher__code", filter=used), Max("voucher_uses__cents", filter=used)
    lines: list[Any] = list(order.lines.live().annotate(code=code, off=off))
    row_cache.hang_on(lines)
    sets = {line.pk: id(line) for line in lines if line.kind == OrderLine.Kind.SET}
    brought = [line for line in lines if line.product_id and line.parent_id in sets]
    return together(
        [line for line in lines if line not in brought],
        parts={key: tuple(line for line in brought if line.parent_id == pk) for pk, key in sets.items()},
        codes={id(line): (line.code, line.off or 0) for line in lines if line.code},
    )


def together(
    lines: Iterable[OrderLine],
    *,
    parts: Mapping[int, tuple[OrderLine, ...]],
    codes: Mapping[int, tuple[str, int]],
) -> list[SummaryLine]:
    """Return lines, stored or not, alike ones together, in their order.

    By the identity (`id`) of a line: the `parts` that a set brings, and the code that it was had with and what that
    took off it, in cents.
    """
    found: dict[tuple[object, ...], list[OrderLine]] = {}
    for line in lines:
        cents = line.cents + sum(part.cents for part in parts.get(id(line), ()))
        key = (line.product_id or str(line.product_name), line.price_id, line.day_id, cents, codes.get(id(line)))
        found.setdefault(key, []).append(line)
    return [
        SummaryLine(
            tuple(alike),
            codes.get(id(alike[0]), ("", 0))[0],
            sum(codes.get(id(line), ("", 0))[1] for line in alike),
            tuple(part for line in alike for part in parts.get(id(line), ())),
        )
        for alike in found.values()
    ]


def refunds_of(order: Order) -> list[Refund]:
    """Return what went back of an order or is on its way, oldest first; asks nothing of one that cost nothing ever."""
    if not order.is_basket:
        return []
    return list(Refund.objects.filter(order=order, state__in=Refund.OWED).order_by("pk"))


def is_selling() -> bool:
    """Return whether the current edition can sell what costs money; no query while nothing was published."""
    key = f"tickets-is-selling:{site_generation()}"
    found = cache.get(key)
    if found is None:
        edition = Edition.objects.select_related("payment_settings").filter(is_current=True).first()
        found = bool(edition and can_sell(edition))
        cache.set(key, found, 300)
    return bool(found)


def can_sell(edition: Edition) -> bool:
    """Return whether an edition can sell what costs money: by some way, on terms that can be read."""
    return bool(providers.ready_providers(edition)) and _terms_page(edition) is not None


def terms_of(edition: Edition) -> TermsOfSale | None:
    """Return the terms of sale in the active language, or None while none are published.

    The version is that of the page which was chosen, whatever the language: its translations follow it.
    """
    page = _terms_page(edition)
    if page is None:
        return None
    published = page.last_published_at
    dated = published.date().isoformat() if published else ""
    is_ours = page.locale.language_code == get_language()
    parts = (page if is_ours else page.localized).get_url_parts()
    address = str(parts[2]) if parts else ""
    return TermsOfSale(address, f"{page.pk}/{page.live_revision_id or 0} {dated}".strip(), published)


def ways_of(order: Order, now: datetime) -> list[Way]:
    """Return the ways by which an order can be paid now; first those that bring the tickets at once."""
    ready = sorted(providers.ready_providers(order.edition), key=lambda one: not one.moves_money)
    return [Way(one, until) for one in ready if (until := one.offered_until(order, now))]


def due(order: Order) -> int:
    """Return how many cents of an order are still to be paid, 0 or more: its total less what has come.

    Nothing has come for a basket that nobody ordered yet.
    """
    if order.state == Order.State.HELD:
        return max(0, order.total_cents)
    return max(0, order.total_cents - balance(order))


def balance(order: Order) -> int:
    """Return how many cents came for an order, less what went back or is to go back."""
    came = Payment.objects.filter(order=order, state=MoneyState.CONFIRMED).aggregate(sum=Sum("amount_cents"))["sum"]
    went = Refund.objects.filter(order=order, state__in=Refund.OWED).aggregate(sum=Sum("amount_cents"))["sum"]
    return (came or 0) - (went or 0)


def summed(rows: QuerySet[Payment] | QuerySet[Refund], by: str = "order") -> Coalesce:
    """Return the subquery of the cents of rows together, by the column that they are filtered by; 0 without rows."""
    found = rows.order_by().values(by).annotate(sum=Sum("amount_cents")).values("sum")
    return Coalesce(Subquery(found), 0, output_field=IntegerField())


def _terms_page(edition: Edition) -> Page | None:
    settings = providers.settings_of(edition)
    page = settings.terms_page if settings else None
    return page if page is not None and page.live else None


def open_payment(order: Order, way: str = "") -> Payment | None:
    """Return the payment of an order that is awaited, the latest; by one way only, if it is named; None if none is."""
    found = Payment.objects.filter(order=order, state__in=Payment.OPEN).order_by("pk")
    awaited = (found.filter(provider=way) if way else found).last()
    if awaited:
        awaited.order = order
    return awaited
