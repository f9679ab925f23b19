"""Beside the marks over HTTP: what is kept, shown, and seen by the chair."""

import pytest
from django.urls import reverse

from awards.models import Category, Criterion, FinishedRound, ReadingNote, Scorecard
from tests.factories.awards import AssignmentFactory, EntryFactory, JurorFactory, score
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def pair(juror):
    return AssignmentFactory(juror=juror, entry=EntryFactory(call=juror.call, slug="perceuse"))


def sheet(name="jury-entry"):
    return reverse(name, args=["prix", "perceuse"])


def text(response):
    return " ".join(response.content.decode().split())


def test_put_star_keeps_it_and_the_list_shows_it(at_the_desk, during, pair):
    assert at_the_desk.post(sheet("jury-star"), {"star": "1"}).url == sheet()
    assert "★" in text(at_the_desk.get("/jury/prix/"))
    assert at_the_desk.post(sheet("jury-star"), {"home": "1"}).url == "/jury/prix/"
    assert not ReadingNote.objects.get().is_starred


def test_put_flag_is_for_the_chair(client, at_the_desk, during, pair, chair):
    assert at_the_desk.get(sheet("jury-flag")).status_code == 200
    assert at_the_desk.post(sheet("jury-flag"), {"flag": "Un fichier vide."}).url == sheet()
    assert at_the_desk.post(sheet("jury-flag"), {"flag": "x" * 501}).status_code == 422
    client.force_login(chair.user)
    assert "Un fichier vide." in text(client.get("/jury/prix/chair/flags/"))


def test_not_judge_asks_why_and_is_taken_back(at_the_desk, during, pair):
    assert at_the_desk.get(sheet("jury-abstain")).status_code == 200
    assert at_the_desk.post(sheet("jury-abstain"), {"reason": ""}).status_code == 422
    assert at_the_desk.post(sheet("jury-abstain"), {"reason": "Hors de mon domaine."}).url == "/jury/prix/"
    page = text(at_the_desk.get(sheet()))
    assert "Hors de mon domaine." in page
    assert 'type="radio"' not in page
    at_the_desk.post(sheet("jury-abstain"), {"back": "1"})
    assert Scorecard.objects.get().state == "draft"


def test_not_judge_says_when_the_round_is_over(at_the_desk, after, pair):
    response = at_the_desk.post(sheet("jury-abstain"), {"reason": "Hors de mon domaine."})
    assert response.status_code == 422
    assert 'role="alert"' in text(response)


def test_flags_show_abstentions_only_after_the_chairs_own_cards(client, at_the_desk, during, pair, chair):
    own = AssignmentFactory(juror=chair, entry=pair.entry)
    at_the_desk.post(sheet("jury-abstain"), {"reason": "Hors de mon domaine."})
    client.force_login(chair.user)
    assert "Hors de mon domaine." not in text(client.get("/jury/prix/chair/flags/"))
    score(own, 3, 3)
    assert "Hors de mon domaine." in text(client.get("/jury/prix/chair/flags/"))


def test_be_finished_once_every_card_is_in(at_the_desk, during, pair):
    at_the_desk.post("/jury/prix/finished/")
    assert not FinishedRound.objects.exists()
    score(pair, 3, 3)
    assert "/jury/prix/finished/" in text(at_the_desk.get("/jury/prix/"))
    at_the_desk.post("/jury/prix/finished/")
    assert FinishedRound.objects.get().juror == pair.juror


def test_others_are_shown_after_ones_own_and_only_if_the_round_says_so(at_the_desk, during, pair):
    other = AssignmentFactory(juror=JurorFactory(call=pair.juror.call, name="Marthe Quint"), entry=pair.entry)
    score(other, 5, 5)
    pair.round.peers_visible = True
    pair.round.save()
    assert "Marthe Quint" not in text(at_the_desk.get(sheet()))
    score(pair, 1, 2)
    assert "Marthe Quint" in text(at_the_desk.get(sheet()))
    pair.round.peers_visible = False
    pair.round.save()
    assert "Marthe Quint" not in text(at_the_desk.get(sheet()))


def test_card_shows_when_which_mark_is_given_and_its_own_history(at_the_desk, during, pair):
    impact = Criterion.objects.get(rubric=pair.round.rubric, slug="impact")
    impact.levels = {"fr": "Rien\nPeu", "en": "Nothing\nLittle"}
    impact.save()
    page = text(at_the_desk.get(sheet()))
    assert "<li>Rien</li><li>Peu</li>" in page
    score(pair, 1, 2)
    assert "→ <b>2</b>" in text(at_the_desk.get(sheet()))


def test_texts_for_others_are_saved_with_the_card(at_the_desk, during, pair):
    typed = {"version": 0, "mark-impact": "4", "comment": "", "note-private": "Pour moi", "note-applicant": "Bravo"}
    at_the_desk.post(sheet("jury-autosave"), typed)
    saved = at_the_desk.get(sheet("jury-autosave")).json()["card"]["notes"]
    assert saved == {"private": "Pour moi", "jury": "", "applicant": "Bravo"}
    at_the_desk.post(sheet(), {"version": 1, "mark-spread": "2", "mark-impact": "4", "submit": "1", "note-private": ""})
    saved = at_the_desk.get(sheet("jury-autosave")).json()["card"]["notes"]
    assert saved == {"private": "", "jury": "", "applicant": "Bravo"}


def test_card_asks_for_a_comment_if_the_rubric_does(at_the_desk, during, pair):
    pair.round.rubric.needs_comment = True
    pair.round.rubric.save()
    typed = {"version": 0, "mark-impact": "4", "mark-spread": "4", "comment": " ", "submit": "1"}
    assert at_the_desk.post(sheet(), typed).status_code == 422
    assert at_the_desk.post(sheet(), typed | {"comment": "Solide."}).status_code == 302


def test_criteria_without_weight_may_stay_open_and_are_asked_in_their_categories(at_the_desk, during, pair):
    rubric = pair.round.rubric
    apart = Criterion.objects.create(
        rubric=rubric, slug="joy", name={"fr": "Joie", "en": "Joy"}, weight=0, is_optional=True, sort_order=5
    )
    typed = {"version": 0, "mark-impact": "4", "mark-spread": "4", "comment": "", "submit": "1"}
    assert 'name="mark-joy"' in text(at_the_desk.get(sheet()))
    assert at_the_desk.post(sheet(), typed).status_code == 302
    other = Category.objects.create(call=pair.juror.call, slug="other", name={"fr": "Autre", "en": "Other"})
    apart.categories.add(other)
    apart.save()
    assert 'name="mark-joy"' not in text(at_the_desk.get(sheet()))
