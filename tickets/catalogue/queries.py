"""What the shop's pages read: the catalogue, kept until something is published, and the stock, read live."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import get_language

from festival.core.writing import site_generation
from festival.models import Day, Section, closing_moment, hours_of
from tickets.catalogue import pricing
from tickets.catalogue.pricing import SaleState, Scarcity, Stock
from tickets.models import Product, Quota
from tickets.models.places import zones_of


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A day of a product: hours of its part of the week, if typed, and the aware moment when the last doors close."""

    pk: int
    date: date
    opens: datetime | None
    closes: datetime | None
    ends: datetime


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """One price, in cents; a range when `max_cents` is set."""

    pk: int
    name: str
    help: str
    cents: int
    max_cents: int | None
    is_default: bool


@dataclass(frozen=True, slots=True)
class PartFacts:
    """So many of a product (primary key) that a set brings."""

    product: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """A product as the ticket office shows it, in one language."""

    pk: int
    slug: str
    section: str
    kind: str
    name: str
    description: str
    place: str
    proof: str
    currency: str
    admission: str
    days: tuple[DayFacts, ...]
    prices: tuple[PriceFacts, ...]
    opens: datetime
    closes: datetime
    max_per_order: int
    requires_approval: bool
    is_named: bool
    confirmation: str
    filling_percent: int
    places_per_network: int
    max_per_basket: int
    edition: int = 0
    parts: tuple[PartFacts, ...] = ()
    file_asked: str = Product.FileAsked.NO.value
    zones: tuple[str, ...] = ()

    @property
    def one_day(self) -> bool:
        """Whether its days are a choice."""
        return self.admission == Product.Admission.ONE_DAY

    @property
    def is_free(self) -> bool:
        """Whether every price is 0."""
        return pricing.is_free(self.prices)

    @property
    def is_registration(self) -> bool:
        """Whether the ticket office gives it at once: a free admission to days, which nobody has to approve."""
        is_ticket = self.is_admission and self.kind == Product.Kind.ADMISSION
        return is_ticket and self.is_free and not self.requires_approval

    @property
    def is_sale(self) -> bool:
        """Whether it is sold, or a gift that is given with money: it has a price, and nobody has to approve it."""
        is_priced = bool(self.prices) and not self.is_free and not self.requires_approval
        if self.kind == Product.Kind.SET and not self.parts:
            return False
        return is_priced and (self.is_admission or self.kind != Product.Kind.ADMISSION)

    @property
    def is_admission(self) -> bool:
        """Whether it lets in for a day or more, by itself or by what it brings."""
        lets_in = self.kind in {Product.Kind.ADMISSION, Product.Kind.SET}
        return lets_in and self.admission != Product.Admission.OCCURRENCE


@dataclass(frozen=True, slots=True)
class DayOffer:
    """One cell of the choice of days."""

    day: DayFacts
    stock: Stock | None
    has_passed: bool

    @property
    def iso(self) -> str:
        """The date as the form sends it."""
        return self.day.date.isoformat()

    @property
    def scarcity(self) -> Scarcity:
        """How scarce its places are."""
        return pricing.scarcity(self.stock)

    @property
    def is_open(self) -> bool:
        """Whether it can be chosen."""
        return not self.has_passed and self.scarcity is not Scarcity.NONE


@dataclass(frozen=True, slots=True)
class Offer:
    """A product at one moment: whether its sale runs, and what is left."""

    product: ProductFacts
    state: SaleState
    stock: Stock | None
    days: tuple[DayOffer, ...]

    @property
    def scarcity(self) -> Scarcity:
        """How scarce places are; with a choice of days, of the day that has most."""
        if not self.product.one_day:
            return pricing.scarcity(self.stock)
        open_days = [day for day in self.days if day.is_open]
        if not open_days:
            return Scarcity.NONE
        levels = [day.scarcity for day in open_days]
        return next((level for level in (Scarcity.FREE, Scarcity.MANY) if level in levels), Scarcity.LAST)

    @property
    def remaining(self) -> Stock | None:
        """All its places together: with a choice of days, those of the days that are not over."""
        if not self.product.one_day:
            return self.stock
        stocks = [day.stock for day in self.days if not day.has_passed]
        if any(stock is None for stock in stocks):
            return None
        counted = [stock for stock in stocks if stock]
        together = Stock(sum(stock.size for stock in counted), sum(stock.taken for stock in counted))
        return pricing.tightest([self.stock, together])

    @property
    def cheapest_first(self) -> list[PriceFacts]:
        """Its prices, the lowest first; a fixed price before a range that begins with it."""
        return sorted(self.product.prices, key=lambda price: (price.cents, price.max_cents or 0))

    def needs_confirmation(self, places: int, day_id: int | None) -> bool:
        """Whether so many `places` of a day (by primary key, None without a choice) are held until confirmed."""
        chosen = next((day.stock for day in self.days if day.day.pk == day_id), self.stock)
        return pricing.needs_confirmation(
            confirmation=self.product.confirmation,
            percent=self.product.filling_percent,
            stock=chosen,
            places=places,
        )

    @property
    def is_open(self) -> bool:
        """Whether a ticket can be had now."""
        return self.state is SaleState.OPEN and self.scarcity is not Scarcity.NONE


