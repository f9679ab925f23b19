"""What an assignment hangs on, from the rows."""

import pytest

from awards.assignment.circumstances import changes_since, circumstances_of
from awards.jury.assigning import reassign
from awards.jury.scoring import recuse
from awards.models import Entry, Prize, Round
from festival.core.audit import Actor
from tests.factories.awards import (
    DURING,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    first_round,
    score,
)
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def judged():
    """Three jurors, of whom one reads English alone, and two projects."""
    call = CallFactory()
    for name in ("Ada", "Bela"):
        JurorFactory(call=call, name=name, slug=name.lower())
    JurorFactory(call=call, name="Cleo", slug="cleo", languages="en")
    for slug in ("drill", "loom"):
        EntryFactory(call=call, slug=slug, language="fr")
    return first_round(call)


def pair_of(judged, juror, entry):
    return (str(judged.call.jurors.get(slug=juror).uuid), str(judged.call.entries.get(slug=entry).uuid))


def give(judged, juror, entry):
    call = judged.call
    return AssignmentFactory(juror=call.jurors.get(slug=juror), entry=call.entries.get(slug=entry), round=judged)


def test_what_was_begun_stays_what_was_not_is_loose_what_was_closed_is_barred(judged):
    score(give(judged, "ada", "drill"), 1, 1, submit=False)
    give(judged, "bela", "drill")
    stepped_back = give(judged, "ada", "loom")
    recuse(
        juror_id=stepped_back.juror_id,
        entry_id=stepped_back.entry_id,
        round_id=judged.pk,
        reason="x",
        by=None,
        now=DURING,
    )
    begun = give(judged, "bela", "loom")
    score(begun, 1, 1, submit=False)
    cleo = judged.call.jurors.get(slug="cleo")
    reassign(assignment_id=begun.pk, juror_id=cleo.pk, actor=Actor.system("test"), now=DURING)
    demand = circumstances_of(judged).demand
    assert demand.held == {pair_of(judged, "ada", "drill")}
    assert demand.loose == {pair_of(judged, "bela", "drill"), pair_of(judged, "cleo", "loom")}
    assert demand.barred == {pair_of(judged, "ada", "loom"), pair_of(judged, "bela", "loom")}


def test_projects_that_left_the_contest_ask_for_nobody(judged):
    give(judged, "ada", "drill")
    Entry.objects.filter(slug="drill").update(state=Entry.State.WITHDRAWN)
    standing = circumstances_of(judged)
    assert [entry.slug for entry in standing.entries.values()] == ["loom"]
    assert standing.existing == frozenset()


def test_languages_are_respected(judged):
    demand = circumstances_of(judged).demand
    assert [[demand.readers[place].key for place in able] for able in demand.able] == [
        [str(judged.call.jurors.get(slug=slug).uuid) for slug in ("ada", "bela")]
    ] * 2


def test_a_final_is_read_by_the_whole_jury(judged):
    judged.kind = Round.Kind.FINAL
    assert {project.wanted for project in circumstances_of(judged).demand.projects} == {None}


def test_a_prize_across_categories_compares_all_projects(judged):
    assert not circumstances_of(judged).spans_categories
    making = judged.call.categories.get()
    Prize.objects.create(call=judged.call, slug="making", name={"fr": "Fabriquer"}, category=making)
    assert not circumstances_of(judged).spans_categories
    Prize.objects.create(call=judged.call, slug="all", name={"fr": "Grand Prix"})
    assert circumstances_of(judged).spans_categories


def test_it_takes_a_fixed_number_of_queries(judged, django_assert_num_queries):
    give(judged, "ada", "drill")
    judged.call  # noqa: B018 - is fetched along by whoever asks
    with django_assert_num_queries(6):
        circumstances_of(judged).basis()


def test_changes_are_counted_by_kind(judged):
    before = circumstances_of(judged).basis()
    assert changes_since(before, circumstances_of(judged).basis()) == {}
    EntryFactory(call=judged.call)
    give(judged, "ada", "drill")
    judged.call.jurors.filter(slug="bela").update(languages="fr")
    assert changes_since(before, circumstances_of(judged).basis()) == {"jurors": 1, "projects": 1, "assignments": 1}


def test_what_jurors_said_they_can_take_bounds_them(judged):
    ada = judged.call.jurors.get(slug="ada")
    ada.capacity, ada.languages = 2, "fr, en"
    ada.save()
    ada.categories.set(judged.call.categories.filter(slug="making"))
    reader = circumstances_of(judged).demand.readers[0]
    assert (reader.capacity, reader.categories, reader.languages) == (2, {"making"}, {"fr", "en"})


def test_who_was_only_asked_reads_nothing_and_who_left_keeps_what_counts(judged):
    jury = judged.call.jurors
    score(give(judged, "ada", "drill"), 1, 1)
    jury.filter(slug="ada").update(state="left", left_at=DURING)
    jury.filter(slug="bela").update(state="invited", invited_at=DURING)
    found = circumstances_of(judged)
    assert [juror.slug for juror in found.jurors.values()] == ["ada", "cleo"]
    assert found.demand.held == {pair_of(judged, "ada", "drill")}
    assert pair_of(judged, "ada", "loom") in found.demand.barred
    assert found.demand.readers[0].capacity == 1
