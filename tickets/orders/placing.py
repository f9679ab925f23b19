"""Sales: placing an order, sending its mail again."""

import json
import secrets
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import Day, closing_moment
from program.models import Occurrence
from tickets.catalogue import extending, per_person, pricing, stock
from tickets.delivery import issuing, signing
from tickets.exceptions import (
    DayNotOffered,
    DayPassed,
    KeySecretMissing,
    NotFree,
    NotReady,
    SaleClosed,
    SaleNotOpen,
    SessionNotOffered,
    TooManyPlaces,
)
from tickets.models import Order, OrderLine, Payment, Price, Product, Ticket
from tickets.orders import queries as order_queries
from tickets.payments import paying, queries as payment_queries
from tickets.questions import answering
from tickets.questions.queries import Given

CONFIRM_MAIL = "order.confirm"

# No vowels, no look-alikes: an order code never spells a word.
_CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
_CODE_LENGTH = 8
_ATTEMPTS = 5

Take = Callable[[Mapping[int, int]], None]
Admit = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders: a name, a mail address, and the language (such as fr) that mail and tickets are written in."""

    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What was posted: `places` tickets of a product, for a day or a session when it asks for one.

    Fetch `prices` and `days` of the product before. `form_token` is the random number of the form; `network` a keyed
    hash of the network that it came from (`queries.network_key`). `booked_with` is the ticket that opens the session.
    `extends` is the order that they are added to.
    Places that are held are held until `held_until`, else as long as the product says; `hold_mail` is the kind of the
    mail with the link that confirms them. `given` are answers; the key of each is `order`, or the rank of its place.
    """

    product: Product
    places: int
    buyer: Buyer
    form_token: uuid.UUID
    day: Day | None = None
    occurrence: Occurrence | None = None
    network: str = ""
    booked_with: Ticket | None = None
    held_until: datetime | None = None
    extends: Order | None = None
    hold_mail: str = CONFIRM_MAIL
    given: Sequence[Given] = ()

    @property
    def key(self) -> uuid.UUID:
        """What the same post has again; any changed field makes another one."""
        chosen = [self.product.pk, self.day and self.day.pk, self.occurrence and self.occurrence.pk, self.places]
        chosen += [self.booked_with.pk] if self.booked_with else []
        chosen += ["extends", self.extends.pk] if self.extends else []
        typed = [self.buyer.name, self.buyer.email, self.buyer.language]
        typed += [one.said for one in self.given if one.value]
        return uuid.uuid5(self.form_token, json.dumps(chosen + typed))


def register_free(
    *, wish: Wish, now: datetime, take: Take = stock.take, admit: Admit | None = None, is_held: bool = False
) -> Order:
    """Give the tickets of a free product and return the order; its mail is on the way when this returns.

    The same form sent again (double click, back button) returns the same order; changed and sent again it is another.
    `take` takes the places; the race tests hand in a careless one to prove that they would notice.

    `admit` is called within the transaction, after the form was found to be no twin of another and before places are
    taken: what it raises gives everything up, and what it counts against limits is given back with the rest.
    `is_held` says whether the places are only held until the link in the mail is opened.

    Raises:
        SaleNotOpen, SaleClosed, DayPassed, DayNotOffered, SessionNotOffered, TooManyPlaces, NotFree, NotReady: If the
            wish is impossible.
        TooManyForPerson: If all orders of the address would hold more than a person may have.
        SoldOut: If fewer places are left than wished for; nothing was written then.
    """
    if order := order_queries.order_of_form(wish.key):
        return order
    price = _check(wish, now)
    _check_key(wish.product.edition_id)
    for _attempt in range(_ATTEMPTS):
        try:
            with writing(public=False):
                return _write(wish, price, _Door(take, admit or _everybody), now, is_held=is_held)
        except IntegrityError:
            # Either the same form came in twice at once, or (once in a million orders) a random code was in use.
            if twin := order_queries.order_of_form(wish.key):
                return twin
    raise RuntimeError("no unused order code was found")


def fresh_codes() -> dict[str, str]:
    """Return code and secret of a new order, by the names of their columns; random, so the code may be in use."""
    code = "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))
    return {"code": code, "secret": secrets.token_urlsafe(32)}


def resend_order_mail(*, order: Order, actor: Actor, now: datetime) -> None:
    """Send the order's mail once more, to the address that it has.

    It brings its tickets, or says how to pay it, or has the link that confirms it.
    """
    with writing(public=False):
        kind: str = CONFIRM_MAIL if order.state == Order.State.HELD else issuing.ORDER_MAIL
        fact: Order | Payment = order
        if order.state == Order.State.PENDING and (awaited := payment_queries.open_payment(order)):
            kind, fact = paying.INSTRUCTIONS_MAIL, awaited
        outbox.queue(kind, to=order.email, language=order.language, fact=fact, now=now, edition=order.edition)
        audit.record("order.mailed_again", order, actor=actor, at=now, edition=order.edition)


