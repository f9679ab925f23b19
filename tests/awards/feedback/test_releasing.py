"""Letting comments through, and releasing."""

import pytest

from awards.exceptions.ceremony import NoFeedback, NotToldYet
from awards.feedback.releasing import MAIL, Shown, hold_back, let_through, release
from awards.models import Entry, FeedbackComment, FeedbackRelease, Scorecard
from festival.models import AuditEntry, OutgoingMail
from tests.awards.feedback.conftest import card_of, step_back
from tests.factories.awards import first_round, second_round
from tests.factories.deciding import DECIDED, PUBLIC, TELL

pytestmark = pytest.mark.django_db


def test_comment_is_let_through_edited_and_held_back(chair):
    card = card_of("b")
    for text in ("Trop cher.", "Trop cher pour un quartier."):
        let_through(card_id=card.pk, text=text, by=chair.user, now=PUBLIC)
    assert FeedbackComment.objects.get().text == "Trop cher pour un quartier."
    for _again in range(2):
        hold_back(card_id=card.pk, by=chair.user, now=PUBLIC)
    assert not FeedbackComment.objects.exists()
    acts = AuditEntry.objects.filter(verb__startswith="feedback.").order_by("pk")
    assert [act.verb for act in acts] == ["feedback.let_through"] * 2 + ["feedback.held_back"]
    assert "cher" not in str([act.facts for act in acts])


def test_card_with_nothing_for_the_applicant_or_void_is_refused(chair):
    with pytest.raises(Scorecard.DoesNotExist):
        let_through(card_id=card_of("c").pk, text="Non.", by=chair.user, now=PUBLIC)
    step_back("a")
    with pytest.raises(Scorecard.DoesNotExist):
        hold_back(card_id=card_of("a").pk, by=chair.user, now=PUBLIC)


def test_release_writes_once_to_each_applicant_in_the_contest(chair):
    Entry.objects.filter(slug="f").update(state=Entry.State.WITHDRAWN)
    Entry.objects.filter(slug="e").update(applicant=None)
    judged = first_round(chair.call)
    for shown in (Shown(), Shown(place=True, comments=False)):
        release(round_id=judged.pk, shown=shown, by=chair.user, now=PUBLIC)
    assert OutgoingMail.objects.filter(kind=MAIL).count() == 4
    made = FeedbackRelease.objects.get()
    assert (made.shows_place, made.shows_comments, made.released_at) == (True, False, PUBLIC)


def test_release_comes_after_the_outcome_is_told(chair):
    judged = first_round(chair.call)
    with pytest.raises(NotToldYet):
        release(round_id=judged.pk, shown=Shown(), by=chair.user, now=DECIDED)
    release(round_id=judged.pk, shown=Shown(), by=chair.user, now=TELL)


def test_release_needs_a_frozen_result(chair):
    with pytest.raises(NoFeedback):
        release(round_id=second_round(chair.call).pk, shown=Shown(), by=chair.user, now=PUBLIC)
