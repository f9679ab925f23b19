"""Whose ticket a code is, for whoever else has to know; asked through `VOTER_OF_TICKET` and `TICKETS_GONE`."""

import re

from django.db.models import Q
from django.utils.crypto import constant_time_compare

from tickets.delivery import reading, tokens
from tickets.delivery.queries import handed_to_buyer
from tickets.models import Guest, Order, SigningKey, Ticket

_OF_ORDER = re.compile(r"/([0-9A-Z]{4,8})/([\w-]{43})(?:/|$)")
_VALID = Q(state=Ticket.State.VALID, order__state=Order.State.PAID, line__order__state=Order.State.PAID)


def holder_of(text: str, *, edition_id: int) -> tuple[str, str] | None:
    """Return which valid ticket of the edition `text` means, and its holder's mail address; None for none.

    `text` is the short code, what the square code says, or the address of an order's page: that one means the first
    ticket on it that is the buyer's own. The key of a ticket never changes, whoever has it. The address is that of the
    guest who has filled it in, of whoever it was passed on to, or the buyer's.
    """
    link = _OF_ORDER.search(text)
    ticket = _of_order(link[1], link[2], edition_id) if link else _of_code(text, edition_id)
    return (str(ticket.pk), _address(ticket)) if ticket else None


def tickets_gone(edition_id: int) -> list[str]:
    """Return the keys of the edition's tickets that are not valid any more."""
    found = Ticket.objects.filter(edition=edition_id).exclude(_VALID)
    return [str(pk) for pk in found.values_list("pk", flat=True)]


def _of_order(code: str, secret: str, edition_id: int) -> Ticket | None:
    order = Order.objects.filter(code=code, edition=edition_id).first()
    expected = order.secret if order else "-" * len(secret)
    if not constant_time_compare(secret, expected) or order is None:
        return None
    found = Ticket.objects.filter(_VALID, order=order).select_related("order", "line__guest", "line__product")
    return next(iter(handed_to_buyer(list(found.order_by("pk")))), None)


def _of_code(text: str, edition_id: int) -> Ticket | None:
    read = reading.read(text)
    valid = Ticket.objects.filter(_VALID, edition=edition_id).select_related("edition", "order", "line__guest")
    if not read.tokens:
        return valid.filter(short_code__in=read.short_codes).first()
    for token in read.tokens:
        ticket = valid.filter(number=token.parts.ticket, issue=token.parts.issue).first()
        if ticket and ticket.edition.number == token.parts.edition and _is_ours(token, edition_id):
            return ticket
    return None


def _is_ours(token: tokens.Token, edition_id: int) -> bool:
    key = SigningKey.objects.filter(edition=edition_id, kid=token.parts.kid, revoked_at=None).first()
    return key is not None and tokens.verify(token, bytes(key.public))


def _address(ticket: Ticket) -> str:
    guest: Guest | None = ticket.line.guest
    was_passed_on = ticket.order_id != ticket.line.order_id
    return guest.email if guest and guest.email and not was_passed_on else ticket.order.email
