"""The name on a ticket: its holder puts another on it. Its code stays (decision 0032)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import F

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.catalogue.terms import Facts, Refusal, refuse_renaming
from tickets.delivery import queries
from tickets.exceptions import NotChangeable
from tickets.models import Guest, Order, OrderLine, Ticket
from tickets.orders.taking_back import Hold, hold, hold_all


def rename(*, ticket: Ticket, order: Order, name: str, actor: Actor, now: datetime) -> None:
    """Put `name` (clean, 1 to 120 characters) on a ticket of the order; page, PDF and door show it from now on.

    The same name again changes nothing. Of names the audit log keeps none.

    Raises:
        NotChangeable: If `refuse_renaming` says why not. Nothing was written then.
    """
    with writing(public=False):
        held = hold_ticket(order=order, ticket=ticket, now=now, refuse=refuse_renaming)
        if held.holder == name:
            return
        held.holder = name
        held.save(update_fields=["holder"])
        audit.record("ticket.renamed", held, actor=actor, at=now, edition=order.edition)


def hold_ticket(
    *,
    order: Order,
    ticket: Ticket,
    now: datetime,
    refuse: Callable[[Facts], Refusal | None],
    also: Sequence[OrderLine] = (),
    holding: Hold = hold,
) -> Ticket:
    """Let whoever else changes the order or scans the ticket wait until the transaction ends; return it as it is now.

    The scans that run are waited for, so that the rule sees who came in. The orders of `also` and of whoever paid the
    ticket are held too.

    Raises:
        NotChangeable: If the ticket is not of this order any more, or `refuse` says why not.
    """
    is_live = hold_all(order, [ticket.line, *also], holding)
    held = next((one for one in queries.tickets_of(order) if one.pk == ticket.pk), None)
    if held is None or not is_live:
        raise NotChangeable(why=Refusal.ENDED)
    Ticket.objects.filter(pk=held.pk).update(issue=F("issue"))
    if why := refuse(queries.facts_of(order, [held], now=now)[held.pk]):
        raise NotChangeable(why=why)
    return held


def rename_guest(*, guest: Guest, name: str, now: datetime) -> None:
    """Put `name` on all that is a guest's, who has mistyped their own; what carries no name follows.

    The same name again changes nothing.

    Raises:
        NotChangeable: If `refuse_renaming` says why not of a ticket that carries a name, or none does. Nothing was
            written then.
    """
    order, actor = guest.order, Actor.of_order(guest.order.code, guest.name)
    with writing(public=False):
        mine = Ticket.objects.filter(line__guest=guest, state=Ticket.State.VALID).select_related("line__product")
        named = [ticket for ticket in mine if ticket.line.product and ticket.line.product.named]
        if not named:
            raise NotChangeable(why=Refusal.NO_NAME)
        for ticket in named:
            rename(ticket=ticket, order=order, name=name, actor=actor, now=now)
        for ticket in mine.exclude(pk__in=[ticket.pk for ticket in named]).select_related("line__order"):
            ticket.holder = name
            ticket.save(update_fields=["holder"])
        Guest.objects.filter(pk=guest.pk).update(name=name)
