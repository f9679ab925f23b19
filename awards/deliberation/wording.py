"""The sentences for what is refused when a jury deliberates, decides and announces."""

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from awards.exceptions import AwardsError
from awards.exceptions.deliberation import NoQuorum, NothingToAnnounce
from awards.wording import plain_sentence
from festival.text.typography import listed

SENTENCES = {
    "no_frozen_result": gettext_lazy("Freeze the jury’s result first: decisions are taken on it."),
    "not_in_the_prize": gettext_lazy("This project cannot win this prize. Choose one of the list."),
    "prize_taken": gettext_lazy(
        "This prize is decided already, or this project has it. Replace or take back that first."
    ),
    "decision_replaced": gettext_lazy(
        "Somebody has decided anew since you opened the page. Look at what stands now, then decide."
    ),
    "reason_missing": gettext_lazy("Say why in a sentence: it stays with what was decided."),
    "barred_from_deciding": gettext_lazy("You have stepped back from this project, so you do not decide about it."),
    "already_told": gettext_lazy(
        "The applicants were told. To correct something, withdraw the announcement first; its notice says why."
    ),
    "published_before_told": gettext_lazy(
        "The applicants are told first, then everybody, at a moment that is still ahead."
    ),
    "room_closed": gettext_lazy("The minutes are signed off, so nothing in the room changes any more."),
    "round_not_over": gettext_lazy("The jury deliberates once its round is over."),
    "not_in_the_room": gettext_lazy("Only those who are in the room take part, and nobody who stepped back."),
    "motion_open": gettext_lazy("A motion is being voted on. Close it first."),
    "motion_closed": gettext_lazy("The vote on this motion is over."),
    "already_voted": gettext_lazy("This juror has voted on this motion already."),
}


def sentence_of(error: AwardsError) -> str:
    """Return what to tell the person whose act was refused."""
    if isinstance(error, NoQuorum):
        words = {"present": error.present, "quorum": error.quorum}
        return (
            ngettext(
                "This departs from the result, so it takes %(quorum)d juror in the deliberation; %(present)d is there.",
                "This departs from the result, so it takes %(quorum)d jurors in the deliberation; "
                "%(present)d are there.",
                error.quorum,
            )
            % words
        )
    if isinstance(error, NothingToAnnounce):
        return _("Nothing is decided yet for: %(prizes)s.") % {"prizes": listed(error.prizes)}
    return str(SENTENCES.get(error.code) or plain_sentence(error))
