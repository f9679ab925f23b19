"""The chair's buttons over HTTP: who reads what, who is late, who did what."""

import re

import pytest
from django.utils.html import strip_tags

from awards.jury import access
from awards.jury.scoring import recuse
from awards.models import Assignment
from festival.models import OutgoingMail
from tests.factories.awards import DURING, AssignmentFactory, EntryFactory, JurorFactory, score
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
CHAIR = "/jury/prix/chair/"


def text(response):
    return " ".join(response.content.decode().split()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
@remembered
def pair(juror):
    return AssignmentFactory(juror=juror, entry=EntryFactory(call=juror.call, slug="perceuse"))


@pytest.fixture
@remembered
def owed(chair):
    """The chair still owes a card."""
    return AssignmentFactory(juror=chair, entry=EntryFactory(call=chair.call, slug="metier"))


def test_the_board_leads_to_every_button(in_the_chair, during, pair):
    page = text(in_the_chair.get(CHAIR))
    addresses = ("remind/", "share-out/", "grid/", "log/", f"jurors/{pair.juror.slug}/")
    assert all(f'href="{CHAIR}{address}"' in page for address in addresses)


def test_juror_shows_what_they_read_and_gives_on_what_is_not_in(in_the_chair, during, juror, pair):
    done = AssignmentFactory(juror=juror)
    score(done, 3, 3)
    page = text(in_the_chair.get(f"{CHAIR}jurors/{juror.slug}/"))
    assert f'href="{CHAIR}assignments/{pair.pk}/"' in page
    assert f'href="{CHAIR}assignments/{done.pk}/"' not in page
    assert "Rendue" in page or "Rendu" in page


def test_juror_tells_a_chair_who_owes_a_card_nothing_of_single_projects(in_the_chair, during, juror, pair, owed):
    done = AssignmentFactory(juror=juror)
    score(done, 3, 3)
    page = text(in_the_chair.get(f"{CHAIR}jurors/{juror.slug}/"))
    assert "Rendu" not in page
    assert "À lire" not in page
    assert all(f"assignments/{each.pk}/" in page for each in (pair, done))


def test_juror_and_pairs_of_another_call_are_not_found(in_the_chair, during, pair):
    other = AssignmentFactory()
    assert in_the_chair.get(f"{CHAIR}jurors/{other.juror.slug}/", follow=True).status_code == 404
    assert in_the_chair.get(f"{CHAIR}assignments/{other.pk}/", follow=True).status_code == 404


def test_give_on_offers_who_can_and_moves_the_project(in_the_chair, during, juror, pair):
    barred, able = JurorFactory(call=juror.call, name="Anne"), JurorFactory(call=juror.call, name="Brune")
    recuse(juror_id=barred.pk, entry_id=pair.entry_id, round_id=pair.round_id, reason="x", by=None, now=DURING)
    address = f"{CHAIR}assignments/{pair.pk}/"
    page = text(in_the_chair.get(address))
    assert "Brune, lit 0 projet" in page
    assert "Anne" not in page
    assert in_the_chair.post(address, {"juror": barred.pk}).status_code == 422
    assert in_the_chair.post(address, {}).status_code == 422
    assert in_the_chair.post(address, {"juror": able.pk}).status_code == 302
    assert Assignment.objects.get().juror == able


def test_give_on_a_card_that_is_in_says_why_not(in_the_chair, during, juror, pair):
    score(pair, 3, 3)
    other = JurorFactory(call=juror.call)
    response = in_the_chair.post(f"{CHAIR}assignments/{pair.pk}/", {"juror": other.pk})
    assert (response.status_code, "est rendue" in text(response)) == (422, True)


@pytest.mark.parametrize("place", ["assignments/{}/", "remind/"])
def test_what_a_chair_chose_outlives_the_session(in_the_chair, chair, during, juror, pair, place):
    other = JurorFactory(call=juror.call)
    address = CHAIR + place.format(pair.pk)
    chosen = {"juror": other.pk, "jurors": []} if "{" in place else {"jurors": []}
    in_the_chair.logout()
    assert in_the_chair.post(address, chosen | {"typed_by": chair.user_id}).status_code == 302
    waiting = in_the_chair.session[access.TYPED]
    in_the_chair.force_login(chair.user)
    session = in_the_chair.session
    session[access.TYPED] = waiting
    session.save()

    page = text(in_the_chair.get(address))

    checked = re.findall(r"<input[^>]* checked[^>]*>", page)
    assert [f'value="{other.pk}"' in each for each in checked] == ([True] if "{" in place else [])
    sent = {"juror": other.pk, "jurors": [juror.pk]}
    assert in_the_chair.post(address, sent).status_code == 302
    assert in_the_chair.session[access.TYPED] == {}


def test_the_juror_is_told_that_the_project_was_given_on(client, during, juror, pair):
    score(pair, 3, 3, submit=False)
    other, chair = JurorFactory(call=juror.call), JurorFactory(call=juror.call, is_chair=True)
    client.force_login(chair.user)
    client.post(f"{CHAIR}assignments/{pair.pk}/", {"juror": other.pk})
    client.force_login(juror.user)
    page = text(client.get("/jury/prix/entries/perceuse/"))
    assert "confié à un autre membre du jury" in page
    assert 'name="mark-impact"' not in page
    assert "Confié à quelqu’un d’autre" in text(client.get("/jury/prix/"))
    client.force_login(other.user)
    assert "checked" not in text(client.get("/jury/prix/entries/perceuse/"))


def test_remind_shows_the_mail_and_writes_to_those_who_are_chosen(in_the_chair, during, juror, pair):
    english = AssignmentFactory(juror__call=juror.call, juror__languages="en").juror
    page = text(in_the_chair.get(f"{CHAIR}remind/"))
    assert "Il manque encore 1 évaluation : Les Prix" in page
    assert "1 scorecard is still missing: Awards" in page
    assert page.count("pas encore de relance") == 2
    assert in_the_chair.post(f"{CHAIR}remind/", {"jurors": [juror.pk]}).status_code == 302
    assert OutgoingMail.objects.get().to == juror.user.email
    page = text(in_the_chair.get(f"{CHAIR}remind/"))
    assert "dernière relance le samedi 20 mars à 10 h" in strip_tags(page)
    assert f'value="{juror.pk}"' not in page
    assert f'value="{english.pk}"' in page
    assert in_the_chair.post(f"{CHAIR}remind/", {"jurors": [juror.pk]}).status_code == 422
    assert OutgoingMail.objects.count() == 1


def test_remind_nobody_says_to_choose_or_that_all_is_in(in_the_chair, during, juror, pair):
    assert "Choisissez à qui écrire" in text(in_the_chair.post(f"{CHAIR}remind/", {}))
    score(pair, 3, 3)
    assert "Personne n’est en retard" in text(in_the_chair.get(f"{CHAIR}remind/"))


def test_log_tells_who_did_what(in_the_chair, during, juror, pair):
    in_the_chair.post(f"{CHAIR}remind/", {"jurors": [juror.pk]})
    assert f"{juror.name} a reçu une relance." in text(in_the_chair.get(f"{CHAIR}log/"))
