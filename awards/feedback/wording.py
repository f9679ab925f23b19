"""Sentences of the feedback: roughly which place, and what is refused."""

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from awards.deliberation.wording import sentence_of as sentence_of_deciding
from awards.exceptions import AwardsError
from awards.feedback.rules import Place, Third

SENTENCES = {
    "no_feedback": gettext_lazy("This round has no frozen result, so there is nothing to tell."),
    "not_told_yet": gettext_lazy("The applicants do not know the outcome yet. Feedback comes after the announcement."),
}
THIRDS = {
    Third.UPPER: gettext_lazy("In the upper third of the category."),
    Third.MIDDLE: gettext_lazy("In the middle third of the category."),
    Third.LOWER: gettext_lazy("In the lower third of the category."),
}


def sentence_of(error: AwardsError) -> str:
    """Return what to tell the person whose act was refused."""
    return str(SENTENCES.get(error.code) or sentence_of_deciding(error))


def place_in_words(place: Place) -> str:
    """Say roughly where a project stood."""
    if place.low is None or place.high is None:
        return str(THIRDS[place.third])
    words = {"low": place.low, "high": place.high, "of": place.of}
    sentence = ngettext(
        "Between the places %(low)d and %(high)d of %(of)d project: jurors who read differently could have put it "
        "anywhere between them.",
        "Between the places %(low)d and %(high)d of %(of)d projects: jurors who read differently could have put it "
        "anywhere between them.",
        place.of,
    )
    return sentence % words


def who_read(cards: int) -> str:
    """Say how many jurors read a project."""
    return (
        ngettext("%(count)d juror read it.", "%(count)d jurors read it.", cards) % {"count": cards}
        if cards
        else _("No scorecard of it counted.")
    )
