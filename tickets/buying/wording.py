"""The sentences that buyers read when something is not possible, one per error code."""

from django.utils.translation import gettext as _, ngettext

from tickets.catalogue.per_person import TooManyForPerson
from tickets.exceptions import SaleError, SoldOut
from tickets.orders import wording as order_wording


def refusal(error: SaleError) -> str:
    """Return why it cannot be had or ordered like this, and what to do."""
    if isinstance(error, SoldOut):
        return _sold_out(error)
    if isinstance(error, TooManyForPerson):
        return order_wording.too_many_for_person(error)
    sentences = {
        "sale_not_open": _("The sale has not opened yet."),
        "sale_closed": _("The sale has just closed."),
        "day_passed": _("This day is over."),
        "day_not_offered": _("This day is not on offer."),
        "too_many_places": _("That is more than one order may hold."),
        "price_not_offered": _("This price is not on offer any more. Look at the prices once more, please."),
        "basket_empty": _("Nothing is chosen yet: say how many you would like."),
        "hold_over": _("The time is over, and your places went back. Choose once more, please."),
        "details_missing": _("Your name and your address are missing."),
        "total_changed": _("The total is another one than you saw. Look at it once more before you order."),
        "terms_not_accepted": _("The terms of sale have changed. Read them, please, and agree to them."),
        "way_not_offered": _("This cannot be paid like that any more. Choose another way, please."),
        "not_ready": _("The sale is not quite ready. Nothing was taken; please try again a little later."),
    }
    return sentences.get(error.code, _("This is not possible right now."))


def provider_failed() -> str:
    """Return what to say when a payment service does not answer."""
    return _(
        "The payment service does not answer. Nothing was paid, and your places are kept: try again in a moment, or "
        "choose another way."
    )


def _sold_out(error: SoldOut) -> str:
    if not error.left:
        return _("The last places have just gone: somebody was a moment faster. Take another day, or something else.")
    return ngettext(
        "Only %(left)s place is left of what you chose: take fewer, or another day.",
        "Only %(left)s places are left of what you chose: take fewer, or another day.",
        error.left,
    ) % {"left": error.left}
