"""What can go wrong with the application that a call asks for, and with erasing what was sent in."""

from awards.exceptions.base import AwardsError


class EntryWasRead(AwardsError):
    """Jurors have scored the entry, so that it stays in the books; `cards` is how many cards it has."""

    code = "entry_was_read"

    def __init__(self, cards: int) -> None:
        super().__init__(f"{cards} cards")
        self.cards = cards


class AnswerRefused(AwardsError):
    """A value is no answer to a question; `reason` says why."""

    code = "answer_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ApplicationsNeeded(AwardsError):
    """The contest is not over: somebody applies, judges, votes or is still to be told."""

    code = "applications_needed"


class JurorAtWork(AwardsError):
    """The juror has projects to judge in a round that runs or is ahead."""

    code = "juror_at_work"
