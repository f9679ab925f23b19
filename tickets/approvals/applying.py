"""Asking for what needs approval: its places are held, and the code is used, until the office has decided."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import closing_moment
from tickets.approvals.faults import FileGone
from tickets.buying import holding
from tickets.buying.holding import Basket
from tickets.catalogue import stock
from tickets.models import Approval, ApprovalFile, Order
from tickets.orders.placing import Buyer

APPLIED_MAIL = "approval.asked"

Take = Callable[[Mapping[int, int]], None]


@dataclass(frozen=True, slots=True)
class Application:
    """What was posted: a basket that asks for approval, who asks, a word on who they are, and a file if there is one.

    The file is one of `filing.keep`.
    """

    basket: Basket
    buyer: Buyer
    word: str
    file: ApprovalFile | None = None


def apply(*, wanted: Application, now: datetime, admit: Callable[[], None], take: Take = stock.take) -> Order:
    """Hold the places until the office has decided, at the latest until the last day is over; return the order.

    The same form sent twice is one order. `admit` and `take` are as for `holding.hold`.

    Raises:
        FileGone: If the file belongs to another request.
        SaleError: As `holding.hold`. Nothing was written in both cases.
    """
    with writing(public=False):
        order = holding.hold(basket=wanted.basket, now=now, admit=admit, take=take)
        if Approval.objects.filter(order=order).exists():
            return order
        buyer = wanted.buyer
        order.name, order.email, order.expires_at = buyer.name, buyer.email, last_moment(wanted.basket)
        order.awaits_approval = True
        order.save(update_fields=["name", "email", "expires_at", "awaits_approval"])
        approval = Approval.objects.create(order=order, word=wanted.word, created_at=now)
        if wanted.file and not ApprovalFile.objects.filter(pk=wanted.file.pk, approval=None).update(approval=approval):
            raise FileGone
        outbox.queue(APPLIED_MAIL, to=buyer.email, language=order.language, fact=order, now=now, edition=order.edition)
        actor = Actor.of_order(order.code, buyer.name)
        facts: dict[str, audit.Fact] = {"order": order.code, "file": wanted.file is not None}
        audit.record("approval.asked", approval, actor=actor, at=now, facts=facts, edition=order.edition)
        return order


def token(form_token: uuid.UUID, *typed: str) -> uuid.UUID:
    """Return what the basket of a form has as token: the same post again has the same, any changed field another."""
    return uuid.uuid5(form_token, json.dumps(["approval", *typed]))


def last_moment(basket: Basket) -> datetime:
    """Return when the last day of what was chosen is over; of what has no day, when its sale closes."""
    days = [day for item in basket.items for day in ([item.day] if item.day else item.product.days.all())]
    closes = max(item.product.sale_closes for item in basket.items)
    return max((closing_moment(day) for day in days), default=closes)
