"""Roughly which place, in words."""

import pytest
from django.utils.translation import override

from awards.exceptions.ceremony import NoFeedback
from awards.exceptions.deliberation import ReasonMissing
from awards.feedback.rules import Place, Third
from awards.feedback.wording import place_in_words, sentence_of, who_read


@pytest.mark.parametrize(
    ("place", "begins"),
    [
        (Place(18, Third.UPPER, 4, 9), "Between the places 4 and 9 of 18 projects"),
        (Place(18, Third.UPPER), "In the upper third"),
        (Place(18, Third.MIDDLE), "In the middle third"),
        (Place(18, Third.LOWER), "In the lower third"),
    ],
)
def test_place_in_words(place, begins):
    with override("en"):
        assert place_in_words(place).startswith(begins)


def test_readers_and_refusals_in_words():
    with override("en"):
        assert [who_read(cards) for cards in (0, 1, 3)] == [
            "No scorecard of it counted.",
            "1 juror read it.",
            "3 jurors read it.",
        ]
        assert "no frozen result" in sentence_of(NoFeedback())
        assert sentence_of(ReasonMissing()).startswith("Say why")
