"""What can go wrong when the public votes."""

from awards.exceptions.base import AwardsError


class VoteNotOpen(AwardsError):
    """The vote has not begun, is over, or was counted."""

    code = "vote_not_open"


class EmptyBallot(AwardsError):
    """A ballot without any grade."""

    code = "empty_ballot"


class NotOnBallot(AwardsError):
    """A grade for what is no finalist, or a grade that has no word."""

    code = "not_on_ballot"


class NewerBallot(AwardsError):
    """The voter has confirmed a ballot that was sent later."""

    code = "newer_ballot"


class VoteStillOpen(AwardsError):
    """The vote is not over, so that nothing can be counted."""

    code = "vote_still_open"
