"""Sales: placing an order, sending its mail again."""

import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from festival.core.transactions import write_transaction
from festival.models import Day, closing_moment
from tickets.catalogue import pricing, stock
from tickets.delivery import tasks, tokens
from tickets.exceptions import (
    DayNotOffered,
    DayPassed,
    NotFree,
    SaleClosed,
    SaleNotOpen,
    TooManyPlaces,
)
from tickets.models import Order, Position, Price, Product, Quota

# No vowels, no look-alikes: an order code never spells a word.
_CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
_CODE_LENGTH = 8
_ATTEMPTS = 5

Take = Callable[[Sequence[Quota], int], None]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders: a name, a mail address, and the language (fr, en) that mail and tickets are written in."""

    name: str
    email: str
    language: str


def register_free(
    *,
    product: Product,
    day: Day | None,
    places: int,
    buyer: Buyer,
    form_token: uuid.UUID,
    now: datetime,
    take: Take = stock.take,
) -> Order:
    """Give `places` tickets of a free product and return the order; its mail is on the way when this returns.

    The same form sent again (double click, back button) returns the same order; changed and sent again it is another.
    `take` takes the places; the race tests hand in a careless one to prove that they would notice.

    Raises:
        SaleNotOpen, SaleClosed, DayPassed, DayNotOffered, TooManyPlaces, NotFree: If the wish is impossible.
        SoldOut: If fewer places are left than wished for; nothing was written then.
    """
    day_id = day.pk if day else None
    key = uuid.uuid5(form_token, f"{product.pk}|{day_id}|{places}|{buyer.email.casefold()}")
    if order := Order.objects.filter(form_token=key).first():
        return order
    price = _check(product=product, day=day, places=places, now=now)
    quotas = stock.quotas_of(product=product, day_id=day_id)
    for _attempt in range(_ATTEMPTS):
        try:
            with write_transaction():
                order = Order.objects.create(**_order_fields(product, buyer, key, price, places, now))
                tasks.send_order_mail.enqueue(order.pk)
                take(quotas, places)
                numbers = stock.next_numbers(places)
                Position.objects.bulk_create(_position(order, product, price, day, number) for number in numbers)
        except IntegrityError:
            # Either the same form came in twice at once, or (once in a million orders) a random code was in use.
            if twin := Order.objects.filter(form_token=key).first():
                return twin
        else:
            return order
    raise RuntimeError("no unused order code was found")


def resend_order_mail(*, order: Order) -> None:
    """Send the order's mail once more, to the address that it has."""
    with write_transaction():
        Order.objects.filter(pk=order.pk).update(mailed_at=None)
        tasks.send_order_mail.enqueue(order.pk)


def _check(*, product: Product, day: Day | None, places: int, now: datetime) -> Price | None:
    state = pricing.sale_state(opens=product.sale_opens, closes=product.sale_closes, at=now)
    if state is pricing.SaleState.SOON:
        raise SaleNotOpen
    if state is pricing.SaleState.CLOSED:
        raise SaleClosed
    if not 1 <= places <= product.max_per_order:
        raise TooManyPlaces
    _check_day(product=product, day=day, now=now)
    prices = list(product.prices.all())
    if product.requires_approval or not prices or any(price.cents or price.max_cents for price in prices):
        raise NotFree
    return next((price for price in prices if price.is_default), prices[0])


def _check_day(*, product: Product, day: Day | None, now: datetime) -> None:
    days = list(product.days.all())
    if (day is None) == (product.admission == Product.Admission.ONE_DAY) or (day and day not in days):
        raise DayNotOffered
    if all(now >= closing_moment(one) for one in ([day] if day else days)):
        raise DayPassed


def _order_fields(
    product: Product, buyer: Buyer, key: uuid.UUID, price: Price | None, places: int, now: datetime
) -> dict[str, object]:
    return {
        "edition_id": product.edition_id,
        "code": "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH)),
        "secret": secrets.token_urlsafe(32),
        "form_token": key,
        "state": Order.State.PAID,
        "name": buyer.name,
        "email": buyer.email,
        "language": buyer.language,
        "total_cents": pricing.total([price.cents if price else 0] * places),
        "currency": product.currency,
        "created_at": now,
    }


def _position(order: Order, product: Product, price: Price | None, day: Day | None, number: int) -> Position:
    return Position(
        order=order,
        product=product,
        price=price,
        day=day,
        attendee_name=order.name,
        cents=price.cents if price else 0,
        ticket=number,
        short_code=tokens.short_code(secrets.randbelow(tokens.SHORT_CODES)),
    )
