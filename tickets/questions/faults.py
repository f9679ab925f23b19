"""What can go wrong with questions: one class a fact."""

from tickets.exceptions import TicketError
from tickets.questions.rules import Frozen


class AnswersInTheWay(TicketError):
    """A question has answers whose sense the change would alter. `what` says which, `answers` how many there are."""

    code = "answers_in_the_way"

    def __init__(self, *, what: Frozen, answers: int) -> None:
        super().__init__(f"{what}: {answers} answers")
        self.what = what
        self.answers = answers


class GoesInCircles(TicketError):
    """A question would be asked only after itself, after one that is asked of others, or after one that comes later."""

    code = "goes_in_circles"


class NeverAsked(TicketError):
    """A question that follows another one could not be asked: nobody can give the answer that it waits for."""

    code = "never_asked"


class NotAnswerable(TicketError):
    """An answer cannot be given or changed any more: its time is over, or its order has ended."""

    code = "not_answerable"
