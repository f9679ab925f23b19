"""The sentences of keeping and erasing."""

from django.utils.translation import gettext_lazy as _

from awards.exceptions import AwardsError

_SENTENCES = {
    "applications_needed": _("The contest is not over: applications can be erased once all is judged and announced."),
    "juror_at_work": _("This juror has projects to judge. Give these to others first, then erase."),
}


def sentence_for(error: AwardsError) -> str:
    """Return what to tell the organiser whose action was refused."""
    return str(_SENTENCES[error.code])
