"""Giving tickets of the pot, or not: an ordinary order at the price of its tickets, which the pot pays.

So nothing of the tickets says where they come from: not the code, not the paper, not the mail, not the door.
"""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.catalogue import pot, stock
from tickets.delivery import signing
from tickets.exceptions import DayPassed, KeySecretMissing, NotReady, SaleError
from tickets.models import Order, OrderLine, Payment, PotRequest, Provider
from tickets.orders import placing
from tickets.payments import settling
from tickets.solidarity import queries
from tickets.solidarity.faults import RequestDecided

REFUSED_MAIL = "pot.refused"

TakeMoney = Callable[[int, int], None]
_WAITING = PotRequest.State.WAITING


def grant(*, request: PotRequest, actor: Actor, now: datetime, take: TakeMoney = pot.take_out) -> Order:
    """Give the tickets of a request and return their order; its mail is on the way when this returns.

    In one transaction: places, money of the pot, payment, tickets. `take` takes the money; the race tests hand in a
    careless one to prove that they would notice.

    Raises:
        RequestDecided: If it was given or refused before.
        PotTooLow: If the pot holds less.
        SoldOut: If fewer places are left.
        DayPassed, NotReady: If there is nothing to give any more. Nothing was written in all of these cases.
    """
    with writing(public=False):
        held = _hold(request)
        _check(held, now)
        order = _write(held, now)
        lines = OrderLine.objects.bulk_create(
            placing.line_of(held.price.product, held.price, order=order, day=held.day) for _place in range(held.places)
        )
        stock.take(stock.draws(lines))
        take(order.edition_id, order.total_cents)
        payment = Payment.objects.create(
            order=order, provider=Provider.POT, amount_cents=order.total_cents, created_at=now
        )
        settling.settle(payment=payment, amount_cents=order.total_cents, reference="", now=now, actor=actor)
        granted = {"state": PotRequest.State.GRANTED, "order": order, "decided_at": now}
        PotRequest.objects.filter(pk=held.pk).update(**granted)
        facts: dict[str, Fact] = {"order": order.code, "places": held.places, "cents": order.total_cents}
        audit.record("pot.granted", held, actor=actor, at=now, facts=facts, edition=order.edition)
        return order


def refuse(*, request: PotRequest, reason: str, actor: Actor, now: datetime) -> None:
    """Refuse a request, and tell why by mail. Raises RequestDecided if it was given or refused before."""
    with writing(public=False):
        held = _hold(request)
        refused = {"state": PotRequest.State.REFUSED, "reason": reason, "decided_at": now}
        PotRequest.objects.filter(pk=held.pk).update(**refused)
        outbox.queue(REFUSED_MAIL, to=held.email, language=held.language, fact=held, now=now, edition=held.edition)
        audit.record("pot.refused", held, actor=actor, at=now, facts={"reason": reason}, edition=held.edition)


def grant_due(now: datetime) -> int:
    """Give what waits for money alone, the oldest first, as far as it goes; return how many. Runs in `tick`.

    A request that the pot cannot pay lets smaller ones pass; it is not tried, so that an empty pot writes nothing.
    """
    due = PotRequest.objects.filter(state=_WAITING, by_hand=False, edition__pot__automatic_per_day__gt=0)
    payable = due.filter(edition__pot__balance_cents__gte=F("price__cents") * F("places"))
    waiting = payable.select_related("price__product", "day__edition").order_by("pk")
    return sum(_try(request, now) for request in waiting if not queries.is_over(request, now))


def _try(request: PotRequest, now: datetime) -> bool:
    try:
        grant(request=request, actor=Actor.system("tick"), now=now)
    except SaleError:
        return False
    return True


def _hold(request: PotRequest) -> PotRequest:
    """Let whoever else decides about the request wait, and find it decided."""
    rows = PotRequest.objects.select_for_update(of=("self",)).filter(pk=request.pk, state=_WAITING)
    held = rows.select_related("edition", "price__product__edition", "day__edition").first()
    if held is None:
        raise RequestDecided
    return held


def _check(request: PotRequest, now: datetime) -> None:
    if not request.price.cents:
        raise NotReady("what is free is had without the pot")
    if queries.is_over(request, now):
        raise DayPassed
    try:
        signing.signing_pair(request.edition_id)
    except KeySecretMissing as error:
        raise NotReady(str(error)) from error


def _write(request: PotRequest, now: datetime) -> Order:
    return Order.objects.create(
        **placing.fresh_codes(),
        edition=request.edition,
        form_key=uuid.uuid5(request.form_key, "granted"),
        state=Order.State.PENDING,
        expires_at=now + timedelta(hours=1),
        name=request.name,
        email=request.email,
        language=request.language,
        total_cents=request.price.cents * request.places,
        currency=request.price.product.currency,
        created_at=now,
    )
