"""The sentences about what needs approval."""

from django.utils.translation import gettext as _, pgettext_lazy

STANDINGS = {
    "waiting": pgettext_lazy("request", "waiting"),
    "accepted": pgettext_lazy("request", "accepted"),
    "refused": pgettext_lazy("request", "refused"),
    "over": pgettext_lazy("request", "withdrawn or over"),
}


def not_waiting() -> str:
    """Return why the office cannot decide any more."""
    return _("This request does not wait any more: it was decided, withdrawn, or its time is over.")
