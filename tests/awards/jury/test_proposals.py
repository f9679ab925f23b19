"""The plan of a round from its rows, and who can take a project over."""

import pytest

from awards.jury.proposals import candidates_for, plan_of
from awards.jury.scoring import recuse
from awards.models import Entry
from tests.factories.awards import (
    DURING,
    ApplicantFactory,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    first_round,
)
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def call():
    """Three jurors and two projects of which each wants two readers."""
    call = CallFactory()
    for name in ("Ada", "Bela", "Cleo"):
        JurorFactory(call=call, name=name, slug=name.lower())
    for slug in ("drill", "loom"):
        EntryFactory(call=call, slug=slug)
    first_round(call).readers_per_entry = 2
    call.rounds.filter(order=1).update(readers_per_entry=2)
    return call


def test_the_plan_leaves_out_conflicts_and_who_left_the_contest(call):
    judged, ada = first_round(call), call.jurors.get(slug="ada")
    drill = call.entries.get(slug="drill")
    recuse(juror_id=ada.pk, entry_id=drill.pk, round_id=judged.pk, reason="x", by=None, now=DURING)
    Entry.objects.filter(slug="loom").update(state=Entry.State.WITHDRAWN)
    plan = plan_of(judged)
    assert [(line.juror.slug, [entry.slug for entry in line.added]) for line in plan.lines] == [
        ("ada", []),
        ("bela", ["drill"]),
        ("cleo", ["drill"]),
    ]


@pytest.mark.parametrize("field", ["account", "typed"])
def test_nobody_judges_the_own_project(call, field):
    ada = call.jurors.get(slug="ada")
    if field == "typed":
        call.jurors.filter(pk=ada.pk).update(email="ADA@example.org", user=None)
    address = ada.user.email if field == "account" else "ada@example.org"
    Entry.objects.filter(slug="drill").update(applicant=ApplicantFactory(email=address))
    plan = plan_of(first_round(call))
    assert "drill" not in [entry.slug for line in plan.lines if line.juror == ada for entry in line.added]


def test_the_plan_says_who_is_lacking(call):
    call.jurors.exclude(slug="ada").delete()
    plan = plan_of(first_round(call))
    assert sorted((entry.slug, number) for entry, number in plan.lacking) == [("drill", 1), ("loom", 1)]


def test_the_plan_takes_a_fixed_number_of_queries(call, django_assert_num_queries):
    judged = first_round(call)
    with django_assert_num_queries(4):
        plan_of(judged)


def test_candidates_are_the_least_busy_first_without_conflicts(call):
    jurors = {juror.slug: juror for juror in call.jurors.all()}
    drill, loom = call.entries.get(slug="drill"), call.entries.get(slug="loom")
    pair = AssignmentFactory(juror=jurors["ada"], entry=drill)
    AssignmentFactory(juror=jurors["bela"], entry=loom)
    assert [(item.juror.slug, item.load) for item in candidates_for(pair)] == [("cleo", 0), ("bela", 1)]
    recuse(juror_id=jurors["cleo"].pk, entry_id=drill.pk, round_id=pair.round_id, reason="x", by=None, now=DURING)
    assert [item.juror.slug for item in candidates_for(pair)] == ["bela"]
