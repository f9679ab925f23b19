"""What can go wrong with the programme."""


class ProgramError(Exception):
    """Base of all; `code` is stable, the message is for people."""

    code = "program"


class VersionTaken(ProgramError):
    """A release of this edition already has this version name."""

    code = "version_taken"


class VersionRefused(ProgramError):
    """A version name that cannot stand in an address."""

    code = "version_refused"


class NothingToRelease(ProgramError):
    """The programme is the same as in the last release."""

    code = "nothing_to_release"
