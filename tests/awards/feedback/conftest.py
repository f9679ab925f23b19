"""A round with six projects, comments for their applicants, and an announcement that was told."""

import pytest

from awards.announcing.publishing import Plan, plan
from awards.announcing.telling import tell
from awards.jury.scoring import recuse
from awards.models import CardComment, Scorecard
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, won
from tests.remembered import remembered

MARKS = (("a", 5), ("b", 4), ("c", 1), ("d", 2), ("e", 3), ("f", 3))


@pytest.fixture
@remembered
def chair():
    """The chair."""
    found = frozen(MARKS)
    won(found)
    for name, text in (("a", "Très clair."), ("b", "Vu avec Juror 1 : trop cher.")):
        card = Scorecard.objects.get(assignment__entry__slug=name)
        CardComment.objects.create(card=card, audience="applicant", text=text)
        CardComment.objects.create(card=card, audience="private", text="Pour moi.")
    announcement = plan(call_id=found.call.pk, plan=Plan(TELL, PUBLIC), by=found.user, now=DECIDED)
    tell(announcement_id=announcement.pk, now=TELL)
    return found


def card_of(slug):
    """The only card of a project."""
    return Scorecard.objects.get(assignment__entry__slug=slug)


def step_back(slug):
    """Let the juror of a project's only card step back from it, which voids the card."""
    given = card_of(slug).assignment
    recuse(juror_id=given.juror_id, entry_id=given.entry_id, round_id=None, reason="Lien.", by=None, now=PUBLIC)
