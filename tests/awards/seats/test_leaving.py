"""The chair changes hands; who leaves the jury gives back what is not handed in."""

import pytest

from awards.exceptions.seats import NotSeated
from awards.jury import invariants
from awards.jury.queries import seat_of
from awards.models import Assignment, Juror
from awards.seats.leaving import Departure, leave, make_chair
from festival.models import AuditEntry
from tests.factories.awards import AFTER, DURING, AssignmentFactory, JurorFactory, score

pytestmark = pytest.mark.django_db


def test_make_chair_replaces_the_former(call, office, asked):
    former, new = JurorFactory(call=call, is_chair=True), JurorFactory(call=call)
    for _ in range(2):
        make_chair(juror_id=new.pk, by=office, now=DURING)
    assert list(Juror.objects.filter(is_chair=True)) == [new]
    assert AuditEntry.objects.get(verb="juror.put_in_the_chair").facts["former"] == str(former.uuid)
    with pytest.raises(NotSeated):
        make_chair(juror_id=asked.pk, by=office, now=DURING)


def test_leave_gives_back_what_is_not_handed_in(call, office):
    juror = JurorFactory(call=call, is_chair=True)
    done, begun, _untouched = (AssignmentFactory(juror=juror) for _ in range(3))
    score(done, 3, 3)
    score(begun, 3, 3, submit=False)
    assert leave(juror_id=juror.pk, by=office, now=DURING) == Departure(2, 1)
    assert leave(juror_id=juror.pk, by=office, now=DURING) == Departure(0, 1)
    assert dict(Assignment.objects.values_list("pk", "state")) == {done.pk: "open", begun.pk: "reassigned"}
    juror.refresh_from_db()
    assert (juror.state, juror.is_chair, juror.left_at) == ("left", False, DURING)
    assert seat_of(juror.user, "prix") is None
    assert invariants.violations() == []


def test_leave_touches_no_round_that_is_over_and_nobody_who_is_only_asked(call, office, asked):
    juror = JurorFactory(call=call)
    AssignmentFactory(juror=juror)
    assert leave(juror_id=juror.pk, by=office, now=AFTER) == Departure(0, 0)
    assert Assignment.objects.count() == 1
    with pytest.raises(NotSeated):
        leave(juror_id=asked.pk, by=office, now=AFTER)
