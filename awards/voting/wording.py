"""The words of the vote: grades, and why something is not possible."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from awards.exceptions import AwardsError

# From the worst; as many as awards.voting.rules.GRADES.
WORDS: tuple[Promise, ...] = (
    pgettext_lazy("grade of the public", "To be revised"),
    pgettext_lazy("grade of the public", "Fair"),
    pgettext_lazy("grade of the public", "Good"),
    pgettext_lazy("grade of the public", "Very good"),
    pgettext_lazy("grade of the public", "Excellent"),
)
NO_OPINION = gettext_lazy("No opinion")

_REFUSALS: Mapping[str, Promise] = {
    "vote_not_open": gettext_lazy("The vote is not open. Nothing was counted."),
    "empty_ballot": gettext_lazy("Grade at least one project."),
    "not_on_ballot": gettext_lazy("The finalists have changed meanwhile. Look at your grades and send them again."),
    "newer_ballot": gettext_lazy("You have sent another ballot later, and confirmed it. That one counts."),
    "vote_still_open": gettext_lazy("The vote is not over yet. It is counted afterwards."),
}


def refusal(error: AwardsError) -> str:
    """Return why a ballot, or a count, is refused."""
    return str(_REFUSALS.get(error.code, _("This is not possible right now.")))
