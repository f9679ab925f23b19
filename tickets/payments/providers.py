"""The ways to pay, behind one interface. None of them is called within a transaction.

`transfer` and `onsite` are here: the buyer gets instructions, and the office, or a bank statement, says that the money
came. Whoever calls a service registers itself with `register` when the app is ready.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.db.models import Max, Min

from festival.models import Day, Edition
from festival.time import clock
from tickets.models import MoneyState, Order, Payment, PaymentSettings, Provider, Refund

_DOORS = "_doors_open_at"
TRANSFER_TAKES = timedelta(days=1)  # an instant transfer takes seconds, any other a working day


@dataclass(frozen=True, slots=True)
class Begun:
    """A payment that has begun.

    `reference` is the provider's own name for it, "" when it has none yet; `url` is where the buyer pays, "" when the
    order's page shows the instructions; `expires_at` is until when it has to come.
    """

    reference: str
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider says of a payment or a refund."""

    state: MoneyState
    amount_cents: int
    reference: str


class PaymentProvider(Protocol):
    """One way to pay."""

    @property
    def name(self) -> Provider:
        """The value that payments keep."""

    @property
    def moves_money(self) -> bool:
        """Whether a refund goes by itself; else somebody of the office sends it and says so."""

    def is_ready(self, edition: Edition) -> bool:
        """Return whether this edition can take money by it: everything is set that it needs."""

    def offered_until(self, order: Order, now: datetime) -> datetime | None:
        """Return until when the order would have to be paid by it; None when it is too late for this way."""

    def begin(self, payment: Payment, order: Order, return_url: str, now: datetime) -> Begun:
        """Begin a stored payment. Called again with the same `payment.key`, it begins nothing new.

        Raises:
            ProviderFailed: If the service cannot be reached or refuses.
        """

    def ask(self, payment: Payment) -> Answer:
        """Return how far the payment is. Raises ProviderFailed."""

    def ask_many(self, payments: Sequence[Payment], now: datetime) -> Mapping[int, Answer]:
        """Return how far payments are that began at about the same time, by primary key, as far as a list has them.

        Raises ProviderFailed.
        """

    def refund(self, refund: Refund) -> Answer:
        """Send a stored refund. With the same `refund.key` it is sent once. Raises ProviderFailed."""

    def call_off(self, payment: Payment) -> None:
        """Close the page of a payment, as far as that is still possible. Raises ProviderFailed."""


class _ByHand(ABC):
    """What transfer and on site have in common: somebody looks whether the money came, and sends it back."""

    name: Provider
    moves_money = False

    @abstractmethod
    def offered_until(self, order: Order, now: datetime) -> datetime | None:
        """Return when the order has to be paid; see `PaymentProvider`."""

    def begin(self, payment: Payment, order: Order, return_url: str, now: datetime) -> Begun:
        """Give it its term."""
        return Begun(reference="", url="", expires_at=self.offered_until(order, now) or now)

    def ask(self, payment: Payment) -> Answer:
        """Return what the books say: nobody else knows."""
        return Answer(MoneyState(payment.state), payment.amount_cents, payment.reference)

    def ask_many(self, payments: Sequence[Payment], now: datetime) -> Mapping[int, Answer]:
        """Return nothing: there is no list."""
        return {}

    def refund(self, refund: Refund) -> Answer:
        """Leave it to the office."""
        return Answer(MoneyState.CREATED, refund.amount_cents, "")

    def call_off(self, payment: Payment) -> None:  # noqa: B027 -- nothing to do, for both
        """Close nothing: there is no page."""


class Transfer(_ByHand):
    """By bank transfer, with the order's code as reference."""

    name = Provider.TRANSFER

    def is_ready(self, edition: Edition) -> bool:
        """Return whether the account is known."""
        found = settings_of(edition)
        return bool(found and found.iban and found.account_holder)

    def offered_until(self, order: Order, now: datetime) -> datetime | None:
        """Return the end of the days that the organiser gives; at the latest a day before the doors open."""
        found = settings_of(order.edition)
        end = min(now + timedelta(days=found.transfer_days if found else 0), doors_open(order) - TRANSFER_TAKES)
        return end if end >= now + TRANSFER_TAKES else None


class Onsite(_ByHand):
    """On site: cash, card, cheque."""

    name = Provider.ONSITE

    def is_ready(self, edition: Edition) -> bool:
        """Return whether the organiser takes money there."""
        found = settings_of(edition)
        return bool(found and found.takes_onsite)

    def offered_until(self, order: Order, now: datetime) -> datetime | None:
        """Return when the doors open."""
        end = doors_open(order)
        return end if end > now else None


_registry: dict[str, PaymentProvider] = {}


def register(provider: PaymentProvider) -> None:
    """Make a way to pay known; the latest of a name counts."""
    _registry[provider.name] = provider


def provider(name: str) -> PaymentProvider:
    """Return the way of that name. Raises KeyError for one that is not registered."""
    return _registry[name]


def names() -> list[str]:
    """Return the ways that are registered, in the order of `Provider`."""
    return [value for value in Provider.values if value in _registry]


def ready_providers(edition: Edition) -> list[PaymentProvider]:
    """Return the ways by which an edition can take money now, in the order of `Provider`."""
    known = [_registry[value] for value in Provider.values if value in _registry]
    return [one for one in known if one.is_ready(edition)]


def settings_of(edition: Edition) -> PaymentSettings | None:
    """Return what the edition takes money by; one query for each loaded edition."""
    return getattr(edition, "payment_settings", None)


def doors_open(order: Order) -> datetime:
    """Return when the doors open first of what the order is for; of what has no day, when its sale closes."""
    known: datetime | None = getattr(order, _DOORS, None)
    if known is None:
        known = _first_opening(order)
        setattr(order, _DOORS, known)  # asked several times for one page
    return known


def _first_opening(order: Order) -> datetime:
    lines = order.lines.live().filter(occurrence=None)
    dated = Day.objects.filter(pk__in=lines.exclude(day=None).values("day"))
    whole = Day.objects.filter(products__in=lines.filter(day=None).values("product"))
    days = (dated | whole.filter(edition=order.edition_id)).annotate(first=Min("hours__opens"))
    starts = [_moment(day, first or time()) for day, first in days.values_list("date", "first").order_by()]
    if not order.is_basket:  # a basket holds no sessions
        starts += order.lines.live().exclude(occurrence=None).values_list("occurrence__starts_at", flat=True)
    if starts:
        return min(starts)
    undated = order.lines.live().aggregate(last=Max("product__sale_closes"))["last"]
    return undated or _moment(order.edition.start_date, time())


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, clock.zone())


register(Transfer())
register(Onsite())
