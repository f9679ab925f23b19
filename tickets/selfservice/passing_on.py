"""Passing a ticket on: its row moves to an order of the new holder's own, its old code dies (decision 0032)."""

import secrets
import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.catalogue.terms import refuse_passing_on
from tickets.delivery import tokens
from tickets.models import Order, OrderLine, Ticket, Transfer
from tickets.orders import placing
from tickets.orders.placing import Buyer
from tickets.questions import answering
from tickets.selfservice.renaming import hold_ticket

RECEIVED_MAIL = "ticket.received"
PASSED_ON_MAIL = "ticket.passed_on"
_ATTEMPTS = 5

Admit = Callable[[], None]


def pass_on(
    *, ticket: Ticket, order: Order, to: Buyer, now: datetime, admit: Admit | None = None, network: str = ""
) -> Transfer:
    """Give a ticket of the order to somebody else, and return what was done; both mails are on the way then.

    The ticket keeps its number and its place, and gets the next issue, another short code, and a free order of its own,
    whose secret only the mail to the new holder names. `admit` counts limits within the transaction, after the rule
    has agreed; what it raises gives everything up. `network` is a keyed hash, as for a registration.

    Raises:
        NotChangeable: If `refuse_passing_on` says why not, or the ticket is not of this order any more.
    """
    for _attempt in range(_ATTEMPTS):
        try:
            with writing(public=False):
                held = hold_ticket(order=order, ticket=ticket, now=now, refuse=refuse_passing_on)
                if admit is not None:
                    admit()
                return _hand_over(held, order, to, now, network)
        except IntegrityError:
            continue  # once in a million times a random code is in use
    raise RuntimeError("no unused code was found")


def _hand_over(ticket: Ticket, giver: Order, to: Buyer, now: datetime, network: str) -> Transfer:
    receiver = _order(giver, to, now, network)
    lines = OrderLine.objects.filter(Q(pk=ticket.line_id) | Q(parent=ticket.line_id))
    answering.forget_of_lines(list(lines.values_list("pk", flat=True)))
    lines.update(order=receiver, guest=None)
    ticket.line.order = receiver
    died, ticket.issue = ticket.issue, ticket.issue + 1
    ticket.short_code = tokens.short_code(secrets.randbelow(tokens.SHORT_CODES))
    ticket.holder = to.name
    ticket.save(update_fields=["issue", "short_code", "holder"])
    done = Transfer.objects.create(ticket=ticket, issue=died, giver=giver, receiver=receiver, at=now)
    edition = giver.edition
    outbox.queue(RECEIVED_MAIL, to=to.email, language=to.language, fact=receiver, now=now, edition=edition)
    outbox.queue(PASSED_ON_MAIL, to=giver.email, language=giver.language, fact=done, now=now, edition=edition)
    facts: dict[str, Fact] = {"issue": ticket.issue, "giver": giver.code, "receiver": receiver.code}
    actor = Actor.of_order(giver.code, giver.name)
    audit.record("ticket.passed_on", ticket, actor=actor, at=now, facts=facts, edition=edition)
    return done


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
