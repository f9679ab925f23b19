"""The sentences about the pot: how much it can give, why something cannot be asked for or given."""

from django.utils.translation import gettext as _, ngettext

from festival.text import typography
from tickets.catalogue.pot import PotTooLow
from tickets.exceptions import SaleError, SoldOut


def refusal(error: SaleError) -> str:
    """Return why a ticket cannot be asked for, to whoever asks."""
    sentences = {
        "not_in_pot": _("This ticket is not given any more. Choose another one, please."),
        "sale_not_open": _("Tickets cannot be asked for yet."),
        "sale_closed": _("It is too late to ask for this ticket."),
        "too_many_places": _("That is more than one request may ask for."),
        "day_not_offered": _("This day is not on offer."),
        "day_passed": _("This day is over."),
    }
    return sentences.get(error.code, _("This is not possible right now."))


def not_given(error: SaleError, currency: str) -> str:
    """Return why the office cannot give a ticket now."""
    if isinstance(error, PotTooLow):
        left = typography.price(error.left, currency)
        return _("The pot holds %(left)s: too little for this request. It keeps waiting.") % {"left": left}
    if isinstance(error, SoldOut):
        return _("There are no places left for this ticket. The request keeps waiting.")
    sentences = {
        "request_decided": _("Somebody has decided about this request meanwhile."),
        "day_passed": _("Its last day is over."),
    }
    return sentences.get(error.code, _("This is not possible right now."))


def granted(places: int) -> str:
    """Return that the tickets are given."""
    return ngettext("Given: the ticket is on its way.", "Given: the %(count)s tickets are on their way.", places) % {
        "count": places
    }
