"""The database itself keeps frozen results and the cards that went into them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from awards.jury.scoring import recuse
from awards.models import Score, Scorecard, Tally, TallyRow
from awards.results.deliberation import NOT_YET, freeze_result, publish
from festival.core.audit import Actor
from tests.factories.awards import AFTER, DURING, AssignmentFactory, score
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def card():
    """A card that counts in a frozen result."""
    card = score(AssignmentFactory(), 4, 3, comment="Lu.")
    freeze_result(round_id=card.assignment.round_id, by=None, now=AFTER)
    return card


WRITES = {
    "a result": lambda card: Tally.objects.update(input={}),
    "its method": lambda card: Tally.objects.update(method="mixed"),
    "its moment": lambda card: Tally.objects.update(frozen_at=DURING),
    "a rank": lambda card: TallyRow.objects.update(rank=2),
    "a row less": lambda card: TallyRow.objects.all().delete(),
    "no row and no result": lambda card: TallyRow.objects.all()._raw_delete("default"),
    "a mark": lambda card: Score.objects.update(value=5),
    "a mark less": lambda card: Score.objects.first().delete(),
    "a comment": lambda card: Scorecard.objects.update(comment="Mieux lu."),
    "a draft again": lambda card: Scorecard.objects.update(state="draft"),
    "no seal": lambda card: Scorecard.objects.update(sealed_at=None),
    "a later card without a seal": lambda card: Scorecard.objects.update(sealed_at=None, updated_at=AFTER),
    "another pair": lambda card: Scorecard.objects.update(assignment=AssignmentFactory()),
    "a late card": lambda card: Scorecard.objects.create(
        assignment=AssignmentFactory(juror=card.assignment.juror), updated_at=AFTER + timedelta(days=1)
    ),
}


@pytest.mark.parametrize("write", WRITES)
def test_what_was_frozen_is_not_written_again(card, write):
    with pytest.raises(IntegrityError), transaction.atomic():
        WRITES[write](card)


def test_a_frozen_result_gets_another_moment_of_publication(card):
    tally = publish(tally_id=Tally.objects.get().pk, publication=NOT_YET, actor=Actor.system("test"), now=AFTER)
    assert tally.announced_at is None


def test_who_steps_back_late_still_voids_a_sealed_card_and_the_result_can_be_frozen_again(card):
    pair = card.assignment
    recuse(
        juror_id=pair.juror_id, entry_id=pair.entry_id, round_id=pair.round_id, reason="Cousine.", by=None, now=AFTER
    )
    assert Scorecard.objects.get().state == "voided"
    later = AFTER + timedelta(hours=1)
    freeze_result(round_id=pair.round_id, by=None, now=later)
    assert Scorecard.objects.get().sealed_at == later


def test_the_words_of_a_sealed_card_can_be_erased(card):
    Scorecard.objects.update(comment="")
    assert Scorecard.objects.get().comment == ""


def test_a_rehearsal_with_the_clock_put_back_lifts_the_seal(card):
    from awards.jury.scoring import Marks, save_scorecard

    marks = Marks({"impact": 1, "spread": 1}, submit=True)
    again = save_scorecard(assignment_id=card.assignment_id, version=1, marks=marks, by=None, now=DURING)
    assert again.sealed_at is None
    assert sorted(Score.objects.values_list("value", flat=True)) == [1, 1]
