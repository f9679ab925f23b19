"""What can go wrong when a table is counted."""

from awards.exceptions.base import AwardsError


class MalformedTable(AwardsError):
    """A table that cannot be counted; `faults` are sentences that name their lines."""

    code = "malformed_table"

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults
