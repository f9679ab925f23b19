"""Asking for what needs approval: its places are held, and the code is used, until the office has decided."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import closing_moment
from tickets.buying import holding
from tickets.buying.basket import Basket
from tickets.catalogue import per_person, stock
from tickets.models import Approval, Order
from tickets.orders import placing
from tickets.orders.placing import Buyer
from tickets.questions import answering
from tickets.questions.queries import Given
from tickets.uploads import filing

APPLIED_MAIL = "approval.asked"

Take = Callable[[Mapping[int, int]], None]


@dataclass(frozen=True, slots=True)
class Application:
    """What was posted: a basket that asks for approval, who asks, a word on who they are; a file, if there is one.

    The file is the key of one that was kept (`filing.keep`). `given` are answers; the key of each is `order`, or the
    rank of its place.
    """

    basket: Basket
    buyer: Buyer
    word: str
    file: UUID | None = None
    given: Sequence[Given] = ()


def apply(*, wanted: Application, now: datetime, admit: Callable[[], None], take: Take = stock.take) -> Order:
    """Hold the places until the office has decided, at the latest until the last day is over; return the order.

    The same form sent twice is one order. `admit` and `take` are as for `holding.hold`.

    Raises:
        FileGone: If the file is not there any more, or belongs to something else.
        SaleError: As `holding.hold`. Nothing was written in both cases.
    """
    with writing(public=False):
        buyer, chosen = wanted.buyer, [(item.product, item.count) for item in wanted.basket.items]

        def admit_person() -> None:
            per_person.admit(buyer.email, chosen, now=now)
            admit()

        order = holding.hold(basket=wanted.basket, now=now, admit=admit_person, take=take)
        if Approval.objects.filter(order=order).exists():
            return order
        order.name, order.email, order.expires_at = buyer.name, buyer.email, last_moment(wanted.basket)
        order.awaits_approval = True
        order.save(update_fields=["name", "email", "expires_at", "awaits_approval"])
        approval = Approval.objects.create(order=order, word=wanted.word, created_at=now)
        if wanted.file:
            filing.attach(key=wanted.file, to=approval, now=now)
        if wanted.given:
            lines = list(order.lines.order_by("pk"))
            answering.store(order=order, given=placing.of_lines(wanted.given, lines), now=now, is_first=True)
        outbox.queue(APPLIED_MAIL, to=buyer.email, language=order.language, fact=order, now=now, edition=order.edition)
        actor = Actor.of_order(order.code, buyer.name)
        facts: dict[str, audit.Fact] = {"order": order.code, "file": wanted.file is not None}
        audit.record("approval.asked", approval, actor=actor, at=now, facts=facts, edition=order.edition)
        return order


def token(form_token: UUID, *typed: str) -> UUID:
    """Return what the basket of a form has as token: the same post again has the same, any changed field another."""
    return uuid5(form_token, json.dumps(["approval", *typed]))


def last_moment(basket: Basket) -> datetime:
    """Return when the last day of what was chosen is over; of what has no day, when its sale closes."""
    days = [day for item in basket.items for day in ([item.day] if item.day else item.product.days.all())]
    closes = max(item.product.sale_closes for item in basket.items)
    return max((closing_moment(day) for day in days), default=closes)
