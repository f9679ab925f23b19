"""The applicant and the project of the tests of entering."""

from tests.awards.entering.conftest import ada, call, entry, sending

__all__ = ["ada", "call", "entry", "sending"]
