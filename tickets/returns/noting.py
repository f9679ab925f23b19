"""What the office notes about an order; buyers never see it."""

from datetime import datetime

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.models import Order, OrderNote


def note(*, order: Order, text: str, actor: Actor, now: datetime) -> OrderNote:
    """Keep a note (1 to `OrderNote.LONGEST` characters). The log says that there is one, not what it says."""
    with writing(public=False):
        kept = OrderNote.objects.create(order=order, text=text, by=actor.name[:150], at=now)
        audit.record("order.noted", order, actor=actor, at=now, edition=order.edition)
        return kept
