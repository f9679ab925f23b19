"""The screens of the ceremony: no page has a winner before the reveal."""

from datetime import timedelta

import pypdfium2
import pytest

from awards.announcing.publishing import Plan, plan
from awards.announcing.telling import tell
from awards.models import Announcement, CeremonyStep
from tests.factories.awards import JurorFactory
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
SCREEN = "/jury/prix/chair/ceremony/"
STAGE = f"{SCREEN}stage/"
WINNER = "Projet a"


@pytest.fixture
@remembered
def chair():
    found = frozen()
    won(found)
    wanted = Plan(TELL, PUBLIC, at_last_reveal=True)
    announcement = plan(call_id=found.call.pk, plan=wanted, by=found.user, now=DECIDED)
    tell(announcement_id=announcement.pk, now=TELL)
    return found


@pytest.fixture
def screen(client, chair, settings):
    settings.FESTIVAL_CLOCK = (TELL + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M")
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(chair.user)
    return client


def words(answer):
    return answer.content.decode()


@pytest.mark.parametrize("address", [SCREEN, STAGE, f"{SCREEN}running-order.pdf"])
def test_ceremony_is_for_the_chair_only(client, screen, chair, address):
    assert screen.get(address).status_code == 200
    client.force_login(JurorFactory(call=chair.call).user)
    assert client.get(address).status_code == 403


def test_running_order_is_arranged_by_buttons(screen, chair):
    screen.post(SCREEN, {"do": "lay_out"})
    assert screen.post(SCREEN, {"title": " ", "presenter": "Nadia"}).status_code == 422
    assert screen.post(SCREEN, {"title": "Accueil", "presenter": "Nadia"}).url == SCREEN
    welcome = CeremonyStep.objects.get(title="Accueil")
    screen.post(SCREEN, {"do": "up", "step": welcome.pk})
    page = words(screen.get(SCREEN))
    assert page.index("Accueil") < page.index("Prix d’or")
    assert WINNER not in page
    own = f"{SCREEN}steps/{welcome.pk}/"
    assert screen.get(own).status_code == 200
    assert screen.post(own, {"title": ""}).status_code == 422
    screen.post(own, {"title": "Ouverture", "note": "Lumière basse."})
    assert "Lumière basse." in words(screen.get(SCREEN))
    screen.post(SCREEN, {"do": "down", "step": welcome.pk})
    screen.post(SCREEN, {"do": "remove", "step": welcome.pk})
    assert not CeremonyStep.objects.filter(pk=welcome.pk).exists()
    assert screen.post(SCREEN, {"do": "up", "step": "9999"}).status_code == 404
    assert screen.post(SCREEN, {"do": "nothing"}).url == SCREEN


def test_step_of_another_call_is_not_there(screen):
    other = CeremonyStep.objects.create(call=frozen(slug="other").call, place=0, title="Film")
    assert screen.get(f"{SCREEN}steps/{other.pk}/").status_code == 404
    assert screen.post(SCREEN, {"do": "remove", "step": other.pk}).status_code == 404


def test_stage_names_nobody_before_the_ceremony_begins_nor_before_the_reveal(screen):
    screen.post(SCREEN, {"do": "lay_out"})
    last = screen.get(STAGE).context["show"].last
    finalists = 2
    for number in [each for each in range(last + 1) if each != finalists]:
        assert WINNER not in words(screen.get(f"{STAGE}{number}/"))
    assert screen.post(SCREEN, {"do": "begin"}).url == STAGE
    named = [number for number in range(last + 1) if WINNER in words(screen.get(f"{STAGE}{number}/"))]
    assert named == [finalists, last - 1]
    assert screen.get(f"{STAGE}{last + 1}/").status_code == 404


def test_stage_publishes_with_the_last_reveal(screen, settings):
    screen.post(SCREEN, {"do": "lay_out"})
    screen.post(SCREEN, {"do": "begin"})
    assert "Le dire à tout le monde" in words(screen.get(SCREEN))
    assert screen.get("/fr/prix/palmares/").content.decode().count(WINNER) == 0
    answer = screen.post(f"{STAGE}3/", HTTP_ACCEPT="application/json")
    assert answer.json() == {"published": True}
    assert Announcement.objects.get().publish_at < PUBLIC
    assert screen.post(f"{STAGE}3/").url == f"{STAGE}3/"
    assert "Le dire à tout le monde" not in words(screen.get(SCREEN))


def test_begin_that_is_refused_says_why(screen):
    answer = screen.post(SCREEN, {"do": "begin"}, follow=True)
    assert "ne figurent pas dans le déroulé" in words(answer)
    screen.post(SCREEN, {"do": "lay_out"})
    screen.post(SCREEN, {"do": "begin"})
    assert "nomme les lauréats" in words(screen.get(SCREEN))
    screen.post(SCREEN, {"do": "rehearse"})
    assert "répète" in words(screen.get(SCREEN))
    assert screen.post(SCREEN, {"do": "end"}).url == SCREEN


def test_paper_for_the_host_names_the_winner_and_says_that_it_is_confidential(screen, settings):
    screen.post(SCREEN, {"do": "lay_out"})
    answer = screen.get(f"{SCREEN}running-order.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="running-order-prix.pdf"'
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    assert "Confidentiel" in text
    assert f"Lauréat : {WINNER}" in text.replace("\N{NO-BREAK SPACE}", " ")
