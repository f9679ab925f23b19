"""The sentences of the screening."""

from django.utils.translation import gettext_lazy as _

from awards.exceptions import AwardsError

SHARED = {
    "title": _("nearly the same title"),
    "holder": _("the same project holder"),
    "site": _("the same website"),
    "file": _("the same file"),
}
_SENTENCES = {
    "not_screened": _("This project cannot be decided on now: it is a draft, or withdrawn."),
    "nothing_to_undo": _("No decision stands on this project."),
    "decision_incomplete": _("Give the reason; for changes also until when, which must be ahead."),
    "entry_was_read": _("Jurors have scored this project already, so it does not wait for a decision again."),
}


def sentence_for(error: AwardsError) -> str:
    """Return what to tell the screener whose action was refused."""
    return str(_SENTENCES[error.code])
