"""The running order with what was decided."""

import pytest

from awards.ceremony.placing import Details, add, change, lay_out
from awards.ceremony.queries import lines_of, show_of, without_place
from awards.ceremony.rules import Beat, Scene
from awards.models import Category, Entry
from tests.factories.awards import both
from tests.factories.deciding import DECIDED, PrizeFactory, frozen, in_the_room, won

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair():
    found = frozen()
    lay_out(call_id=found.call.pk, by=found.user, now=DECIDED)
    return found


def test_line_has_finalists_by_title_mentions_and_winners(chair):
    won(chair, "a")
    won(chair, "b", kind="mention")
    line = lines_of(chair.call, DECIDED)[0]
    assert [entry.slug for entry in line.finalists] == ["a", "b"]
    assert [item.entry.slug for item in line.winners] == ["a"]
    assert [item.entry.slug for item in line.mentions] == ["b"]
    assert not line.is_open


def test_project_that_left_the_contest_is_not_shown(chair):
    won(chair)
    Entry.objects.filter(slug="a").update(state=Entry.State.DISQUALIFIED)
    line = lines_of(chair.call, DECIDED)[0]
    assert (line.winners, [entry.slug for entry in line.finalists]) == ((), ["b"])


def test_finalists_are_named_only_where_that_is_wished(chair):
    step = chair.call.ceremony_steps.get()
    change(step_id=step.pk, details=Details(), by=chair.user, now=DECIDED)
    assert lines_of(chair.call, DECIDED)[0].finalists == ()


def test_prize_of_the_public_has_the_finalists_of_all_categories(chair):
    vote = Category.objects.create(call=chair.call, slug="public", name=both("Public"), by_public_vote=True)
    PrizeFactory(call=chair.call, slug="public", category=vote)
    assert [prize.slug for prize in without_place(chair.call)] == ["public"]
    lay_out(call_id=chair.call.pk, by=chair.user, now=DECIDED)
    step = chair.call.ceremony_steps.get(prize__slug="public")
    assert not step.names_finalists
    change(step_id=step.pk, details=Details(names_finalists=True), by=chair.user, now=DECIDED)
    assert len(lines_of(chair.call, DECIDED)[1].finalists) == 2


def test_show_gives_each_scene_its_decision(chair):
    add(call_id=chair.call.pk, details=Details("Musique"), by=chair.user, now=DECIDED)
    won(chair)
    show = show_of(chair.call, DECIDED)
    assert not show.has_begun
    assert not show.publishes
    assert show.decision_of(Scene(Beat.WINNER, 0)).entry.slug == "a"
    assert show.decision_of(Scene(Beat.PRIZE, 0)) is None
    assert show.line_of(Scene(Beat.OPENING)) is None
    assert show.line_of(Scene(Beat.OTHER, 1)).step.title == "Musique"
    assert show.scenes[show.last_reveal].beat == Beat.WINNER
    assert show.last == len(show.scenes) - 1


def test_show_says_that_nobody_wins(chair):
    assert lines_of(chair.call, DECIDED)[0].is_open
    in_the_room(chair)
    won(chair, None, kind="not_awarded", reason="Aucun projet.")
    show = show_of(chair.call, DECIDED)
    assert show.decision_of(show.scenes[show.last_reveal]).reason == "Aucun projet."


@pytest.mark.parametrize("more", [0, 2])
def test_lines_take_a_fixed_number_of_queries(chair, more, django_assert_num_queries):
    for number in range(more):
        PrizeFactory(call=chair.call, slug=f"more-{number}")
    lay_out(call_id=chair.call.pk, by=chair.user, now=DECIDED)
    won(chair)
    with django_assert_num_queries(5):
        lines_of(chair.call, DECIDED)
