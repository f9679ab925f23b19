"""Passing a ticket on: its row moves to an order of the new holder's own, its old code dies (decision 0032).

What was paid stays with the order that paid it. What its code opens goes along: add-ons by themselves, for they name
the ticket; places in sessions, their tickets and their places in waiting lists are moved here.
"""

import secrets
import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.catalogue.terms import LAST_ISSUE, refuse_passing_on
from tickets.delivery import queries, tokens
from tickets.models import Order, OrderLine, Ticket, Transfer, WaitingEntry
from tickets.orders import placing
from tickets.orders.placing import Buyer
from tickets.orders.taking_back import Hold, hold
from tickets.questions import answering
from tickets.selfservice.renaming import hold_ticket

RECEIVED_MAIL = "ticket.received"
PASSED_ON_MAIL = "ticket.passed_on"
_ATTEMPTS = 5

Admit = Callable[[], None]


def pass_on(
    *,
    ticket: Ticket,
    order: Order,
    to: Buyer,
    now: datetime,
    admit: Admit | None = None,
    network: str = "",
    holding: Hold = hold,
) -> Transfer:
    """Give a ticket of the order to somebody else, and return what was done; both mails are on the way then.

    The ticket keeps its number and its place, and gets the next issue, another short code, and a free order of its own,
    whose secret only the mail to the new holder names. `admit` counts limits within the transaction, after the rule
    has agreed; what it raises gives everything up. `network` is a keyed hash, as for a registration. `holding` is as
    for `cancelling.cancel`.

    Raises:
        NotChangeable: If `refuse_passing_on` says why not, or the ticket is not of this order any more.
    """
    for _attempt in range(_ATTEMPTS):
        try:
            with writing(public=False):
                held = hold_ticket(
                    order=order,
                    ticket=ticket,
                    now=now,
                    refuse=refuse_passing_on,
                    also=_bookings(ticket),
                    holding=holding,
                )
                if admit is not None:
                    admit()
                return _hand_over(held, order, to, now, network)
        except IntegrityError:
            continue  # once in a million times a random code is in use
    raise RuntimeError("no unused code was found")


def _hand_over(ticket: Ticket, giver: Order, to: Buyer, now: datetime, network: str) -> Transfer:
    receiver = _order(giver, to, now, network)
    done = _move(ticket, receiver, now)
    _forget_answers(ticket)
    moved = _move_bookings(ticket, receiver, now)
    _move_waiting(ticket, to)
    edition = giver.edition
    outbox.queue(RECEIVED_MAIL, to=to.email, language=to.language, fact=receiver, now=now, edition=edition)
    outbox.queue(PASSED_ON_MAIL, to=giver.email, language=giver.language, fact=done, now=now, edition=edition)
    facts: dict[str, Fact] = {"issue": ticket.issue, "giver": giver.code, "receiver": receiver.code}
    facts |= {"bookings": moved} if moved else {}
    actor = Actor.of_order(giver.code, giver.name)
    audit.record("ticket.passed_on", ticket, actor=actor, at=now, facts=facts, edition=edition)
    return done


def _move(ticket: Ticket, receiver: Order, now: datetime) -> Transfer:
    """Make the code of a ticket new, and put it on the page of its new holder."""
    giver, ticket.order = ticket.order, receiver
    died, ticket.issue = ticket.issue, ticket.issue + 1
    ticket.short_code = tokens.short_code(secrets.randbelow(tokens.SHORT_CODES))
    ticket.holder = receiver.name
    ticket.save(update_fields=["order", "issue", "short_code", "holder"])
    return Transfer.objects.create(ticket=ticket, issue=died, giver=giver, receiver=receiver, at=now)


def _forget_answers(ticket: Ticket) -> None:
    """Forget what was answered for a ticket and what its code opens: the new holder is asked anew."""
    lines = OrderLine.objects.filter(Q(ticket=ticket) | Q(parent=ticket.line_id) | Q(booked_with=ticket))
    answering.forget_of_lines(list(lines.values_list("pk", flat=True)))
    lines.update(guest=None)


def _bookings(ticket: Ticket) -> list[OrderLine]:
    """Return the places in sessions that were booked with a ticket."""
    lines = OrderLine.objects.holding_a_place().filter(booked_with=ticket).exclude(occurrence=None)
    return list(lines.select_related("ticket__order", "ticket__line", "order", "occurrence"))


def _move_bookings(ticket: Ticket, receiver: Order, now: datetime) -> int:
    """Move the places in sessions that are to come, and those that are still offered; return how many."""
    lines = [line for line in _bookings(ticket) if line.occurrence and line.occurrence.ends_at > now]
    tickets = [line.ticket for line in lines if hasattr(line, "ticket")]
    used = queries.used_among(tickets)
    moved = [one for one in tickets if one.pk not in used and one.issue < LAST_ISSUE]
    for one in moved:
        _move(one, receiver, now)
    offered = {line.order_id for line in lines if line.order.state == Order.State.HELD}
    for order in Order.objects.filter(pk__in=offered).select_related("edition"):
        order.name, order.email, order.language = receiver.name, receiver.email, receiver.language
        order.secret = secrets.token_urlsafe(32)  # the giver's link opens nothing any more
        order.save(update_fields=["name", "email", "language", "secret"])
        outbox.queue(
            placing.CONFIRM_MAIL, to=order.email, language=order.language, fact=order, now=now, edition=order.edition
        )
    return len(moved) + len(offered)


def _move_waiting(ticket: Ticket, to: Buyer) -> None:
    """Let the new holder wait instead; where they wait already, once is enough."""
    for entry in WaitingEntry.objects.filter(ticket=ticket, state=WaitingEntry.State.WAITING):
        same = WaitingEntry.objects.filter(occurrence=entry.occurrence_id, email=to.email, state=entry.state)
        if same.exclude(pk=entry.pk).exists():
            entry.state = WaitingEntry.State.LEFT
        entry.name, entry.email, entry.language = to.name, to.email, to.language
        entry.secret = secrets.token_urlsafe(32)
        entry.save(update_fields=["state", "name", "email", "language", "secret"])


def _order(giver: Order, to: Buyer, now: datetime, network: str) -> Order:
    """Return the new holder's order. Nothing leads from it to the giver's."""
    return Order.objects.create(
        **placing.fresh_codes(),
        edition=giver.edition,
        form_key=uuid.uuid4(),
        state=Order.State.PAID,
        name=to.name,
        email=to.email,
        language=to.language,
        currency=giver.currency,
        created_at=now,
        network=network,
    )
