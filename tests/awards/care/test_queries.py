"""What is kept and what goes, counted beforehand."""

from datetime import timedelta

import pytest

from awards.care import queries
from awards.models import AnnouncementLetter, Entry, Question, Round
from festival.time import clock
from tests.factories.applying import DraftFactory, EntryFileFactory, MemberFactory
from tests.factories.awards import (
    AFTER,
    DURING,
    AnswerFactory,
    ApplicantFactory,
    AssignmentFactory,
    EntryFactory,
    JurorFactory,
    QuestionFactory,
    first_round,
    score,
)
from tests.factories.deciding import PUBLIC, frozen, won

pytestmark = pytest.mark.django_db
LATER = PUBLIC + timedelta(days=90)


def test_finalists_and_winners_are_announced_and_nobody_else_once_they_are_public():
    chair = frozen()
    call = chair.call
    keys = {entry.slug: entry.pk for entry in call.entries.all()}
    assert queries.announced(call, AFTER) == set()
    assert queries.announced(call, LATER) == {keys["a"], keys["b"]}
    Entry.objects.filter(slug="b").update(state=Entry.State.DISQUALIFIED)
    assert queries.announced(call, LATER) == {keys["a"]}


def test_what_goes_is_counted(django_assert_num_queries):
    chair = frozen()
    call = chair.call
    DraftFactory(entry__call=call)
    kept = call.entries.get(slug="a")
    public = QuestionFactory(call=call, audience=Question.Audience.PUBLIC)
    AnswerFactory(entry=kept, question=public)
    AnswerFactory(entry=kept, question=QuestionFactory(call=call))
    asked = QuestionFactory(call=call, kind=Question.Kind.FILE)
    EntryFileFactory(entry=kept, question=asked)
    MemberFactory(entry=kept)
    with django_assert_num_queries(14):
        going = queries.going(call, LATER)
    assert (going.drafts, going.projects, going.answers, going.files) == (1, 1, 1, 1)
    assert (going.people, going.members, going.announced) == (4, 1, 2)
    assert not going.is_nothing


def test_whom_another_call_keeps_stays():
    here, both = ApplicantFactory(), ApplicantFactory()
    call = EntryFactory(applicant=here).call
    EntryFactory(call=call, applicant=both)
    other = EntryFactory(applicant=both).call
    idle = ApplicantFactory(created_at=call.opens + timedelta(days=1))
    ApplicantFactory(created_at=call.closes + timedelta(days=30))
    assert set(queries.people_of(call)) == {here, idle}
    assert queries.all_people_of(call) == sorted([here, both], key=lambda one: (one.name, one.email))
    other.erased_at = DURING
    other.save()
    assert set(queries.people_of(call)) == {here, both, idle}


def test_a_contest_is_needed_until_all_is_over_and_told():
    chair = frozen()
    call = chair.call
    assert queries.is_needed(call, call.closes)
    assert queries.is_needed(call, DURING)
    over = max(call.rounds.values_list("closes", flat=True)) + timedelta(seconds=1)
    assert not queries.is_needed(call, over)
    won(chair)
    call.announcements.create(tell_at=over, publish_at=over + timedelta(hours=1), created_at=DURING)
    assert queries.is_needed(call, over)
    call.announcements.update(told_at=over)
    assert queries.is_needed(call, over)
    assert not queries.is_needed(call, over + timedelta(hours=2))
    assert AnnouncementLetter.objects.count() == 0


def test_a_juror_is_at_work_while_a_card_is_owed():
    pair = AssignmentFactory()
    assert queries.is_at_work(pair.juror, DURING)
    score(pair, 3, 3)
    assert not queries.is_at_work(pair.juror, DURING)
    AssignmentFactory(juror=pair.juror)
    assert not queries.is_at_work(pair.juror, first_round(pair.juror.call).closes + timedelta(days=1))


def test_who_judges_blind_is_known_while_it_lasts():
    juror = JurorFactory()
    assert not queries.judges_blind(juror.user_id, juror.call, DURING)
    Round.objects.filter(order=1).update(is_blind=True)
    assert queries.judges_blind(juror.user_id, juror.call, DURING)
    assert not queries.judges_blind(juror.user_id, juror.call, AFTER)
    assert not queries.judges_blind(JurorFactory().user_id, juror.call, clock.now())
