"""What the pages of workshop places read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, prefetch_related_objects

from festival.core.writing import site_generation
from festival.models import Edition
from festival.pages.offers import PlaceOffer
from festival.time import clock
from program.models import Occurrence, Session
from tickets.catalogue import pricing
from tickets.catalogue.pricing import SaleState, Scarcity, Stock
from tickets.delivery import reading
from tickets.models import Order, OrderLine, Price, Product, Quota, Ticket, WaitingEntry
from tickets.workshops import rules
from tickets.workshops.rules import Refusal

BOOKED = (Session.Registration.FREE, Session.Registration.TICKETED)
_WORDS = {Scarcity.NONE: "full", Scarcity.LAST: "last"}


@dataclass(frozen=True, slots=True)
class Workshop:
    """A session that people book places in: the product that is booked, how many places, how many people wait."""

    occurrence: Occurrence
    product: Product
    quota: Quota
    waiting: int

    @property
    def session(self) -> Session:
        """What it is."""
        return self.occurrence.session

    @property
    def stock(self) -> Stock:
        """Its places as counted; while people wait, what comes free is theirs."""
        return Stock(self.quota.size, self.quota.size if self.waiting else self.quota.taken)

    @property
    def is_full(self) -> bool:
        """Whether nobody can book now."""
        return self.stock.left == 0

    @property
    def scarcity(self) -> Scarcity:
        """How scarce its places are."""
        return pricing.scarcity(self.stock)

    @property
    def needs_ticket(self) -> bool:
        """Whether a place is for those who have a ticket that opens the session."""
        return self.session.registration == Session.Registration.TICKETED

    @property
    def places_per_form(self) -> int:
        """How many places one form may ask for: with a ticket its own."""
        return 1 if self.needs_ticket else self.product.places_per_form

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return bool(self.occurrence.cancelled_at or self.session.cancelled_at)

    @property
    def closes(self) -> datetime:
        """The moment from which nobody books any more."""
        return closes_of(self.occurrence, self.product)

    @property
    def day(self) -> date:
        """Its festival day."""
        return clock.festival_day_of(self.occurrence.starts_at, self.occurrence.edition.day_starts_at)

    def state(self, now: datetime) -> SaleState:
        """Return whether booking is still to come, runs, or is over at `now`."""
        if now >= self.closes:
            return SaleState.CLOSED
        return pricing.sale_state(opens=self.product.sale_opens, closes=self.closes, at=now)

    def needs_confirmation(self, places: int) -> bool:
        """Return whether so many places are held until the address is confirmed; a ticket is proof enough."""
        if self.needs_ticket:
            return False
        return pricing.needs_confirmation(
            confirmation=self.product.confirmation,
            percent=self.product.filling_percent,
            stock=self.stock,
            places=places,
        )


def closes_of(occurrence: Occurrence, product: Product) -> datetime:
    """Return until when places are booked: as long as the sale runs, and before the session begins."""
    is_timed = occurrence.kind == Occurrence.Kind.TIMED
    return min(product.sale_closes, occurrence.starts_at if is_timed else occurrence.ends_at)


def workshop(uuid: UUID) -> Workshop | None:
    """Return the session whose places are booked at its address; None for any other, and for a draft."""
    return next(iter(_workshops(Q(occurrence__uuid=uuid))), None)


def session_of_past_edition(uuid: UUID) -> str | None:
    """Return the short name of the session that places were booked in at this address; None for another address."""
    past = Occurrence.objects.filter(uuid=uuid, edition__is_current=False, session__registration__in=BOOKED)
    return past.values_list("session__slug", flat=True).first()


def product_of(session: Session) -> Product | None:
    """Return the product by which places in the sessions of this part of the week are booked, None before the first."""
    products = Product.objects.filter(edition=session.edition_id, section=session.section_id)
    return _bookable(_with_prices(products.prefetch_related("prices")))


def times_of(session: Session) -> list[tuple[Occurrence, Quota | None]]:
    """Return the session's occurrences in order of time, each with its quota, also where nobody books yet."""
    rows = session.occurrences.select_related("room").prefetch_related("quotas").order_by("starts_at", "pk")
    return [(row, next(iter(row.quotas.all()), None)) for row in rows]


