"""What can go wrong beside the marks of a card, and in the judging without marks."""

from awards.exceptions.base import AwardsError


class Abstained(AwardsError):
    """The juror abstains on this project; that is taken back before the card is written on."""

    code = "abstained"


class CommentMissing(AwardsError):
    """The rubric asks for a comment on every card that is handed in."""

    code = "comment_missing"


class NotFinished(AwardsError):
    """A juror with cards to hand in is not finished; `owed` is how many."""

    code = "not_finished"

    def __init__(self, owed: int) -> None:
        super().__init__(f"{owed} cards")
        self.owed = owed


class BallotChanged(AwardsError):
    """The ballot was saved elsewhere since the form was opened; `version` is the current one."""

    code = "ballot_changed"

    def __init__(self, version: int) -> None:
        super().__init__(f"current version is {version}")
        self.version = version


class BallotNotFit(AwardsError):
    """A ballot names a project that is not on it, or a value that the round does not know."""

    code = "ballot_not_fit"


class TooManyApproved(AwardsError):
    """More projects are approved than the round lets one approve; `most` is how many that is."""

    code = "too_many_approved"

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most}")
        self.most = most


class BallotIncomplete(AwardsError):
    """A ballot is handed in with a grade, or a yes or no, for every project; a ranking names one at least."""

    code = "ballot_incomplete"


class PairNotFit(AwardsError):
    """Both projects of a pair are on the juror's ballot, they differ, and the winner is one of them."""

    code = "pair_not_fit"
