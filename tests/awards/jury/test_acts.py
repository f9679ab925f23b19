"""Who did what, in sentences; nothing that decides for whoever still judges."""

import pytest

from awards.assignment.proposing import discard, propose, release
from awards.jury.acts import acts_of
from awards.jury.assigning import assign, reassign, take_back
from awards.jury.reminding import remind
from awards.results.deliberation import NOT_YET, freeze_result, publish
from festival.core.audit import Actor
from tests.factories.awards import AFTER, DURING, EntryFactory, JurorFactory, first_round, score
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
CHAIR = Actor("user:1", "Odile")


@pytest.fixture
@remembered
def judged():
    ada = JurorFactory(name="Ada")
    bela = JurorFactory(name="Bela", call=ada.call)
    judged = first_round(ada.call)
    drill = EntryFactory(call=ada.call, title={"fr": "Perceuse"})
    given = {"round_id": judged.pk, "entry_id": drill.pk, "actor": CHAIR, "now": DURING}
    take_back(assignment_id=assign(juror_id=ada.pk, **given).pk, actor=CHAIR, now=DURING)
    pair = assign(juror_id=ada.pk, **given)
    remind(juror_id=ada.pk, round_id=judged.pk, actor=CHAIR, now=DURING)
    score(pair, 1, 1, submit=False)
    new = reassign(assignment_id=pair.pk, juror_id=bela.pk, actor=CHAIR, now=DURING)
    decided = {"actor": CHAIR, "by": None, "now": DURING}
    discard(batch_id=propose(round_id=judged.pk, **decided).pk, **decided)
    release(batch_id=propose(round_id=judged.pk, **decided).pk, reason="Deux personnes suffisent.", **decided)
    score(new, 2, 2)
    tally = freeze_result(round_id=judged.pk, by=None, now=AFTER)
    publish(tally_id=tally.pk, publication=NOT_YET, actor=CHAIR, now=AFTER)
    return judged


def said(judged, **options):
    return [act.what.replace("\N{NO-BREAK SPACE}", " ") for act in acts_of(judged, **options)]


def test_acts_are_told_newest_first(judged):
    assert said(judged, with_ranking=True) == [
        "Le moment de la publication a été fixé.",
        "Le résultat a été figé.",
        "Une répartition de 0 attribution a été diffusée. Deux personnes suffisent.",
        "Une répartition de 0 attribution a été proposée.",
        "Une répartition a été écartée.",
        "Une répartition de 0 attribution a été proposée.",
        "« Perceuse » est passé de Ada à Bela. L’évaluation commencée est conservée et ne compte pas.",
        "Ada a reçu une relance.",
        "Ada lit « Perceuse ».",
        "Ada ne lit plus « Perceuse ».",
        "Ada lit « Perceuse ».",
    ]
    assert acts_of(judged, with_ranking=True)[0].who == "Odile"


def test_acts_that_decide_are_kept_from_whoever_still_judges(judged):
    assert len(said(judged, with_ranking=False)) == 9
    assert not any("figé" in line for line in said(judged, with_ranking=False))
