"""A basket: places that are held while the buyer says who they are and pays."""

import json
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import QuerySet

from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import Day, Edition, closing_moment
from tickets.buying import unpacking
from tickets.catalogue import extending, per_person, pricing, stock
from tickets.catalogue.faults import CurrenciesMixed
from tickets.delivery import signing
from tickets.exceptions import (
    BasketEmpty,
    DayNotOffered,
    DayPassed,
    HoldOver,
    KeySecretMissing,
    NotReady,
    PriceNotOffered,
    SaleClosed,
    SaleNotOpen,
    TooManyPlaces,
)
from tickets.fees import charging
from tickets.models import Order, OrderLine, Price, Product, Ticket
from tickets.orders import placing, queries as order_queries
from tickets.payments import queries as payment_queries
from tickets.vouchers import queries as voucher_queries, redeeming
from tickets.vouchers.redeeming import Cut, Take as UseCode
from tickets.vouchers.rules import fold

HELD_FOR = timedelta(minutes=20)
MOST_CENTS = 1_000_000_000  # the sum fits the column of every database
_ATTEMPTS = 5

Take = Callable[[Mapping[int, int]], None]
Admit = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Item:
    """So many of a product at one of its prices, each of so many cents; for a day when the product asks for one.

    Fetch `prices` and `days__hours` of the product before.
    """

    product: Product
    price: Price
    cents: int
    count: int
    day: Day | None = None


@dataclass(frozen=True, slots=True)
class Basket:
    """What was chosen, with the code that was typed, if any.

    `form_token` is the random number of the form; `network` a keyed hash, as for a registration. Whoever
    `asks_approval` chooses what needs it, and nothing else; such a basket may be free. What is bought for an order that
    is there already is bought by whoever it is of; `ticket` opens the add-ons then.
    """

    edition: Edition
    items: Sequence[Item]
    form_token: uuid.UUID
    language: str
    network: str = ""
    code: str = ""
    asks_approval: bool = False
    extends: Order | None = None
    ticket: Ticket | None = None

    @property
    def key(self) -> uuid.UUID:
        """What the same post has again; any other choice makes another one."""
        chosen = [
            [item.product.pk, item.price.pk, item.cents, item.count, item.day and item.day.pk] for item in self.items
        ]
        code = [fold(self.code)] if self.code else []
        later = [self.extends.pk, self.ticket and self.ticket.pk] if self.extends else []
        return uuid.uuid5(self.form_token, json.dumps(["basket", chosen, *code, *later]))

    @property
    def total_cents(self) -> int:
        """What it costs without a code and without fees."""
        return sum(item.cents * item.count for item in self.items)


def hold(
    *,
    basket: Basket,
    now: datetime,
    take: Take = stock.take,
    admit: Admit | None = None,
    use_code: UseCode = redeeming.take,
) -> Order:
    """Hold the places of a basket for twenty minutes and return its order, which has no name and no address yet.

    The same form sent again returns the same order. `take` and `admit` are as for `placing.register_free`, `use_code`
    as `take` of `redeeming.write`. A code is used from here on, and given back with the places.

    Raises:
        BasketEmpty, SaleNotOpen, SaleClosed, DayPassed, DayNotOffered, TooManyPlaces, PriceNotOffered, CurrenciesMixed,
            NotReady: If it cannot be had like this.
        SoldOut: If fewer places are left.
        VoucherRefused: If the code cannot be used for it. Nothing was written in all of these cases.
    """
    if order := order_queries.order_of_form(basket.key):
        return order
    voucher = redeeming.find(basket.edition.pk, basket.code) if basket.code else None
    _check(basket, voucher_queries.opened_by(voucher), now)
    doors = _Doors(take, admit or _everybody, use_code)
    for _attempt in range(_ATTEMPTS):
        try:
            with writing(public=False):
                return _write(basket, now, doors)
        except IntegrityError:
            # Either the same form came in twice at once, or (once in a million orders) a random code was in use.
            if twin := order_queries.order_of_form(basket.key):
                return twin
    raise RuntimeError("no unused order code was found")


def give_more_time(*, order: Order, now: datetime) -> None:
    """Hold the places of a basket for twenty minutes from now; once.

    Raises:
        HoldOver: If its time is over, or it was given more before.
    """
    with writing(public=False):
        held = _open(order, now)
        if not held.filter(extended_at=None).update(expires_at=now + HELD_FOR, extended_at=now):
            raise HoldOver
        actor = Actor.of_order(order.code)  # without the name: a basket that is left is forgotten, the log is not
        audit.record("order.given_more_time", order, actor=actor, at=now, edition=order.edition)


def _open(order: Order, now: datetime) -> QuerySet[Order]:
    """Find the order while it is a basket that nobody has to approve any more, and its time runs."""
    held = Order.objects.filter(pk=order.pk, state=Order.State.HELD, is_basket=True, awaits_approval=False)
    return held.filter(expires_at__gt=now)


@dataclass(frozen=True, slots=True)
class _Doors:
    """What may refuse a basket at its end."""

    take: Take
    admit: Admit
    use_code: UseCode


