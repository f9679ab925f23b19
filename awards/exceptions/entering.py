"""What can go wrong while a project is entered."""

from datetime import datetime

from awards.exceptions.base import AwardsError


class CallNotOpen(AwardsError):
    """The call takes nothing at this moment; `opens` is set where it has not begun."""

    code = "call_not_open"

    def __init__(self, opens: datetime | None = None) -> None:
        super().__init__("not begun" if opens else "over")
        self.opens = opens


class DraftChanged(AwardsError):
    """Another window has saved the form meanwhile; `version` is the newer one. Nothing was written."""

    code = "draft_changed"

    def __init__(self, version: int) -> None:
        super().__init__(str(version))
        self.version = version


class EntryLocked(AwardsError):
    """The project is in a state in which its applicant changes nothing."""

    code = "entry_locked"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class EntryIncomplete(AwardsError):
    """What was sent in is not right; `faults` says of which question or fact what is wrong."""

    code = "entry_incomplete"

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(", ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = faults


class NotTheOwner(AwardsError):
    """Only who began the project does this."""

    code = "not_the_owner"


class RulesChanged(AwardsError):
    """Another version of the rules holds by now; `version` names it."""

    code = "rules_changed"

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


class TooManyMembers(AwardsError):
    """As many people as may write on a project are invited already."""

    code = "too_many_members"


class NotInvited(AwardsError):
    """The invitation was taken back, or its project does not wait for anybody."""

    code = "not_invited"


class TooManyFiles(AwardsError):
    """The question has as many files as it takes."""

    code = "too_many_files"

    def __init__(self, most: int) -> None:
        super().__init__(str(most))
        self.most = most


class TooManyEntries(AwardsError):
    """The applicant has as many projects as the call takes of one; `most` says how many."""

    code = "too_many_entries"

    def __init__(self, most: int) -> None:
        super().__init__(str(most))
        self.most = most
