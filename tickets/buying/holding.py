"""A basket: places that are held while the buyer says who they are and pays."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import QuerySet

from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import Edition, closing_moment
from tickets.buying import unpacking
from tickets.buying.basket import Basket, Item, cut_of, lines_of
from tickets.catalogue import extending, per_person, pricing, stock
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
from tickets.models import Order, OrderLine, Product
from tickets.orders import placing, queries as order_queries
from tickets.payments import queries as payment_queries
from tickets.vouchers import queries as voucher_queries, redeeming
from tickets.vouchers.redeeming import Take as UseCode

HELD_FOR = timedelta(minutes=20)
MOST_CENTS = 1_000_000_000  # the sum fits the column of every database
_ATTEMPTS = 5

Take = Callable[[Mapping[int, int]], None]
Admit = Callable[[], None]


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
        BasketEmpty, SaleNotOpen, SaleClosed, DayPassed, DayNotOffered, TooManyPlaces, PriceNotOffered, NotReady: If it
            cannot be had like this.
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
    lines = lines_of(basket)
    cut = cut_of(basket, lines, now)
    fees = charging.fee_lines(basket.edition.pk, redeeming.cuttable(lines))
    order = _order(basket, sum(line.cents for line in [*lines, *fees]), now)
    parts = unpacking.unpack(lines, basket.ticket)
    if basket.extends:
        wanted = [(item.product, item.count) for item in basket.items]
        extending.admit(basket.extends, wanted, ticket=basket.ticket)
        wanted += [(part.product, 1) for part in parts if part.product]
        per_person.admit(basket.extends.email, wanted, now=now, order=order)
    for line in [*lines, *parts, *fees]:
        line.order = order
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
