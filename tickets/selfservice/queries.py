"""Finding guests by their secrets, and what they may do."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.crypto import constant_time_compare

from tickets.catalogue import terms
from tickets.catalogue.terms import Refusal
from tickets.delivery import queries as delivery_queries
from tickets.models import Guest, Ticket


def guest_by_secret(secret: str) -> Guest | None:
    """Return the guest of a link with their order and lines, None for a wrong one."""
    related = Guest.objects.select_related("order__edition__payment_settings__terms_page__locale")
    lines = ("lines__product__section", "lines__day__edition", "lines__day__hours", "lines__occurrence__session")
    guest = related.filter(secret=secret).prefetch_related(*lines).first()
    if guest is None or not constant_time_compare(secret, guest.secret):
        return None
    for line in guest.lines.all():
        line.order, line.guest = guest.order, guest
    return guest


def refuse_renaming(guest: Guest, tickets: Sequence[Ticket], *, now: datetime) -> Refusal | None:
    """Return why a guest (with their `tickets`, from `tickets_of`) cannot change their name, None when they can."""
    valid = [ticket for ticket in tickets if ticket.state == Ticket.State.VALID]
    facts = delivery_queries.facts_of(guest.order, valid, now=now).values()
    refusals = [terms.refuse_renaming(one) for one in facts if one.is_named]
    return next(filter(None, refusals), None) if refusals else Refusal.NO_NAME
