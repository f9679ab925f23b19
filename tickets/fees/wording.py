"""What is said of fees: beside the prices from the very start, before ordering, and when something is given back."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from festival.text import typography
from tickets.fees import queries, rules
from tickets.models import Fee, OrderLine


def said_of_fees(edition_id: int, currency: str) -> list[str]:
    """Return a sentence for each fee of an edition: how much, of what."""
    return [_sentence(fee, currency) for fee in queries.fees_of(edition_id)]


def place_fees(edition_id: int, cents: int) -> int:
    """Return what the fees of each place come to, for one of `cents`."""
    found = [queries.terms_of(fee) for fee in queries.fees_of(edition_id)]
    return sum(rules.amount(terms, cents) for terms in found if terms.is_per_place)


def of_refunds(line: OrderLine) -> str:
    """Return what becomes of a fee when what it was paid for is given back."""
    told = {"what": str(line.product_name)}
    if not line.goes_back:
        return _("%(what)s: it stays with us, whatever is given back.") % told
    if line.parent_id is not None:
        return _("%(what)s: it goes back with its place, if anything of that goes back.") % told
    return _("%(what)s: it goes back when everything is given back, if anything of that goes back.") % told


def _sentence(fee: Fee, currency: str) -> str:
    told = {"amount": amount(fee, currency), "what": str(fee.name)}
    if fee.basis == Fee.Basis.PLACE:
        return _("%(what)s: %(amount)s for each place.") % told
    return _("%(what)s: %(amount)s, once for the order.") % told


def amount(fee: Fee, currency: str) -> str:
    """Return how much a fee is, in words."""
    percent = _("%(percent)s %%") % {"percent": formats.number_format(Decimal(fee.percent) / 100)}
    if not fee.percent:
        return str(typography.price(fee.cents, currency))
    if not fee.cents:
        return percent
    return _("%(amount)s and %(percent)s") % {"amount": typography.price(fee.cents, currency), "percent": percent}
