"""The words of the vote: grades, and why something is not possible."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from awards.exceptions import AwardsError
from awards.models import Entry, PublicBallot

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
    "no_ticket": gettext_lazy("No ticket of this year that is valid now has this code. Look at the ticket again."),
    "ticket_used": gettext_lazy(
        "Whoever had this ticket before has voted with it. You can vote by mail, if it is open."
    ),
    "way_closed": gettext_lazy("One does not vote this way here."),
    "vote_counted": gettext_lazy("The vote was counted: its ballots stay as they are."),
    "vote_still_open": gettext_lazy("The vote is not over yet. It is counted afterwards."),
}


def refusal(error: AwardsError) -> str:
    """Return why a ballot, or a count, is refused."""
    return str(_REFUSALS.get(error.code, _("This is not possible right now.")))


def told(entries: Iterable[Entry], grades: Mapping[str, int]) -> list[tuple[Entry, Promise]]:
    """Return each finalist with the word that a ballot gives it."""
    return [(entry, WORDS[grades[str(entry.uuid)]] if str(entry.uuid) in grades else NO_OPINION) for entry in entries]


def void_reasons(void: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return why ballots did not count, with how many."""
    labels = dict(PublicBallot.Reason.choices)
    return [(str(labels[reason]), count) for reason, count in sorted(void.items())]
