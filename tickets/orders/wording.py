"""The sentences that people read when something is not possible, one per error code."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from festival.core.limits import RateLimited
from festival.text import typography
from festival.web.rate_limits import slow_down
from tickets.catalogue.per_person import TooManyForPerson
from tickets.catalogue.queries import Offer
from tickets.catalogue.refunds import WHOLE, Step
from tickets.catalogue.terms import Refusal
from tickets.delivery.queries import is_part, refund_rule
from tickets.exceptions import NotCancellable, SaleError, SoldOut
from tickets.fees.wording import of_refunds
from tickets.models import Order, OrderLine

# What is wrong with one day may be right on another.
_OF_ONE_DAY = {"day_passed", "day_not_offered"}


def refusal(error: SaleError, *, offer: Offer, day: date | None) -> SafeString:
    """Return why the order was not placed, and what is possible instead."""
    others = [cell.day.date for cell in offer.days if cell.is_open and cell.day.date != day]
    if isinstance(error, SoldOut):
        return _sold_out(error, day, others)
    if isinstance(error, TooManyForPerson):
        return format_html("{}", too_many_for_person(error))
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
    sentence = sentences.get(error.code, _("This is not possible right now."))
    if error.code not in _OF_ONE_DAY:
        return format_html("{}", sentence)
    return format_html("{} {}", sentence, _instead(others))


def too_often(error: RateLimited, now: datetime) -> str:
    """Return what to say to somebody whose registration was refused because there were many before it."""
    if error.scope.startswith("register-places"):
        time = typography.clock_time(typography.local(now + timedelta(minutes=error.minutes)))
        return _(
            "Many places were taken from your network in the last hour. Take fewer, or come back at %(time)s; for a "
            "group, write to us."
        ) % {"time": time}
    return slow_down(error, now)


def hold_is_over(error: SaleError) -> str:
    """Return why held places cannot be confirmed any more."""
    if isinstance(error, SoldOut):
        return _("The time to confirm is over, and somebody else has the places.")
    return _("The time to confirm is over. Please register again, if there are places left.")


def not_cancellable(error: NotCancellable, order: Order) -> str:
    """Return why an order stays."""
    email = {"email": order.edition.organiser_email}
    sentences = {
        Refusal.ASKED: _("You asked us to take it back already: we answer by e-mail."),
        Refusal.MONEY: _("This order was paid: write to %(email)s to give it back.") % email
        if order.edition.organiser_email
        else _("This order was paid: ask at the ticket office to give it back."),
        Refusal.SET: _("It belongs to a set, of which a part was passed on: a set is given back as a whole."),
        Refusal.GIVEN: _("Tickets of the pot were given for this gift already, so it cannot go back whole."),
        Refusal.USED: _(
            "A ticket of this order was scanned at the entrance already. The others can be given back one by one, on "
            "the page of the order."
        ),
        Refusal.OVER: _("Its last day is over, so there is no place left to give back."),
    }
    return sentences.get(Refusal(error.why), _("This order has ended already."))


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


def refund_rules(lines: Iterable[OrderLine], now: datetime) -> list[str]:
    """Return how much of what was or is paid goes back until when, one sentence for each product, in their order.

    Fetch `product__refund_steps` of the lines before.
    """
    found: dict[str, None] = {}
    for line in lines:
        if line.goes_back is not None:
            found[of_refunds(line)] = None
        elif (line.cents > 0 or line.kind == OrderLine.Kind.SET) and line.product is not None:
            found[_rule_in_words(line, now)] = None
    return list(found)


def _rule_in_words(line: OrderLine, now: datetime) -> str:
    """Return the rule of a line: what goes back now, what later, what is kept, who answers."""
    of_set = line.parent if is_part(line) else None
    rule, told = refund_rule(line), {"what": str((of_set or line).product_name)}
    if line.kind == OrderLine.Kind.DONATION:
        return _("%(what)s: a gift stays in the pot.") % told
    steps = rule.in_order(now)
    if not steps:
        return _("%(what)s: nothing is paid back any more.") % told if rule.steps else _not_refunded(line)
    told["steps"] = "; ".join(_step_in_words(step) for step in steps)
    sentences = [_("%(what)s: %(steps)s; then nothing.") % told]
    if rule.fee_cents:
        fee = typography.price(rule.fee_cents, line.order.currency)
        sentences.append(_("We keep %(fee)s of each refund.") % {"fee": fee})
    if line.product and line.product.refund_needs_approval:
        sentences.append(_("You ask us for it, and we answer."))
    return " ".join(sentences)


def _step_in_words(step: Step) -> str:
    end = typography.local(step.until)
    told = {"percent": step.percent, "day": typography.plain_date(end.date()), "time": typography.clock_time(end)}
    if end.time() == time():  # midnight: the whole day before counts
        told["day"] = typography.plain_date(end.date() - timedelta(days=1))
        whole, part = _("all of it goes back until the end of %(day)s"), _("%(percent)s %% until the end of %(day)s")
    else:
        whole, part = _("all of it goes back until %(day)s, %(time)s"), _("%(percent)s %% until %(day)s, %(time)s")
    return (whole if step.percent == WHOLE else part) % told


def _not_refunded(line: OrderLine) -> str:
    return _("%(what)s: write to us.") % {"what": line.product_name}


def out_of_bounds(lowest: int, highest: int, currency: str) -> str:
    """Return the sentence beside an amount that is not between two others, all in cents."""
    told = {"lowest": typography.price(lowest, currency), "highest": typography.price(highest, currency)}
    return _("Write an amount between %(lowest)s and %(highest)s.") % told


def too_many_for_person(error: TooManyForPerson) -> str:
    """Return what one person may have; not what this address has, which is nobody else's business."""
    return ngettext(
        "One person may have at most %(most)s of “%(name)s”, in all orders of one address together.",
        "One person may have at most %(most)s of “%(name)s”, in all orders of one address together.",
        error.most,
    ) % {"most": error.most, "name": error.name}
