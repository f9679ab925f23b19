"""The sentences that people read when something is not possible, one per error code."""

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from festival.text import typography
from festival.web.rate_limits import RateLimited
from tickets.catalogue.queries import Offer
from tickets.exceptions import SaleError, SoldOut


def refusal(error: SaleError, *, offer: Offer, day: date | None) -> SafeString:
    """Return why the order was not placed, and what is possible instead."""
    others = [cell.day.date for cell in offer.days if cell.is_open and cell.day.date != day]
    if isinstance(error, SoldOut):
        return _sold_out(error, day, others)
    sentences = {
        "sale_not_open": _("Registration has not opened yet."),
        "sale_closed": _("Registration has just closed."),
        "day_passed": _("This day is over."),
        "day_not_offered": _("This day is not on offer."),
        "too_many_places": _("That is more places than one order may hold."),
        "not_free": _("This ticket cannot be had here yet."),
        "session_not_offered": _("This session is not on offer."),
        "not_ready": _("Registration is not quite ready. Nothing was taken; please try again a little later."),
    }
    return format_html("{} {}", sentences.get(error.code, _("This is not possible right now.")), _instead(others))


def slow_down(error: RateLimited) -> str:
    """Return what to say to somebody who tried too often."""
    return ngettext(
        "That was many attempts in a short time. Please try again in a minute.",
        "That was many attempts in a short time. Please try again in %(minutes)s minutes.",
        error.minutes,
    ) % {"minutes": error.minutes}


def _sold_out(error: SoldOut, day: date | None, others: Sequence[date]) -> SafeString:
    name = typography.short_date(day) if day else ""
    if error.left:
        found = ngettext(
            "Only %(left)s place is left: take fewer, or another day.",
            "Only %(left)s places are left: take fewer, or another day.",
            error.left,
        )
        return format_html("{}", found % {"left": error.left})
    if day is None:
        return format_html("{}", _("The last place has just gone."))
    gone = format_html(_("The last place for {day} has just gone: somebody was a moment faster."), day=name)
    return format_html("{} {}", gone, _instead(others))


def _instead(others: Sequence[date]) -> SafeString:
    if not others:
        return format_html("{}", "")
    names = format_html_join(", ", "{}", ((typography.short_date(other),) for other in others))
    return format_html(_("There is still room on {days}."), days=names)
