"""What can go wrong while applications are screened."""

from awards.exceptions.base import AwardsError


class NotScreened(AwardsError):
    """The project is a draft or withdrawn, or jurors read it already: this decision does not fit it."""

    code = "not_screened"


class NothingToUndo(AwardsError):
    """No decision stands on the project."""

    code = "nothing_to_undo"


class DecisionIncomplete(AwardsError):
    """A decision against a project, or one that asks for changes, needs its reason; changes need an end to come."""

    code = "decision_incomplete"
