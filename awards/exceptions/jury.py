"""What can go wrong while the jury works."""

from awards.exceptions.base import AwardsError


class JudgingNotOpen(AwardsError):
    """The round has not begun, or is over, or its result was frozen at this very moment."""

    code = "judging_not_open"

    def __init__(self, *, is_over: bool) -> None:
        super().__init__("over" if is_over else "not begun")
        self.is_over = is_over


class PairRecused(AwardsError):
    """The juror has stepped back from this entry."""

    code = "pair_recused"


class GivenToAnother(AwardsError):
    """The chair has given the project to another juror; what was begun stays on record."""

    code = "given_to_another"


class EntryOutOfContest(AwardsError):
    """The entry was withdrawn, found ineligible or disqualified, so it takes no more scores."""

    code = "entry_out_of_contest"


class ScorecardChanged(AwardsError):
    """The scorecard was saved elsewhere since the form was opened; `version` is the current one."""

    code = "scorecard_changed"

    def __init__(self, version: int) -> None:
        super().__init__(f"current version is {version}")
        self.version = version


class ScorecardIncomplete(AwardsError):
    """A card can only be handed in with every criterion scored; `missing` are the criteria's slugs."""

    code = "scorecard_incomplete"

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class ScorecardSubmitted(AwardsError):
    """A card that was handed in is changed by handing it in again, never by a draft."""

    code = "scorecard_submitted"


class MarkOffScale(AwardsError):
    """A mark is not on the scale of the round's rubric, or its criterion is not in it."""

    code = "mark_off_scale"


class NotInRound(AwardsError):
    """The juror or the entry does not take part in the round: another call's, or not among its entries."""

    code = "not_in_round"


class OwnProject(AwardsError):
    """The juror applied with this entry, so does not judge it."""

    code = "own_project"


class CardHandedIn(AwardsError):
    """The card is handed in: it counts, and its assignment stays."""

    code = "card_handed_in"


class NotReminded(AwardsError):
    """A juror is not written to: reminded today already, owing nothing, or without an address; `reason` says which."""

    code = "not_reminded"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AlreadyAssigned(AwardsError):
    """The juror already reads this entry in this round."""

    code = "already_assigned"


class AssignmentInUse(AwardsError):
    """An assignment that the juror has touched is never taken back."""

    code = "assignment_in_use"


class RubricInUse(AwardsError):
    """Cards were scored by this rubric, so that it stays as it is; `cards` is how many."""

    code = "rubric_in_use"

    def __init__(self, cards: int) -> None:
        super().__init__(f"{cards} cards")
        self.cards = cards