def other_times(found: Workshop, now: datetime) -> list[Workshop]:
    """Return the other times of the same session that have places now, in order of time."""
    others = _workshops(Q(occurrence__session=found.session), ~Q(occurrence=found.occurrence))
    return [one for one in others if one.state(now) is SaleState.OPEN and not one.is_cancelled and not one.is_full]


def opened_by(tickets: Iterable[Ticket], now: datetime) -> list[Workshop]:
    """Return the sessions that can be booked at `now` and that one of the tickets opens, in order of time."""
    tickets = list(tickets)
    found = _workshops(Q(occurrence__starts_at__gt=now))
    prefetch_related_objects([one.occurrence for one in found], "session__products")
    return [
        one
        for one in found
        if one.state(now) is SaleState.OPEN
        and not one.is_cancelled
        and any(refusal_of(ticket, one) is None for ticket in tickets)
    ]


def passes_of(order: Order) -> list[Ticket]:
    """Return the valid tickets of an order that are not themselves for one session."""
    found = _tickets().filter(order=order, line__occurrence=None, state=Ticket.State.VALID)
    return list(found.filter(line__order__state=Order.State.PAID).order_by("pk"))


def ticket_by_code(text: str, edition: Edition) -> Ticket | None:
    """Return the edition's ticket whose short code was typed, however it is written."""
    return _tickets().filter(short_code__in=reading.read(text).short_codes, edition=edition).first()


def refusal_of(ticket: Ticket, found: Workshop) -> Refusal | None:
    """Return why the ticket opens no place in the session, None when it does. Fetch it by this module."""
    line, product = ticket.line, ticket.line.product
    if product is None:
        return Refusal.VOID
    is_pass = product.kind == Product.Kind.ADMISSION and line.occurrence_id is None
    days = [line.day] if line.day else product.days.all()
    held = rules.Pass(
        product=product.slug,
        section=product.section.slug,
        days=frozenset(day.date for day in days),
        is_valid=is_pass and ticket.state == Ticket.State.VALID and line.order.state == Order.State.PAID,
    )
    opening = frozenset(one.slug for one in found.session.products.all())
    return rules.refusal(held, rules.Place(opening, found.session.section.slug, found.day))


def clashes(found: Workshop, *, ticket: Ticket | None, email: str) -> list[OrderLine]:
    """Return the places that this ticket, or without one this address, has at the same time, this session included."""
    occurrence = found.occurrence
    mine = Q(booked_with=ticket) if ticket else Q(order__email__iexact=email)
    lines = OrderLine.objects.holding_a_place().filter(
        mine,
        order__edition=occurrence.edition_id,
        occurrence__starts_at__lt=occurrence.ends_at,
        occurrence__ends_at__gt=occurrence.starts_at,
    )
    return list(lines.select_related("occurrence__session").order_by("occurrence__starts_at", "pk"))


def booking_of(order: Order) -> OrderLine | None:
    """Return the line of an order that books places in a session, the first where it has several; None without."""
    lines = bookings_of(order).exclude(occurrence=None).select_related("occurrence__session", "booked_with")
    return lines.order_by("pk").first()


def entry_by_secret(secret: str) -> WaitingEntry | None:
    """Return the entry of a waiting list that the secret address names."""
    related = ("occurrence__session__section", "occurrence__room__venue", "occurrence__edition", "order", "edition")
    return WaitingEntry.objects.select_related(*related).filter(secret=secret).first()


def position_of(entry: WaitingEntry) -> int:
    """Return the rank of a waiting entry on its list, from 1."""
    before = WaitingEntry.objects.filter(occurrence=entry.occurrence_id, state=WaitingEntry.State.WAITING)
    return before.filter(pk__lte=entry.pk).count()


