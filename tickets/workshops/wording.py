"""The sentences about places in sessions: why something is not possible, and what is instead."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from festival.text import typography
from tickets.catalogue.per_person import TooManyForPerson
from tickets.exceptions import NotCancellable, SaleError, SoldOut, TicketRefused
from tickets.models import Order, OrderLine
from tickets.orders import wording
from tickets.workshops.queries import Workshop
from tickets.workshops.texts import when


def refusal(error: SaleError, found: Workshop) -> str:
    """Return why there is no place, or no entry on the waiting list, and what is possible instead."""
    if isinstance(error, TicketRefused):
        return _ticket_refused(error.why)
    if isinstance(error, SoldOut):
        return _sold_out(error, found)
    if isinstance(error, TooManyForPerson):
        return wording.too_many_for_person(error)
    sentences = {
        "sale_not_open": _("Booking has not opened yet."),
        "sale_closed": _("Booking has just closed."),
        "day_passed": _("This session is over."),
        "session_not_offered": _("This session is not on offer any more."),
        "too_many_places": _("That is more places than one booking may hold."),
        "booked_already": _("This ticket has its place in this session already: one person, one place."),
        "places_free": _("A place has just come free: book it, there is no need to wait."),
        "no_waiting_list": _("This session keeps no waiting list."),
        "not_ready": _("Booking is not quite ready. Nothing was taken; please try again a little later."),
    }
    return sentences.get(error.code, _("This is not possible right now."))


def clash(lines: Sequence[OrderLine], found: Workshop, *, may_name: bool) -> str:
    """Return what is booked at the same time already; `may_name` says whether its holder has shown who they are."""
    if any(line.occurrence_id == found.occurrence.pk for line in lines):
        return _("This address has a place in this session already.")
    if not may_name:
        return _("This address has a place in another session at the same time.")
    named = [f"{line.occurrence.session} ({when(line.occurrence)})" for line in lines if line.occurrence]
    return _("You have a place at the same time already: %(sessions)s.") % {"sessions": typography.listed(named)}


def not_left(error: NotCancellable, order: Order) -> str:
    """Return why a place stays with the one who has it."""
    return wording.not_cancellable(error, order)


def _ticket_refused(why: str) -> str:
    return {
        "void": _("This ticket is cancelled, or opens one session only. Take the code of a day ticket or a pass."),
        "other_part": _("This ticket opens another part of the week, not this session."),
        "other_day": _("This ticket is for another day than this session."),
    }.get(
        why, _("We know no ticket with this code. It stands below the QR code: four characters, a hyphen, four more.")
    )


def _sold_out(error: SoldOut, found: Workshop) -> str:
    if error.left:
        return _("Fewer places are left than you wish for: take fewer.")
    if found.session.waitlist:
        return _("The last place has just gone. You can wait for one that comes free: nothing you typed is lost.")
    return _("The last place has just gone: somebody was a moment faster.")
