"""Why a product or a quota cannot be changed like this, and who did something, in words for the organiser."""

from django.utils.translation import gettext as _, ngettext

from tickets.exceptions import PlacesInUse, SizeBelowTaken, SoldAlready, StockError
from tickets.models import Product


def refusal(error: StockError) -> str:
    """Return the sentence for a change that was refused."""
    match error:
        case SizeBelowTaken() if error.kept:
            told = {"taken": error.taken, "kept": error.kept, "quota": error.quota}
            return _("Of “%(quota)s”, %(taken)s places are taken and %(kept)s kept by codes: it has too few.") % told
        case SizeBelowTaken():
            return ngettext(
                "%(taken)s place of “%(quota)s” is taken already: it cannot have fewer.",
                "%(taken)s places of “%(quota)s” are taken already: it cannot have fewer.",
                error.taken,
            ) % {"taken": error.taken, "quota": error.quota}
        case PlacesInUse():
            return ngettext(
                "“%(name)s” is in use and stays: %(taken)s place of it is taken.",
                "“%(name)s” is in use and stays: %(taken)s places of it are taken.",
                error.taken,
            ) % {"taken": error.taken, "name": error.name}
        case SoldAlready():
            return ngettext(
                "“%(field)s” stands on %(lines)s line of orders and cannot change any more.",
                "“%(field)s” stands on %(lines)s lines of orders and cannot change any more.",
                error.lines,
            ) % {"lines": error.lines, "field": Product._meta.get_field(error.field).verbose_name}
    return _("This is not possible right now.")


def waiting(confirmed: int, unconfirmed: int) -> str:
    """Return how many mailboxes wait for the opening of a sale; nothing when none does."""
    if unconfirmed:
        told = {"count": confirmed, "unconfirmed": unconfirmed}
        return _("%(count)s, and %(unconfirmed)s not confirmed") % told
    return str(confirmed or "")


def by_whom(actor: str) -> str:
    """Return who did something: `order:CODE` and `system:JOB` are the buyer and the site, all else is a name."""
    if actor.startswith("order:"):
        return _("the buyer")
    return _("the site itself") if actor.startswith("system:") else actor
