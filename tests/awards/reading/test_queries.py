"""What the chair sees of the readings."""

import pytest

from awards.jury.access import Chair
from awards.jury.rounds import JudgingState
from awards.jury.scoring import recuse
from awards.reading.noting import abstain, flag
from awards.reading.queries import abstentions_in, flags_in
from tests.factories.awards import DURING, AssignmentFactory, JurorFactory, first_round

pytestmark = pytest.mark.django_db


def test_flags_and_abstentions_leave_out_what_the_chair_stepped_back_from():
    pair = AssignmentFactory()
    chair = JurorFactory(call=pair.juror.call, is_chair=True)
    seat = Chair(chair.user, chair, pair.juror.call, first_round(pair.juror.call), JudgingState.OPEN, must_wait=False)
    known = {"assignment_id": pair.pk, "by": pair.juror.user, "now": DURING}
    flag(**known, reason="Un fichier vide.")
    abstain(**known, reason="Hors de mon domaine.")
    assert (flags_in(seat).count(), abstentions_in(seat).count()) == (1, 1)
    pairing = {"juror_id": chair.pk, "entry_id": pair.entry_id, "round_id": pair.round_id}
    recuse(**pairing, reason="Je la connais.", by=None, now=DURING)
    assert (flags_in(seat).count(), abstentions_in(seat).count()) == (0, 0)