def _everybody() -> None:
    """Count nothing: a sale by a command, in a test, at a desk."""


def _check(basket: Basket, opened: Collection[int], now: datetime) -> None:
    if not basket.items:
        raise BasketEmpty
    if (basket.total_cents or not basket.asks_approval) and not payment_queries.can_sell(basket.edition):
        raise NotReady("no way to pay is ready")
    counts: Counter[int] = Counter()
    for item in basket.items:
        if item.product.requires_approval != basket.asks_approval:
            raise PriceNotOffered
        _check_item(item, basket.edition, now, is_opened=item.product.pk in opened)
        counts[item.product.pk] += item.count
    if basket.total_cents > MOST_CENTS or any(
        counts[one.product.pk] > one.product.max_per_order for one in basket.items
    ):
        raise TooManyPlaces
    if len({item.product.currency for item in basket.items}) > 1:
        raise CurrenciesMixed
    try:
        signing.signing_pair(basket.edition.pk)
    except KeySecretMissing as error:
        raise NotReady(str(error)) from error


def _check_item(item: Item, edition: Edition, now: datetime, *, is_opened: bool) -> None:
    """Refuse what is not sold like this; `is_opened` is for what a code opens though it is not listed."""
    product, price = item.product, item.price
    if product.currency != edition.currency:
        raise NotReady("a product is priced in another currency than its edition")
    state = pricing.sale_state(opens=product.sale_opens, closes=product.sale_closes, at=now)
    if state is pricing.SaleState.SOON:
        raise SaleNotOpen
    if state is pricing.SaleState.CLOSED:
        raise SaleClosed
    if item.count < 1:
        raise TooManyPlaces
    prices = list(product.prices.all())
    if (
        product.edition_id != edition.pk
        or not (product.is_listed or is_opened)
        or product.admission == Product.Admission.OCCURRENCE
        or (pricing.is_free(prices) and not is_opened and not product.requires_approval)
        or price not in prices
        or not pricing.is_offered(price, item.cents)
    ):
        raise PriceNotOffered
    _check_day(item, now)


def _check_day(item: Item, now: datetime) -> None:
    days, day = list(item.product.days.all()), item.day
    needs_one = item.product.admission == Product.Admission.ONE_DAY
    if (day is None) == needs_one or (day and day not in days):
        raise DayNotOffered
    wanted = [day] if day else days
    if wanted and all(now >= closing_moment(one) for one in wanted):
        raise DayPassed


def _write(basket: Basket, now: datetime, doors: _Doors) -> Order:
    """Write everything; the counters come last, as other sales wait from then on."""
    lines = [_line(item, basket.ticket) for item in basket.items for _place in range(item.count)]
    cut = _cut(basket, lines, now)
    fees = charging.fee_lines(basket.edition.pk, redeeming.cuttable(lines))
    order = _order(basket, sum(line.cents for line in [*lines, *fees]), now)
    if basket.extends:
        wanted = [(item.product, item.count) for item in basket.items]
        extending.admit(basket.extends, wanted, ticket=basket.ticket)
        per_person.admit(basket.extends.email, wanted, now=now, order=order)
    for line in [*lines, *fees]:
        line.order = order
    parts = unpacking.unpack(lines, basket.ticket)
    lines = OrderLine.objects.bulk_create(lines)
    if parts or fees:
        OrderLine.objects.bulk_create([*parts, *fees])  # after the lines that they name
    facts: dict[str, Fact] = {
        "products": tuple(sorted({item.product.slug for item in basket.items})),
        "places": len(lines),
        "total_cents": order.total_cents,
    }
    facts |= {"voucher": cut.voucher.pk, "off_cents": cut.cents} if cut else {}
    actor = Actor.of_order(order.code)
    audit.record("order.held", order, actor=actor, at=now, facts=facts, edition=basket.edition)
    doors.admit()
    redeeming.take_places(lines, cut, doors.take, also=parts)
    if cut:
        redeeming.write(cut, redeeming.cuttable(lines), now=now, take=doors.use_code)
    return order


def _cut(basket: Basket, lines: list[OrderLine], now: datetime) -> Cut | None:
    """Make the lines cheaper by the code, as it stands within this transaction."""
    if not basket.code:
        return None
    voucher = redeeming.find(basket.edition.pk, basket.code)
    return redeeming.cut_prices(voucher, redeeming.cuttable(lines), now=now)


def _order(basket: Basket, total_cents: int, now: datetime) -> Order:
    return Order.objects.create(
        **placing.fresh_codes(),
        edition=basket.edition,
        form_key=basket.key,
        state=Order.State.HELD,
        is_basket=True,
        expires_at=now + HELD_FOR,
        language=basket.language,
        total_cents=total_cents,
        currency=basket.items[0].product.currency,
        created_at=now,
        network=basket.network,
        **extending.taken_over(basket.extends),
    )


def _line(item: Item, ticket: Ticket | None) -> OrderLine:
    opens = ticket if item.product.kind == Product.Kind.ADDON else None
    return placing.line_of(item.product, item.price, cents=item.cents, day=item.day, booked_with=opens)
