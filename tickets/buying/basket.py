"""What was chosen, its lines, and what they come to: nothing is held here."""

import json
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from festival.models import Day, Edition
from tickets.buying import queries, unpacking
from tickets.catalogue.choice import Chosen
from tickets.exceptions import NotReady
from tickets.fees import charging
from tickets.models import Order, OrderLine, Price, Product, Ticket
from tickets.orders import placing
from tickets.payments import queries as payment_queries
from tickets.payments.queries import SummaryLine
from tickets.vouchers import redeeming
from tickets.vouchers.redeeming import Cut
from tickets.vouchers.rules import fold


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


@dataclass(frozen=True, slots=True)
class Quote:
    """What a basket would come to: alike lines together, as the next steps show them, and the total in cents."""

    summary: tuple[SummaryLine, ...]
    total_cents: int
    currency: str


def quote(basket: Basket, *, now: datetime) -> Quote:
    """Return what a basket of at least one item comes to at `now`, its code included; nothing is held or used.

    Raises:
        VoucherRefused: If the code cannot be used for it.
    """
    lines = lines_of(basket)
    cut = cut_of(basket, lines, now)
    fees = charging.fee_lines(basket.edition.pk, redeeming.cuttable(lines))
    offs = dict(zip(map(id, redeeming.cuttable(lines)), cut.offs, strict=True)) if cut else {}
    total_cents = sum(line.cents for line in [*lines, *fees])
    parts = unpacking.unpack(lines, basket.ticket)
    return Quote(
        summary=tuple(
            payment_queries.together(
                [*lines, *fees],
                parts={id(line): tuple(part for part in parts if part.parent is line) for line in lines},
                codes={key: (cut.voucher.code, off) for key, off in offs.items() if cut and off is not None},
            )
        ),
        total_cents=total_cents,
        currency=basket.items[0].product.currency,
    )


def items_of(chosen: Iterable[Chosen], opened: Collection[int] = ()) -> list[Item]:
    """Return what was chosen with its rows; `opened` are the products (primary keys) that a code opens.

    Raises:
        NotReady: If something of it is gone.
    """
    wanted = list(chosen)
    products = queries.products({one.product for one in wanted}, opened)
    items = []
    for one in wanted:
        product = products.get(one.product)
        price = next((price for price in product.prices.all() if price.pk == one.price), None) if product else None
        if product is None or price is None:
            raise NotReady("something that was chosen is gone")
        day = next((day for day in product.days.all() if day.pk == one.day), None)
        items.append(Item(product, price, one.cents, one.count, day))
    return items


def lines_of(basket: Basket) -> list[OrderLine]:
    """Return the lines of a basket, not stored, each of one place."""
    return [_line(item, basket.ticket) for item in basket.items for _place in range(item.count)]


def cut_of(basket: Basket, lines: Sequence[OrderLine], now: datetime) -> Cut | None:
    """Make the lines of a basket cheaper by its code as it stands now; None without a code. Raises VoucherRefused."""
    if not basket.code:
        return None
    return redeeming.cut_prices(redeeming.find(basket.edition.pk, basket.code), redeeming.cuttable(lines), now=now)


def _line(item: Item, ticket: Ticket | None) -> OrderLine:
    opens = ticket if item.product.kind == Product.Kind.ADDON else None
    return placing.line_of(item.product, item.price, cents=item.cents, day=item.day, booked_with=opens)
