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


class NoTicket(AwardsError):
    """What was typed is no code of a ticket that is valid now."""

    code = "no_ticket"


class TicketUsed(AwardsError):
    """Somebody else, who had the ticket before, has voted with it."""

    code = "ticket_used"


class WayClosed(AwardsError):
    """One does not vote by this proof in this round."""

    code = "way_closed"


class VoteCounted(AwardsError):
    """The vote was counted: its ballots stay as they are."""

    code = "vote_counted"
