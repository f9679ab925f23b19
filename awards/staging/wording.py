"""The sentences about a call that is prepared."""

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from awards.exceptions import AwardsError

_SENTENCES = {
    "rounds_there": gettext_lazy("This call has rounds already: change those."),
    "rubric_missing": gettext_lazy("Make the rubric of this call first: the usual rounds score by it."),
    "rules_kept": gettext_lazy("This version is kept with another text: give the changed rules a new version."),
}


def sentence_for(error: AwardsError) -> str:
    """Return what to tell the organiser whose action was refused."""
    return str(_SENTENCES[error.code])


def kept_by_answers(count: int) -> str:
    """Return why a question keeps its meaning, and the way out."""
    said = ngettext(
        "%(count)d answer hangs on this version, so only its words can be mended.",
        "%(count)d answers hang on this version, so only its words can be mended.",
        count,
    ) % {"count": count}
    return f"{said} {_('For another meaning, make a new version.')}"
