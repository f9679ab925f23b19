"""The sentences about what needs approval."""

from django.utils.translation import gettext as _, pgettext_lazy

from tickets.approvals.faults import FileGone
from tickets.buying import wording as buying_wording
from tickets.exceptions import SaleError

STANDINGS = {
    "waiting": pgettext_lazy("request", "waiting"),
    "accepted": pgettext_lazy("request", "accepted"),
    "refused": pgettext_lazy("request", "refused"),
    "over": pgettext_lazy("request", "withdrawn or over"),
}


def refusal(error: SaleError) -> str:
    """Return why something cannot be asked for."""
    if isinstance(error, FileGone):
        return _("This file is not here any more: choose it once more, please.")
    return buying_wording.refusal(error)


def not_waiting() -> str:
    """Return why the office cannot decide any more."""
    return _("This request does not wait any more: it was decided, withdrawn, or its time is over.")
