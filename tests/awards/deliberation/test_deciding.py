"""Deciding who wins: what follows the result, what needs a reason and a quorum, what stays on record."""

from datetime import timedelta

import pytest

from awards.announcing.publishing import Plan, plan
from awards.announcing.telling import tell
from awards.deliberation.deciding import Choice, decide, take_back
from awards.exceptions.deliberation import (
    AlreadyTold,
    BarredFromDeciding,
    DecisionReplaced,
    NoFrozenResult,
    NoQuorum,
    NotInThePrize,
    PrizeTaken,
    ReasonMissing,
)
from awards.jury.scoring import recuse
from awards.models import Decision, Entry, Presence, Tally, TallyRow
from festival.models import AppendOnly, AuditEntry
from tests.factories.awards import AFTER, EntryFactory, JurorFactory, first_round
from tests.factories.deciding import DECIDED, PUBLIC, TELL, DeliberationFactory, PrizeFactory, frozen, won
from tests.factories.guards import unguard
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def chair():
    return frozen()


def in_the_room(chair, quorum=1):
    room = DeliberationFactory(round=first_round(chair.call), quorum=quorum)
    Presence.objects.create(deliberation=room, juror=chair, came_at=AFTER)
    return room


def test_decide_by_the_result_needs_no_reason(chair):
    decision = won(chair)
    assert decision.follows_tally
    assert (decision.tally, decision.decided_by) == (Tally.objects.get(), chair.user)
    assert list(Decision.objects.standing()) == [decision]


def test_decide_names_nobody_in_the_log(chair):
    decision = won(chair)
    act = AuditEntry.objects.get(verb="decision.made")
    told = f"{act.subject_name} {act.facts}"
    assert str(decision.entry.uuid) not in told
    assert "Projet" not in told
    assert "gold" not in told


def test_decide_before_a_result_is_frozen_is_refused(chair):
    unguard()
    TallyRow.objects.all().delete()
    Tally.objects.all().delete()
    with pytest.raises(NoFrozenResult):
        won(chair)


def test_decide_against_the_result_needs_a_reason_and_a_quorum(chair):
    with pytest.raises(ReasonMissing):
        won(chair, "b", reason=" ")
    with pytest.raises(NoQuorum) as caught:
        won(chair, "b", reason="Le plus utile ici.")
    assert (caught.value.present, caught.value.quorum) == (0, 1)
    in_the_room(chair)
    decision = won(chair, "b", reason="Le plus utile ici.")
    assert not decision.follows_tally
    assert decision.reason == "Le plus utile ici."


def test_decide_counts_who_has_left_no_more(chair):
    room = in_the_room(chair, quorum=2)
    other = JurorFactory(call=chair.call)
    Presence.objects.create(deliberation=room, juror=other, came_at=AFTER, left_at=AFTER + timedelta(minutes=5))
    with pytest.raises(NoQuorum):
        won(chair, "b", reason="Le plus utile ici.")


def test_decide_for_nobody_needs_a_reason(chair):
    in_the_room(chair)
    with pytest.raises(ReasonMissing):
        won(chair, None, kind="not_awarded")
    assert won(chair, None, kind="not_awarded", reason="Rien d’abouti.").entry is None
    with pytest.raises(PrizeTaken):
        won(chair)


def test_decide_across_categories_is_always_the_jury_s_choice(chair):
    in_the_room(chair)
    PrizeFactory(call=chair.call, slug="grand", category=None)
    with pytest.raises(ReasonMissing):
        won(chair, prize="grand")
    assert not won(chair, prize="grand", reason="À l’unanimité.").follows_tally
    with pytest.raises(NotInThePrize):
        won(chair, "c", prize="grand", kind="mention", reason="Pas finaliste.")


@pytest.mark.parametrize("state", [Entry.State.DISQUALIFIED, Entry.State.WITHDRAWN])
def test_decide_for_a_project_out_of_the_contest_is_refused(chair, state):
    chair.call.entries.filter(slug="a").update(state=state)
    with pytest.raises(NotInThePrize):
        won(chair)


def test_decide_for_a_project_of_another_call_or_for_none_is_refused(chair):
    prize = chair.call.prizes.get()
    for entry in (EntryFactory().pk, None):
        with pytest.raises(NotInThePrize):
            decide(prize_id=prize.pk, choice=Choice("winner", entry), by=chair.user, now=DECIDED)


def test_decide_twice_or_for_too_many_is_refused(chair):
    won(chair)
    with pytest.raises(PrizeTaken):
        won(chair)
    in_the_room(chair)
    with pytest.raises(PrizeTaken):
        won(chair, "b", reason="Un de plus.")
    assert won(chair, "b", kind="mention").follows_tally


def test_decide_replaces_and_never_edits(chair):
    first = won(chair)
    in_the_room(chair)
    second = won(chair, "b", reason="Après relecture.", replaces=first.pk)
    assert list(Decision.objects.standing()) == [second]
    assert Decision.objects.count() == 2
    with pytest.raises(DecisionReplaced):
        won(chair, "b", reason="Fenêtre restée ouverte.", replaces=first.pk)
    first.reason = "Autre"
    with pytest.raises(AppendOnly):
        first.save()
    with pytest.raises(AppendOnly):
        first.delete()


def test_decide_about_a_project_that_one_stepped_back_from_is_refused(chair):
    judged = first_round(chair.call)
    entry = chair.call.entries.get(slug="a")
    recuse(round_id=judged.pk, juror_id=chair.pk, entry_id=entry.pk, reason="Je les connais.", by=chair.user, now=AFTER)
    with pytest.raises(BarredFromDeciding):
        won(chair)


def test_take_back_opens_the_prize_again(chair):
    decision = won(chair)
    with pytest.raises(ReasonMissing):
        take_back(decision_id=decision.pk, reason="", by=chair.user, now=DECIDED)
    take_back(decision_id=decision.pk, reason="Erreur de saisie.", by=chair.user, now=DECIDED)
    assert not Decision.objects.standing().exists()
    with pytest.raises(DecisionReplaced):
        take_back(decision_id=decision.pk, reason="Encore.", by=chair.user, now=DECIDED)
    assert won(chair).entry.slug == "a"


def test_decide_after_the_applicants_were_told_is_refused(chair):
    decision = won(chair)
    planned = plan(call_id=chair.call.pk, plan=Plan(TELL, PUBLIC), by=chair.user, now=DECIDED)
    assert tell(announcement_id=planned.pk, now=TELL)
    with pytest.raises(AlreadyTold):
        won(chair, "b", kind="mention")
    with pytest.raises(AlreadyTold):
        take_back(decision_id=decision.pk, reason="Trop tard.", by=chair.user, now=TELL)
