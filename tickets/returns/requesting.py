"""Asking the office to take something back, where a product wants its agreement; what the office says."""

from datetime import datetime

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.catalogue.terms import Refusal, refuse_return
from tickets.delivery import queries as delivery_queries
from tickets.exceptions import NotCancellable
from tickets.models import Order, RefundRequest, Ticket
from tickets.orders import cancelling, queries, taking_back
from tickets.returns.queries import Quote

ASKED_MAIL = "refund.asked"
REFUSED_MAIL = "refund.refused"


def give_back(*, order: Order, only: Ticket | None, quote: Quote, actor: Actor, now: datetime) -> bool:
    """Give back an order, or `only` one of its tickets, as its holder; return whether the office is asked first.

    `quote` is what the page said.

    Raises:
        NotCancellable: As in `ask` and `cancelling.cancel`.
    """
    if quote.is_asked_of_office:
        ask(order=order, only=only, cents=quote.back, actor=actor, now=now)
        return True
    cancelling.cancel(order=order, actor=actor, now=now, even_used=False, only=only)
    return False


def ask(*, order: Order, only: Ticket | None, cents: int, actor: Actor, now: datetime) -> RefundRequest:
    """Ask to give back an order, or `only` one of its tickets; a mail says so. The tickets stay valid meanwhile.

    Args:
        order: A paid one, on whose page the tickets are.
        only: One of its tickets.
        cents: What the page said that goes back.
        actor: Who asks.
        now: When; the rules of the products count at this moment, however long the answer takes.

    Raises:
        NotCancellable: If it cannot be given back, was asked for before, or another sum would go back.
    """
    with writing(public=False):
        taking_back.hold_all(order, queries.lines_to_cancel(order, only))
        lines = queries.lines_to_cancel(order, only)
        tickets = [one for one in delivery_queries.tickets_of(order) if one.line_id in {line.pk for line in lines}]
        facts = delivery_queries.facts_of(order, tickets, now=now)
        refusals = [why for one in facts.values() if (why := refuse_return(one)) is not None]
        if refusals or not lines or not queries.needs_approval(lines, now):
            raise NotCancellable(why=refusals[0] if refusals else Refusal.ENDED)
        if sum(taking_back.by_rule(lines, now).values()) != cents:
            raise NotCancellable(why=Refusal.ENDED)
        asked = RefundRequest.objects.create(order=order, ticket=only, cents=cents, asked_at=now)
        asked.lines.set(lines)
        told: dict[str, Fact] = {"cents": cents, "lines": len(lines)}
        audit.record("refund.asked", asked, actor=actor, at=now, facts=told, edition=order.edition)
        outbox.queue(ASKED_MAIL, to=order.email, language=order.language, fact=asked, now=now, edition=order.edition)
        return asked


def accept(*, request: RefundRequest, cents: int, actor: Actor, now: datetime) -> None:
    """Take back what was asked for: the tickets die, the money of the moment of asking goes back, its holder is told.

    `cents` is what the screen said that goes back.

    Raises:
        NotCancellable: If it was answered before, nothing of it is left, or another sum would go back.
    """
    with writing(public=False):
        order = _decide(request, RefundRequest.State.ACCEPTED, "", now)
        lines = queries.lines_to_cancel(order, request.ticket)
        if sum(taking_back.by_rule(lines, request.asked_at).values()) != cents:
            raise NotCancellable(why=Refusal.ENDED)
        cancelling.cancel(order=order, only=request.ticket, as_of=request.asked_at, actor=actor, now=now)
        audit.record("refund.accepted", request, actor=actor, at=now, facts={"cents": cents}, edition=order.edition)


def refuse(*, request: RefundRequest, reason: str, actor: Actor, now: datetime) -> None:
    """Say no, and why (1 to 200 characters): the tickets stay valid, and their holder is told.

    Raises:
        NotCancellable: If it was answered before.
    """
    with writing(public=False):
        order = _decide(request, RefundRequest.State.REFUSED, reason, now)
        audit.record("refund.refused", request, actor=actor, at=now, edition=order.edition)
        outbox.queue(
            REFUSED_MAIL, to=order.email, language=order.language, fact=request, now=now, edition=order.edition
        )


def _decide(request: RefundRequest, state: str, reason: str, now: datetime) -> Order:
    """Answer an open request, by compare-and-set; return its order, held."""
    order = request.order
    taking_back.hold_all(order, queries.lines_to_cancel(order, request.ticket))
    waiting = RefundRequest.objects.filter(pk=request.pk, state=RefundRequest.State.OPEN)
    if not waiting.update(state=state, reason=reason, decided_at=now):
        raise NotCancellable(why=Refusal.ENDED)
    return Order.objects.select_related("edition").get(pk=order.pk)
