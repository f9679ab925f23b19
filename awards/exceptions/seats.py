"""What can go wrong when it is settled who sits in the jury, and what they must not judge."""

from awards.exceptions.base import AwardsError


class OwnWordStays(AwardsError):
    """A juror said so of themself; nobody takes that back."""

    code = "own_word_stays"


class OwnConflict(AwardsError):
    """A conflict is lifted by somebody else than the juror whom it concerns."""

    code = "own_conflict"


class AlreadyBarred(AwardsError):
    """A conflict of the juror and the project holds already."""

    code = "already_barred"


class NotInvited(AwardsError):
    """The link of an invitation leads nowhere: wrong, too old, taken back."""

    code = "not_invited"


class InvitationAnswered(AwardsError):
    """Somebody has answered the invitation, so it is neither sent again nor taken back."""

    code = "invitation_answered"


class TermsChanged(AwardsError):
    """The terms that were shown are not those that hold."""

    code = "terms_changed"


class AddressTaken(AwardsError):
    """The account of this address has a seat in this jury already."""

    code = "address_taken"


class NotSeated(AwardsError):
    """Somebody is not of the jury: asked only, or gone."""

    code = "not_seated"


class AccountReady(AwardsError):
    """The account has a password already, which an invitation does not change."""

    code = "account_ready"