@dataclass(frozen=True, slots=True)
class _Door:
    """The two things that may refuse a sale at its end."""

    take: Take
    admit: Admit


def _everybody() -> None:
    """Count nothing: a sale by a command, in a test, at a desk."""


def _check(wish: Wish, now: datetime) -> Price:
    product = wish.product
    state = pricing.sale_state(opens=product.sale_opens, closes=product.sale_closes, at=now)
    if state is pricing.SaleState.SOON:
        raise SaleNotOpen
    if state is pricing.SaleState.CLOSED:
        raise SaleClosed
    if not 1 <= wish.places <= product.places_per_form:
        raise TooManyPlaces
    if product.admission == Product.Admission.OCCURRENCE:
        _check_occurrence(wish, now)
    else:
        _check_day(wish, now)
    prices = list(product.prices.all())
    if product.kind != Product.Kind.ADMISSION or product.requires_approval or not pricing.is_free(prices):
        raise NotFree
    return next((price for price in prices if price.is_default), prices[0])


def _check_day(wish: Wish, now: datetime) -> None:
    days, day = list(wish.product.days.all()), wish.day
    needs_one = wish.product.admission == Product.Admission.ONE_DAY
    if (day is None) == needs_one or (day and day not in days) or wish.occurrence:
        raise DayNotOffered
    if all(now >= closing_moment(one) for one in ([day] if day else days)):
        raise DayPassed


def _check_occurrence(wish: Wish, now: datetime) -> None:
    occurrence = wish.occurrence
    if occurrence is None or wish.day or not order_queries.is_bookable(wish.product, occurrence):
        raise SessionNotOffered
    if now >= occurrence.ends_at:
        raise DayPassed


def _check_key(edition_id: int) -> None:
    """Refuse before anything is taken what could not be signed afterwards."""
    try:
        signing.signing_pair(edition_id)
    except KeySecretMissing as error:
        raise NotReady(str(error)) from error


def _write(wish: Wish, price: Price, door: _Door, now: datetime, *, is_held: bool) -> Order:
    """Write everything; the counters come last, as other sales wait from then on."""
    edition = wish.product.edition
    order = Order.objects.create(**_order_fields(wish, price, now, is_held=is_held))
    if wish.extends:
        extending.admit(wish.extends, [(wish.product, wish.places)])
    where: dict[str, Any] = {
        "order": order,
        "day": wish.day,
        "occurrence": wish.occurrence,
        "booked_with": wish.booked_with,
    }
    lines = OrderLine.objects.bulk_create(line_of(wish.product, price, **where) for _place in range(wish.places))
    answering.store(order=order, given=of_lines(wish.given, lines), now=now, is_first=True)
    kind = wish.hold_mail if is_held else issuing.ORDER_MAIL
    outbox.queue(kind, to=order.email, language=order.language, fact=order, now=now, edition=edition)
    audit.record(
        "order.held" if is_held else "order.placed",
        order,
        actor=Actor.of_order(order.code),
        at=now,
        facts={"product": wish.product.slug, "places": wish.places, "total_cents": order.total_cents},
        edition=edition,
    )
    places = stock.draws(lines)
    per_person.admit(order.email, [(wish.product, wish.places)], now=now, order=order)
    door.admit()
    door.take(places)
    if not is_held:
        issuing.issue_tickets(order, lines)
    return order


def of_lines(given: Sequence[Given], lines: Sequence[OrderLine]) -> list[Given]:
    """Return the answers that say something, with the lines of their places: each has the rank of its place as key."""
    return [replace(one, line=lines[int(one.key) - 1]) if one.key.isdigit() else one for one in given if one.value]


def _order_fields(wish: Wish, price: Price, now: datetime, *, is_held: bool) -> dict[str, object]:
    return {
        **fresh_codes(),
        "edition": wish.product.edition,
        "form_key": wish.key,
        "state": Order.State.HELD if is_held else Order.State.PAID,
        "expires_at": (wish.held_until or now + timedelta(minutes=wish.product.hold_minutes)) if is_held else None,
        "name": wish.buyer.name,
        "email": wish.buyer.email,
        "language": wish.buyer.language,
        "total_cents": price.cents * wish.places,
        "currency": wish.product.currency,
        "created_at": now,
        "network": wish.network,
        "extends": wish.extends,
    }


def line_of(product: Product, price: Price, *, cents: int | None = None, **where: Any) -> OrderLine:
    """Return one line, not stored, of what is sold at a price, as it stands now.

    `cents` are those of a price of one's own. `where` is what else the line says: its order, day, session, ticket. A
    gift has no tax: nothing is given for it.
    """
    cents = price.cents if cents is None else cents
    rate = 0 if product.kind == Product.Kind.DONATION else price.vat_rate
    return OrderLine(
        kind=product.kind,
        product=product,
        price=price,
        product_name=product.name,
        price_name=price.name,
        cents=cents,
        vat_rate=rate,
        vat_cents=pricing.included_vat(cents, rate),
        **where,
    )
