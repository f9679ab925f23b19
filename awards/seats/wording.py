"""The sentences of who sits in the jury and who does not judge what."""

from django.utils.translation import gettext_lazy as _

from awards.exceptions import AwardsError

_SENTENCES = {
    "own_word_stays": _("The juror said so. Nobody takes that back."),
    "own_conflict": _("This conflict is your own: somebody else of the organisers lifts it."),
    "not_invited": _(
        "Perhaps it is too old, was copied in part, or the invitation was taken back. Ask the organisers for a new one."
    ),
    "invitation_answered": _("This invitation is answered already, or taken back."),
    "terms_changed": _("The terms have changed since you opened the page. Read them again, then answer."),
    "address_taken": _("The account of this address sits in this jury already. Write to the organisers."),
    "not_seated": _("This person is not of the jury."),
    "account_ready": _("This account has a password already. Sign in with it."),
    "already_barred": _("A conflict keeps this juror from this project already."),
}


def sentence_for(error: AwardsError) -> str:
    """Return what to tell whoever was refused."""
    return str(_SENTENCES[error.code])
