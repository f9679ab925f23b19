"""What can go wrong while projects are shared out."""

from awards.exceptions.base import AwardsError


class NothingToPropose(AwardsError):
    """Every project has its jurors."""

    code = "nothing_to_propose"


class ProposalSettled(AwardsError):
    """The plan was released or discarded already."""

    code = "proposal_settled"


class ProposalOutdated(AwardsError):
    """Jurors, projects, conflicts or assignments have changed since; `changes` says how many of each kind."""

    code = "proposal_outdated"

    def __init__(self, changes: dict[str, int]) -> None:
        super().__init__(", ".join(f"{kind} {count}" for kind, count in changes.items()))
        self.changes = changes


class ConflictInPlan(AwardsError):
    """Somebody would read a project from which a conflict of interest bars them."""

    code = "conflict_in_plan"


class ReasonMissing(AwardsError):
    """A check has failed: the plan is released only with the reason why."""

    code = "reason_missing"


class GridChanged(AwardsError):
    """Who reads what has changed since the grid was opened."""

    code = "grid_changed"
