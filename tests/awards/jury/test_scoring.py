"""What jurors do: drafts, handing in, stepping back, and everything that must be refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from awards.exceptions import (
    EntryOutOfContest,
    GivenToAnother,
    JudgingNotOpen,
    MarkOffScale,
    PairRecused,
    ScorecardChanged,
    ScorecardIncomplete,
    ScorecardSubmitted,
)
from awards.jury import scoring
from awards.jury.assigning import reassign
from awards.jury.scoring import Window
from awards.models import Assignment, Entry, Recusal, Round, Score, Scorecard, ScoreChange, Tally
from awards.results.deliberation import freeze_result
from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.awards import (
    AFTER,
    BEFORE,
    DURING,
    AssignmentFactory,
    EntryFactory,
    JurorFactory,
    first_round,
    score,
)
from tests.factories.guards import unguard

pytestmark = pytest.mark.django_db
BOTH = {"impact": 4, "spread": 3}


def save(assignment, **changes):
    given = {"version": 0, "marks": BOTH, "comment": "", "submit": False, "by": None, "now": DURING} | changes
    marks = scoring.Marks(given.pop("marks"), given.pop("comment"), submit=given.pop("submit"))
    return scoring.save_scorecard(assignment_id=assignment.pk, marks=marks, **given)


def marks_of(card):
    return dict(card.scores.values_list("criterion__slug", "value"))


def test_save_scorecard_draft_keeps_marks_and_comment():
    card = save(AssignmentFactory(), marks={"impact": 4}, comment="À relire.")
    assert (card.state, card.version, card.comment, card.submitted_at) == ("draft", 1, "À relire.", None)
    assert marks_of(card) == {"impact": 4}


def test_save_scorecard_submit_hands_the_card_in():
    card = save(AssignmentFactory(), submit=True)
    assert (card.state, card.submitted_at) == ("submitted", DURING)


def test_save_scorecard_submit_counts_marks_of_the_draft():
    assignment = AssignmentFactory()
    save(assignment, marks={"impact": 4})
    card = save(assignment, version=1, marks={"spread": 2}, submit=True)
    assert marks_of(card) == {"impact": 4, "spread": 2}


def test_save_scorecard_submit_without_every_criterion_names_the_missing():
    with pytest.raises(ScorecardIncomplete) as caught:
        save(AssignmentFactory(), marks={"impact": 4}, submit=True)
    assert caught.value.missing == ["spread"]
    assert not Scorecard.objects.exists()


def test_save_scorecard_logs_each_change_once():
    assignment = AssignmentFactory()
    user = assignment.juror.user
    save(assignment, by=user)
    save(assignment, version=1, marks={"impact": 4, "spread": 5}, by=user)
    logged = ScoreChange.objects.values_list("criterion__slug", "old_value", "new_value", "version", "changed_by")
    assert list(logged) == [
        ("impact", None, 4, 1, user.pk),
        ("spread", None, 3, 1, user.pk),
        ("spread", 3, 5, 2, user.pk),
    ]


def test_save_scorecard_with_an_old_version_changes_nothing():
    assignment = AssignmentFactory()
    save(assignment)
    with pytest.raises(ScorecardChanged) as caught:
        save(assignment, version=0, marks={"impact": 0})
    assert caught.value.version == 1
    assert marks_of(assignment.scorecard) == BOTH


@pytest.mark.parametrize("submit", [True, False])
def test_save_scorecard_the_same_twice_is_a_success_and_writes_nothing(submit):
    assignment = AssignmentFactory()
    first = save(assignment, comment="Solide.", submit=submit)
    logged, acts = ScoreChange.objects.count(), AuditEntry.objects.count()
    second = save(assignment, comment="Solide.", submit=submit)
    assert (second.pk, second.version, second.updated_at) == (first.pk, 1, DURING)
    assert (ScoreChange.objects.count(), AuditEntry.objects.count()) == (logged, acts)


def test_save_scorecard_of_a_page_whose_answer_was_lost_is_no_conflict():
    assignment = AssignmentFactory()
    save(assignment, comment="Un.", window=Window("a1", 1))
    card = save(assignment, comment="Un, deux.", window=Window("a1", 2))
    assert (card.version, card.comment) == (2, "Un, deux.")


def test_save_scorecard_that_arrives_late_does_not_replace_what_was_sent_after_it():
    assignment = AssignmentFactory()
    save(assignment, comment="Un, deux.", window=Window("a1", 2))
    card = save(assignment, comment="Un.", window=Window("a1", 1))
    assert (card.version, card.comment) == (1, "Un, deux.")


def test_save_scorecard_of_another_page_in_between_is_a_conflict():
    assignment = AssignmentFactory()
    save(assignment, comment="Un.", window=Window("a1", 1))
    save(assignment, version=1, comment="Ailleurs.", window=Window("b2", 1))
    with pytest.raises(ScorecardChanged):
        save(assignment, comment="Un, deux.", window=Window("a1", 2))


def test_save_scorecard_without_scripts_is_never_taken_for_the_same_page():
    assignment = AssignmentFactory()
    save(assignment, comment="Un.")
    with pytest.raises(ScorecardChanged):
        save(assignment, comment="Un, deux.")


def test_save_scorecard_of_a_project_given_to_another_is_refused():
    assignment = AssignmentFactory()
    save(assignment)
    other = JurorFactory(call=assignment.juror.call)
    reassign(assignment_id=assignment.pk, juror_id=other.pk, actor=Actor.system("test"), now=DURING)
    with pytest.raises(GivenToAnother):
        save(assignment, version=2, comment="Encore.")


def test_save_scorecard_hands_in_what_another_window_has_drafted_alike():
    assignment = AssignmentFactory()
    save(assignment, comment="Solide.")
    card = save(assignment, comment="Solide.", submit=True)
    assert (card.state, card.version) == ("submitted", 2)


@pytest.mark.parametrize("change", [{"comment": "Autre."}, {"marks": BOTH | {"impact": 0}}, {"marks": {"impact": 0}}])
def test_save_scorecard_with_an_old_version_and_anything_else_is_a_conflict(change):
    assignment = AssignmentFactory()
    save(assignment, submit=True)
    with pytest.raises(ScorecardChanged):
        save(assignment, submit=True, **change)


def test_save_scorecard_records_who_began_and_handed_in_and_no_mark():
    assignment = AssignmentFactory()
    user = assignment.juror.user
    save(assignment, comment="Secret.", by=user)
    save(assignment, version=1, comment="Encore un secret.", by=user)
    save(assignment, version=2, comment="Toujours secret.", submit=True, by=user)
    acts = AuditEntry.objects.order_by("pk")
    assert [(act.verb, act.actor) for act in acts] == [
        ("scorecard.begun", f"user:{user.pk}"),
        ("scorecard.submitted", f"user:{user.pk}"),
    ]
    assert [set(act.facts) for act in acts] == [{"round", "juror", "version"}] * 2
    told = str(list(acts.values()))
    assert "ecret" not in told
    # The log is read by people who may be jurors too: it does not tell which project a card is of.
    assert str(assignment.entry.uuid) not in told
    assert str(assignment.entry.title) not in told


def test_save_scorecard_on_the_moment_of_the_freeze_is_refused():
    assignment = AssignmentFactory()
    closes = assignment.round.closes
    freeze_result(round_id=assignment.round_id, by=None, now=AFTER, reason="Sans elle.")
    unguard()
    Tally.objects.update(frozen_at=closes)
    with pytest.raises(JudgingNotOpen):
        save(assignment, now=closes)


def test_save_scorecard_in_a_rehearsal_before_the_frozen_result_is_taken():
    assignment = AssignmentFactory()
    freeze_result(round_id=assignment.round_id, by=None, now=AFTER, reason="Sans elle.")
    assert save(assignment, now=DURING).version == 1


def test_save_scorecard_after_more_time_was_given_is_refused_once_a_result_is_frozen():
    assignment = AssignmentFactory()
    freeze_result(round_id=assignment.round_id, by=None, now=AFTER, reason="Sans elle.")
    Round.objects.filter(pk=assignment.round_id).update(closes=AFTER + timedelta(days=2))
    with pytest.raises(JudgingNotOpen):
        save(assignment, now=AFTER + timedelta(days=1))


def test_save_scorecard_submitted_card_takes_no_draft():
    assignment = AssignmentFactory()
    save(assignment, submit=True)
    with pytest.raises(ScorecardSubmitted):
        save(assignment, version=1)


def test_save_scorecard_submitted_card_can_be_handed_in_again():
    assignment = AssignmentFactory()
    save(assignment, submit=True)
    card = save(assignment, version=1, marks={"impact": 1}, submit=True)
    assert (card.version, marks_of(card)) == (2, {"impact": 1, "spread": 3})


@pytest.mark.parametrize(("now", "is_over"), [(BEFORE, False), (AFTER, True)])
def test_save_scorecard_outside_the_round_is_refused(now, is_over):
    with pytest.raises(JudgingNotOpen) as caught:
        save(AssignmentFactory(), now=now)
    assert caught.value.is_over is is_over


@pytest.mark.parametrize("marks", [{"impact": 6}, {"impact": -1}, {"beauty": 3}])
def test_save_scorecard_mark_off_the_scale_is_refused(marks):
    with pytest.raises(MarkOffScale):
        save(AssignmentFactory(), marks=marks)


@pytest.mark.parametrize("state", [Entry.State.WITHDRAWN, Entry.State.INELIGIBLE, Entry.State.DISQUALIFIED])
def test_save_scorecard_of_a_project_out_of_the_contest_is_refused(state):
    assignment = AssignmentFactory()
    Entry.objects.update(state=state)
    with pytest.raises(EntryOutOfContest):
        save(assignment)


def test_recuse_before_scoring_closes_the_assignment():
    assignment = AssignmentFactory()
    recusal = step_back(assignment)
    assignment.refresh_from_db()
    assert (recusal.when, recusal.reason) == (Recusal.When.BEFORE, "Je connais l’équipe.")
    assert assignment.state == Assignment.State.RECUSED
    with pytest.raises(PairRecused):
        save(assignment)


def test_recuse_after_scoring_voids_the_card_and_keeps_its_marks():
    assignment = AssignmentFactory()
    score(assignment, 4, 3)
    recusal = step_back(assignment)
    card = Scorecard.objects.get()
    assert recusal.when == Recusal.When.AFTER
    assert (card.state, card.voided_at, card.submitted_at) == ("voided", DURING, DURING)
    assert marks_of(card) == BOTH


def test_recuse_with_a_draft_voids_it_and_is_before_scoring():
    assignment = AssignmentFactory()
    score(assignment, 4, 3, submit=False)
    assert step_back(assignment).when == Recusal.When.BEFORE
    assert Scorecard.objects.get().state == "voided"


def test_recuse_twice_keeps_the_first_recusal():
    assignment = AssignmentFactory()
    first = step_back(assignment)
    assert step_back(assignment, reason="Autre") == first
    assert Recusal.objects.get().reason == "Je connais l’équipe."


def test_recuse_is_possible_after_the_round():
    assignment = AssignmentFactory()
    score(assignment, 4, 3)
    step_back(assignment, now=AFTER)
    assert not Scorecard.objects.counting().exists()


def test_recuse_without_an_assignment_keeps_the_pair_apart():
    juror = JurorFactory()
    entry = EntryFactory(call=juror.call)
    judged = first_round(juror.call)
    pair = {"juror_id": juror.pk, "entry_id": entry.pk, "round_id": judged.pk}
    scoring.recuse(**pair, reason="Membre.", by=None, now=BEFORE)
    with pytest.raises(ValidationError, match="déportée"):
        Assignment(round=judged, juror=juror, entry=entry).full_clean()


def test_assignment_across_calls_is_refused():
    juror, entry = JurorFactory(), EntryFactory()
    for judged in (first_round(juror.call), first_round(entry.call)):
        with pytest.raises(ValidationError, match="appels différents"):
            Assignment(round=judged, juror=juror, entry=entry).full_clean()


@pytest.mark.parametrize("value", [101, -1])
def test_score_off_the_scale_is_refused_by_the_database(value):
    card = score(AssignmentFactory(), 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.filter(card=card).update(value=value)


def step_back(assignment, *, reason="Je connais l’équipe.", now=DURING):
    pair = {"juror_id": assignment.juror_id, "entry_id": assignment.entry_id, "round_id": assignment.round_id}
    return scoring.recuse(**pair, reason=reason, by=assignment.juror.user, now=now)
