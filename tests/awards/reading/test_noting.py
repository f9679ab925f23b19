"""Beside the marks: a star, a flag, abstaining and taking it back, being finished."""

import pytest

from awards.exceptions import CardHandedIn, JudgingNotOpen
from awards.exceptions.scoring import Abstained, NotFinished
from awards.jury.queries import owed_in
from awards.jury.scoring import Marks, recuse, save_scorecard
from awards.models import FinishedRound, ReadingNote, Scorecard
from awards.reading.noting import abstain, finish, flag, score_after_all, star
from awards.results.standing import dossier_of
from festival.models import AuditEntry
from tests.factories.awards import AFTER, DURING, AssignmentFactory, first_round, score

pytestmark = pytest.mark.django_db


def said(pair, **changes):
    return {"assignment_id": pair.pk, "by": pair.juror.user, "now": DURING} | changes


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_star_is_put_and_taken_off():
    pair = AssignmentFactory()
    assert star(assignment_id=pair.pk, is_starred=True).is_starred
    assert not star(assignment_id=pair.pk, is_starred=False).is_starred
    assert ReadingNote.objects.count() == 1


def test_flag_is_kept_once_and_taken_back():
    pair = AssignmentFactory()
    assert flag(**said(pair, reason="Un fichier vide.")).flagged_at == DURING
    flag(**said(pair, reason="Un fichier vide."))
    assert verbs() == ["reading.flagged"]
    assert flag(**said(pair, reason="")).flagged_at is None
    assert verbs() == ["reading.flagged", "reading.unflagged"]


def test_abstain_keeps_the_marks_and_counts_for_nothing():
    pair = AssignmentFactory()
    score(pair, 3, 4)
    card = abstain(**said(pair, reason="Hors de mon domaine."))
    assert (card.state, card.submitted_at, card.scores.count()) == ("abstained", None, 2)
    assert not dossier_of(pair.round).cards
    assert not owed_in(pair.round).exists()
    abstain(**said(pair, reason="Hors de mon domaine."))
    assert verbs().count("scorecard.abstained") == 1


def test_abstain_holds_the_card_until_it_is_taken_back():
    pair = AssignmentFactory()
    abstain(**said(pair, reason="Hors de mon domaine."))
    with pytest.raises(Abstained):
        save_scorecard(assignment_id=pair.pk, version=1, marks=Marks({"impact": 3}), by=None, now=DURING)
    assert score_after_all(**said(pair)).state == Scorecard.State.DRAFT
    assert score_after_all(**said(pair)).version == 2
    assert verbs() == ["scorecard.abstained", "scorecard.reopened"]


def test_score_after_all_without_a_card_is_nothing():
    assert score_after_all(**said(AssignmentFactory())) is None


def test_abstain_is_refused_out_of_the_round_and_for_a_closed_pair():
    pair = AssignmentFactory()
    with pytest.raises(JudgingNotOpen):
        abstain(**said(pair, reason="Non.", now=AFTER))
    recuse(
        juror_id=pair.juror_id,
        entry_id=pair.entry_id,
        round_id=pair.round_id,
        reason="Je la connais.",
        by=None,
        now=DURING,
    )
    with pytest.raises(CardHandedIn):
        abstain(**said(pair, reason="Non."))


def test_finish_waits_for_every_card_and_is_said_once():
    pair = AssignmentFactory()
    known = {"juror": pair.juror, "judged": first_round(pair.juror.call), "by": pair.juror.user, "now": DURING}
    with pytest.raises(NotFinished) as caught:
        finish(**known)
    assert caught.value.owed == 1
    score(pair, 3, 4)
    assert finish(**known) == finish(**known)
    assert FinishedRound.objects.count() == 1
    assert verbs().count("round.finished") == 1
