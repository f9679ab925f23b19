"""The screens of the feedback."""

import pytest

from awards.models import Entry, FeedbackComment, FeedbackRelease
from tests.awards.feedback.conftest import card_of
from tests.factories.awards import JurorFactory
from tests.factories.deciding import PUBLIC

pytestmark = pytest.mark.django_db
SCREEN = "/jury/prix/chair/feedback/"
ROUND = f"{SCREEN}1/"


@pytest.fixture
def screen(client, chair, settings):
    settings.FESTIVAL_CLOCK = PUBLIC.strftime("%Y-%m-%dT%H:%M")
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(chair.user)
    return client


def words(answer):
    return answer.content.decode()


def open_own(client, slug):
    entry = Entry.objects.get(slug=slug)
    session = client.session
    session["applicant"] = {"uuid": str(entry.applicant.uuid), "at": 10**11}
    session.save()
    return f"/fr/prix/candidater/prix/{entry.uuid}/"


def test_feedback_is_for_the_chair_only(client, screen, chair):
    assert screen.get(SCREEN).status_code == 200
    assert screen.get(f"{SCREEN}7/").status_code == 404
    client.force_login(JurorFactory(call=chair.call).user)
    assert client.get(SCREEN).status_code == 403


def test_chair_lets_through_holds_back_and_releases(screen, chair):
    page = words(screen.get(SCREEN))
    assert "Très clair." in page
    assert "Pour moi." not in page
    card = card_of("a").pk
    assert screen.post(ROUND, {"do": "let_through", "card": card, "text": " "}).status_code == 422
    assert screen.post(ROUND, {"do": "let_through", "card": card, "text": "Clair."}).url == ROUND
    assert FeedbackComment.objects.get().text == "Clair."
    assert "modifié" in words(screen.get(ROUND))
    screen.post(ROUND, {"do": "hold_back", "card": card, "text": ""})
    assert not FeedbackComment.objects.exists()
    screen.post(ROUND, {"do": "release", "shows_place": "on"})
    made = FeedbackRelease.objects.get()
    assert (made.shows_place, made.shows_comments) == (True, False)
    assert "Changer ce qui est montré" in words(screen.get(ROUND))


@pytest.mark.parametrize("pressed", ["let_through", "hold_back", "nothing"])
def test_card_of_elsewhere_is_not_there(screen, chair, pressed):
    assert screen.post(ROUND, {"do": pressed, "card": "99999", "text": "a"}).status_code == 404
    assert screen.post(ROUND, {"do": pressed, "card": "x", "text": "a"}).status_code == 422


def test_card_with_nothing_for_the_applicant_is_not_there(screen):
    assert screen.post(ROUND, {"do": "let_through", "card": card_of("c").pk, "text": "a"}).status_code == 404


def test_release_before_the_announcement_says_why_not(screen, settings):
    settings.FESTIVAL_CLOCK = "2027-04-06T12:00"
    answer = screen.post(ROUND, {"do": "release"}, follow=True)
    assert "ne connaissent pas encore" in words(answer)


def test_applicant_reads_the_own_feedback_and_no_juror(client, screen, chair):
    screen.post(ROUND, {"do": "let_through", "card": card_of("a").pk, "text": "Clair."})
    screen.post(ROUND, {"do": "release", "shows_place": "on", "shows_comments": "on"})
    own = open_own(client, "a")
    assert f"{own}retours/" in words(client.get(f"{own}suivi/"))
    page = words(client.get(f"{own}retours/"))
    assert "Clair." in page
    assert "sur 6 projets" in page or "tiers de la catégorie" in page
    assert chair.name not in page
    assert "Très clair." not in page
    assert client.get(f"{open_own(client, 'b')}retours/").status_code == 200
    assert client.get(f"{own}retours/").status_code == 404


def test_applicant_finds_nothing_before_the_release(client, screen):
    own = open_own(client, "a")
    assert client.get(f"{own}retours/").status_code == 404
    assert "retours" not in words(client.get(f"{own}suivi/"))
