"""The second step of a purchase: who buys, whose names the tickets carry, what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.catalogue import per_person
from tickets.exceptions import HoldOver
from tickets.models import Order, OrderLine
from tickets.orders.placing import Buyer
from tickets.questions import answering
from tickets.questions.queries import Given
from tickets.selfservice import inviting


@dataclass(frozen=True, slots=True)
class Details:
    """What was typed: the buyer, a name for each line whose ticket carries one ("" is the buyer's), the answers.

    `guests` are the lines of each person who fills in their own.
    """

    buyer: Buyer
    holders: Sequence[tuple[OrderLine, str]] = ()
    given: Sequence[Given] = ()
    guests: Sequence[Sequence[OrderLine]] = ()


def give_details(*, order: Order, details: Details, now: datetime, lines: Sequence[OrderLine] | None = None) -> None:
    """Say who buys a basket, whose names its tickets carry, and what they answered.

    `lines` are those of the order with their products, where they were read already: what was chosen does not change.

    Raises:
        HoldOver: If its time is over, or it was ordered.
        TooManyForPerson: If the buyer would have more than a person may have. Nothing was written in both cases.
    """
    buyer = details.buyer
    with writing(public=False):
        held = Order.objects.filter(pk=order.pk, state=Order.State.HELD, is_basket=True, expires_at__gt=now)
        held = held.filter(awaits_approval=False)
        values = {"name": buyer.name, "email": buyer.email, "language": buyer.language}
        is_first = bool(held.filter(email="").update(**values))
        if not is_first and not held.update(**values):
            raise HoldOver
        if lines is None:
            lines = list(order.lines.live().select_related("product"))
        per_person.admit(buyer.email, [(line.product, 1) for line in lines if line.product], now=now, order=order)
        for line, holder in details.holders:
            if line.holder != holder:
                order.lines.live().filter(pk=line.pk).update(holder=holder)
        if details.guests or not is_first:
            inviting.invite(order=order, guests=details.guests)
        answering.store(order=order, given=details.given, now=now, is_first=is_first)
        actor = Actor.of_order(order.code, buyer.name)
        audit.record("order.details_given", order, actor=actor, at=now, edition=order.edition)
