"""What can go wrong when a jury deliberates, decides and announces."""

from awards.exceptions.base import AwardsError


class NoFrozenResult(AwardsError):
    """Nothing is decided before a result of the jury is frozen."""

    code = "no_frozen_result"


class NotInThePrize(AwardsError):
    """The project is not in the contest, or competes for another prize."""

    code = "not_in_the_prize"


class PrizeTaken(AwardsError):
    """The prize has all its winners, or was not awarded, or the project has it already."""

    code = "prize_taken"


class DecisionReplaced(AwardsError):
    """Another decision has replaced this one since the page was opened."""

    code = "decision_replaced"


class ReasonMissing(AwardsError):
    """A decision that departs from the frozen result says why, and so does one for nobody."""

    code = "reason_missing"


class NoQuorum(AwardsError):
    """Too few jurors are in the room to depart from the result: `present` of `quorum`."""

    code = "no_quorum"

    def __init__(self, present: int, quorum: int) -> None:
        super().__init__(f"{present} of {quorum}")
        self.present = present
        self.quorum = quorum


class BarredFromDeciding(AwardsError):
    """The person stepped back from the project, so does not decide about it."""

    code = "barred_from_deciding"


class AlreadyTold(AwardsError):
    """Applicants were told: what they were told stands until the announcement is withdrawn."""

    code = "already_told"


class NothingToAnnounce(AwardsError):
    """A prize has no decision yet."""

    code = "nothing_to_announce"

    def __init__(self, prizes: tuple[str, ...]) -> None:
        super().__init__(", ".join(prizes))
        self.prizes = prizes


class PublishedBeforeTold(AwardsError):
    """Applicants are told before everybody else, and neither in the past."""

    code = "published_before_told"


class RoomClosed(AwardsError):
    """The minutes are signed off: nothing in the room changes any more."""

    code = "room_closed"


class RoundNotOver(AwardsError):
    """The jury deliberates when its round is over."""

    code = "round_not_over"


class NotInTheRoom(AwardsError):
    """Only who is in the room takes part, and nobody who stepped back from a project of the item."""

    code = "not_in_the_room"


class MotionOpen(AwardsError):
    """A motion of the item is being voted on."""

    code = "motion_open"


class MotionClosed(AwardsError):
    """The vote on the motion is over."""

    code = "motion_closed"


class AlreadyVoted(AwardsError):
    """The juror has voted on the motion; a vote is given once."""

    code = "already_voted"
