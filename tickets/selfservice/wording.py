"""The sentences that a holder reads when a ticket stays as it is, and what a ticket is called."""

from django.utils.translation import gettext as _

from tickets.catalogue.terms import Refusal
from tickets.models import Order


def refused(why: str, order: Order) -> str:
    """Return why a ticket of the order stays as it is, and whom to ask. `why` is a value of `Refusal`."""
    sentences = {
        Refusal.ENDED: _("This ticket opens no door any more: it was given back, or passed on."),
        Refusal.USED: _("This ticket was scanned at the entrance already, so it stays as it is."),
        Refusal.OVER: _("The last day of this ticket is over, so it stays as it is."),
        Refusal.ASKED: _("You asked us to take this ticket back: until we answer, it stays as it is."),
        Refusal.MONEY: _("Nothing of what this ticket cost goes back any more."),
        Refusal.GIVEN: _("Tickets of the pot were given for this gift already, so it cannot go back whole."),
        Refusal.SET: _("It belongs to a set, of which a part was passed on: a set is given back as a whole."),
        Refusal.NO_NAME: _("No name counts for this ticket: whoever shows its code comes in."),
        Refusal.ONE_PERSON: _("This ticket is for one person and goes to nobody else."),
        Refusal.TOO_OFTEN: _("This ticket was passed on too often."),
    }
    return f"{sentences[Refusal(why)]} {_whom_to_ask(Refusal(why), order)}".strip()


def given_back(*, is_asked: bool) -> str:
    """Return what to say after something was given back, or the office was asked to take it."""
    if is_asked:
        return _("We have your wish and answer by e-mail. Until then your ticket stays valid.")
    return _("The place is free again. Thank you for telling us.")


def what_is_left(order: Order) -> str:
    """Return what somebody leaves who cancels: `request`, `choice` (nothing is ordered yet), `order` or `places`."""
    if order.awaits_approval:
        return "request"
    if order.state == Order.State.HELD:
        return "choice"
    return "order" if order.state == Order.State.PENDING and order.total_cents else "places"


def freed(what: str) -> str:
    """Return what to say after everything was left; `what` as `what_is_left` names it."""
    return {
        "request": _("Your request is withdrawn. Thank you for telling us."),
        "choice": _("Your choice is given back; nothing is to be paid."),
        "order": _("Your order is cancelled; nothing is to be paid."),
    }.get(what, _("Your places are free again. Thank you for telling us."))


def _whom_to_ask(why: Refusal, order: Order) -> str:
    """Return who can help where the organisers can."""
    if why not in {Refusal.MONEY, Refusal.ONE_PERSON, Refusal.TOO_OFTEN}:
        return ""
    if not order.edition.organiser_email:
        return _("Ask at the ticket office.")
    return _("Write to %(email)s.") % {"email": order.edition.organiser_email}
