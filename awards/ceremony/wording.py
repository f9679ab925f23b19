"""The sentences for what is refused around the ceremony."""

from django.utils.translation import gettext_lazy

from awards.deliberation.wording import sentence_of as sentence_of_deciding
from awards.exceptions import AwardsError

SENTENCES = {
    "not_told_yet": gettext_lazy(
        "The applicants are the first to know. Plan the announcement so that they are told before the ceremony begins."
    ),
    "prizes_without_place": gettext_lazy("Some prizes stand nowhere in the running order. Add them first."),
}


def sentence_of(error: AwardsError) -> str:
    """Return what to tell the person whose act was refused."""
    return str(SENTENCES.get(error.code) or sentence_of_deciding(error))
