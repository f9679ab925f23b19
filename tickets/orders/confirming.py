"""Places that are held until the link in the mail is opened: confirming them, mending the address."""

from datetime import datetime

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import closing_moment
from tickets.catalogue import per_person, stock
from tickets.delivery import issuing
from tickets.exceptions import HoldOver
from tickets.models import Order
from tickets.orders import placing


def confirm(*, order: Order, now: datetime) -> None:
    """Give the tickets of a held order; its mail is on the way when this returns. Done already, it changes nothing.

    One conditional UPDATE decides between this and the order's end. Places of an order whose time is over are taken
    anew, if there are any left and the sale still runs.

    Raises:
        HoldOver: If the order was cancelled, or its time and the sale are over.
        SoldOut: If its time is over and others have the places. Nothing was written then.
    """
    with writing(public=False):
        waiting = Order.objects.filter(pk=order.pk, confirmed_at=None, is_basket=False)
        changes = {"state": Order.State.PAID, "expires_at": None, "confirmed_at": now}
        lines = list(order.lines.live().select_related("product"))
        if waiting.filter(state=Order.State.HELD, expires_at__gt=now).update(**changes):
            pass
        elif _may_come_late(order, now) and waiting.filter(state=Order.State.EXPIRED).update(**changes):
            stock.take(stock.draws(lines))
        elif Order.objects.filter(pk=order.pk, state=Order.State.PAID).exists():
            return
        else:
            raise HoldOver
        issuing.issue_tickets(order, lines)
        outbox.queue(
            issuing.ORDER_MAIL, to=order.email, language=order.language, fact=order, now=now, edition=order.edition
        )
        audit.record("order.confirmed", order, actor=Actor.of_order(order.code), at=now, edition=order.edition)


def correct_address(*, order: Order, email: str, now: datetime) -> None:
    """Send the link of a held order to another address; the link that went to the old one is void.

    Raises:
        HoldOver: If the order does not wait for its confirmation any more.
        TooManyForPerson: If whoever has the address would have too many. Nothing was written in both cases.
    """
    with writing(public=False):
        waiting = Order.objects.filter(pk=order.pk, state=Order.State.HELD, is_basket=False, expires_at__gt=now)
        if not waiting.update(email=email):
            raise HoldOver
        order.email = email
        lines = order.lines.live().exclude(product=None).select_related("product")
        per_person.admit(email, [(line.product, 1) for line in lines if line.product], now=now, order=order)
        outbox.queue(
            placing.CONFIRM_MAIL, to=email, language=order.language, fact=order, now=now, edition=order.edition
        )
        audit.record("order.address_corrected", order, actor=Actor.of_order(order.code), at=now, edition=order.edition)


def _may_come_late(order: Order, now: datetime) -> bool:
    lines = order.lines.live().select_related("day__edition", "occurrence").prefetch_related("day__hours")
    is_over = any(
        (line.day is not None and closing_moment(line.day) <= now)
        or (line.occurrence is not None and line.occurrence.ends_at <= now)
        for line in lines
    )
    return not is_over and not lines.filter(product__sale_closes__lte=now).exists()