def catalogue() -> tuple[ProductFacts, ...]:
    """Return the listed products of the edition in the active language; no query while nothing was published."""
    key = f"tickets-catalogue:{site_generation()}:{get_language()}"
    products = cache.get(key)
    if products is None:
        products = tuple(_facts(product) for product in _current(Q(is_listed=True)))
        cache.set(key, products, 300)
    return products


def offers(*, now: datetime, opened: Collection[int] = (), kept: Mapping[int, int] | None = None) -> list[Offer]:
    """Return what is on offer at `now`, what a code `opened` first, with places of quotas `kept` for it. One query."""
    hidden = [_facts(product) for product in _current(Q(pk__in=opened, is_listed=False))] if opened else []
    products = [*hidden, *catalogue()]
    wanted = {product.pk for product in products} | {part.product for product in products for part in product.parts}
    limits = _limits(wanted, kept or {})
    return [_offer(product, _limits_of(product, limits), now) for product in products]


def offer(slug: str, *, now: datetime) -> Offer | None:
    """Return the offer of one product, or None when the ticket office does not list it."""
    return next((one for one in offers(now=now) if one.product.slug == slug), None)


def _current(which: Q) -> list[Product]:
    found = Product.objects.filter(which, edition__is_current=True).select_related("section")
    return list(found.prefetch_related("prices", "days__hours", "parts__part__zones", "zones"))


def _facts(product: Product) -> ProductFacts:
    return ProductFacts(
        pk=product.pk,
        slug=product.slug,
        section=product.section.slug,
        kind=product.kind,
        name=str(product.name),
        description=str(product.description),
        place=str(product.place),
        proof=str(product.proof),
        currency=product.currency,
        admission=product.admission,
        days=tuple(_day_facts(day, product.section) for day in product.days.all()),
        prices=tuple(
            PriceFacts(price.pk, str(price.name), str(price.help), price.cents, price.max_cents, price.is_default)
            for price in product.prices.all()
        ),
        opens=product.sale_opens,
        closes=product.sale_closes,
        max_per_order=product.places_per_form,
        requires_approval=product.requires_approval,
        is_named=product.named,
        confirmation=product.confirmation,
        filling_percent=product.filling_percent,
        places_per_network=product.places_per_network,
        max_per_basket=product.most_at_once,
        edition=product.edition_id,
        parts=tuple(PartFacts(one.part_id, str(one.part.name), one.count) for one in product.parts.all()),
        file_asked=product.file_asked,
        zones=tuple(str(zone) for zone in zones_of(product)),
    )


def _day_facts(day: Day, section: Section) -> DayFacts:
    opens, closes = hours_of(day, section) or (None, None)
    return DayFacts(day.pk, day.date, opens, closes, closing_moment(day))


@dataclass(frozen=True, slots=True)
class _Limit:
    """One quota (primary key) of a product; `day` is the primary key of the only day that it limits."""

    quota: int
    day: int | None
    stock: Stock


def _limits(product_ids: Collection[int], kept: Mapping[int, int]) -> dict[int, list[_Limit]]:
    """Return what limits each product, quotas of sessions left out: those are not asked for by the day."""
    limits: dict[int, list[_Limit]] = defaultdict(list)
    rows = Quota.products.through.objects.filter(product__in=product_ids, quota__occurrence=None)
    columns = ("product_id", "quota_id", "quota__day_id", "quota__size", "quota__taken", "quota__reserved")
    for product_id, pk, day_id, size, taken, reserved in rows.values_list(*columns):
        limits[product_id].append(_Limit(pk, day_id, Stock(size, taken + reserved - kept.get(pk, 0))))
    return limits


def _limits_of(product: ProductFacts, limits: Mapping[int, Sequence[_Limit]]) -> list[_Limit]:
    """Return what limits a product: of a set also what limits its parts, counted in sets."""
    found = list(limits.get(product.pk, ()))
    drawn: Counter[_Limit] = Counter()
    for part in product.parts:
        for limit in limits.get(part.product, ()):
            drawn[limit] += part.count
    return found + [replace(limit, stock=limit.stock.in_lots(count)) for limit, count in drawn.items()]


def _tightest(limits: Iterable[_Limit], days: Collection[int]) -> Stock | None:
    return pricing.tightest(
        limit.stock
        for limit in limits
        if pricing.draws_on(quota_day=limit.day, quota_occurrence=None, days=days, occurrence=None)
    )


def _offer(product: ProductFacts, limits: list[_Limit], now: datetime) -> Offer:
    state = pricing.sale_state(opens=product.opens, closes=product.closes, at=now)
    days = tuple(DayOffer(day, _tightest(limits, [day.pk]), has_passed=now >= day.ends) for day in product.days)
    whole = _tightest(limits, [] if product.one_day else [day.pk for day in product.days])
    return Offer(product, state, whole, days)