def places_on_offer() -> Mapping[str, PlaceOffer]:
    """Return what the programme says of the current edition's places, by the UUID of the occurrence as a text.

    Asked through the setting `PLACES_ON_OFFER`; read once a generation.
    """
    key = f"tickets-places:{site_generation()}"
    found: Mapping[str, PlaceOffer] | None = cache.get(key)
    if found is None:
        rows = quotas().prefetch_related("products__prices")
        found = {str(quota.occurrence.uuid): _offer(quota) for quota in rows if quota.occurrence}
        cache.set(key, found, 300)
    return found


def quotas() -> QuerySet[Quota]:
    """Return the quotas of the current edition's sessions, each with whether somebody `waits`."""
    waiting = WaitingEntry.objects.filter(occurrence=OuterRef("occurrence"), state=WaitingEntry.State.WAITING)
    found = Quota.objects.filter(occurrence__edition__is_current=True).annotate(waits=Exists(waiting))
    return found.select_related("occurrence__session").order_by("pk")


def word_of(quota: Quota) -> str:
    """Return "full", "last" or "", as pages say it of a quota from `quotas`; while people wait it is full."""
    stock = Stock(quota.size, quota.size if quota.waits else quota.taken)  # type: ignore[attr-defined]
    return _WORDS.get(pricing.scarcity(stock), "")


def bookings_of(order: Order) -> QuerySet[OrderLine]:
    """Return the places that an order holds, or whose tickets are on its page."""
    return OrderLine.objects.live().filter(Q(order=order, ticket=None) | Q(ticket__order=order))


def _offer(quota: Quota) -> PlaceOffer:
    occurrence, product = quota.occurrence, _bookable(_with_prices(quota.products.all()))
    if occurrence is None or product is None or occurrence.session.registration not in BOOKED:
        return PlaceOffer(word_of(quota), None, None)
    return PlaceOffer(word_of(quota), product.sale_opens, closes_of(occurrence, product))


def _bookable(products: Mapping[Product, Iterable[Price]]) -> Product | None:
    """Return the product that is booked: a free one for one session, that nobody has to approve."""
    found = (
        product
        for product, prices in products.items()
        if product.kind == Product.Kind.ADMISSION
        and product.admission == Product.Admission.OCCURRENCE
        and not product.requires_approval
        and pricing.is_free(prices)
    )
    return min(found, key=lambda product: (product.sort_order, product.pk), default=None)


def _with_prices(products: Iterable[Product]) -> dict[Product, Iterable[Price]]:
    return {product: product.prices.all() for product in products}


def _workshops(*where: Q) -> list[Workshop]:
    """Return the sessions with places, in order of time. Two queries: places and times, products and prices."""
    related = ("occurrence__session__section", "occurrence__room__venue", "occurrence__edition")
    waits = Count(
        "occurrence__waiting_entries", filter=Q(occurrence__waiting_entries__state=WaitingEntry.State.WAITING)
    )
    quotas = (
        Quota.objects.filter(
            *where,
            occurrence__edition__is_current=True,
            occurrence__session__in=Session.objects.published(),
            occurrence__session__registration__in=BOOKED,
        )
        .select_related(*related)
        .annotate(waits=waits)
        .order_by("occurrence__starts_at", "occurrence")
    )
    found, prices = [], _prices_by_product({quota.pk for quota in quotas})
    for quota in quotas:
        occurrence, product = quota.occurrence, _bookable(prices.get(quota.pk, {}))
        if occurrence and product:
            product.edition = occurrence.edition
            found.append(Workshop(occurrence, product, quota, quota.waits))
    return found


def _prices_by_product(quotas: Collection[int]) -> dict[int, dict[Product, list[Price]]]:
    """Return the products of each quota, by its primary key, with their prices."""
    rows = Price.objects.annotate(quota=F("product__quotas")).filter(quota__in=quotas).select_related("product")
    found: dict[int, dict[Product, list[Price]]] = {}
    for price in rows:
        found.setdefault(price.quota, {}).setdefault(price.product, []).append(price)
    return found


def _tickets() -> QuerySet[Ticket]:
    related = ("order", "line__order", "line__product__section", "line__day", "edition")
    return Ticket.objects.select_related(*related).prefetch_related("line__product__days")
