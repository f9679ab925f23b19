"""What can go wrong with the programme."""

from collections.abc import Sequence
from typing import Any


class ProgramError(Exception):
    """Base of all; `code` is stable, the message is for people."""

    code = "program"


class VersionTaken(ProgramError):
    """A release of this edition already has this version name."""

    code = "version_taken"


class CannotRelease(ProgramError):
    """The programme holds what pages, feeds or data cannot express; `faults` say what and where, a sentence each."""

    code = "cannot_release"

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class NothingToRelease(ProgramError):
    """The programme is the same as in the last release."""

    code = "nothing_to_release"
