"""A refusal names its reason for logs and for the sentence that people read."""

from tickets.exceptions import TicketError
from tickets.questions.faults import AnswersInTheWay, GoesInCircles, NeverAsked, NotAnswerable
from tickets.questions.rules import Frozen


def test_answers_in_the_way_say_what_stays_and_how_many_there_are():
    error = AnswersInTheWay(what=Frozen.KIND, answers=3)

    assert isinstance(error, TicketError)
    assert (str(error), error.code, error.answers) == ("kind: 3 answers", "answers_in_the_way", 3)
    codes = [error().code for error in (GoesInCircles, NeverAsked, NotAnswerable)]
    assert codes == ["goes_in_circles", "never_asked", "not_answerable"]
