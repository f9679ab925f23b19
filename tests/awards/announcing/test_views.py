"""The chair's screen of the announcement."""

import pytest

from awards.announcing.telling import tell
from awards.models import Announcement
from festival.text.texts import Text
from tests.factories.awards import EntryFactory, JurorFactory
from tests.factories.deciding import TELL, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
SCREEN = "/jury/prix/chair/announcement/"
TYPED = {"tell_at": "2027-04-20 09:00", "publish_at": "2027-04-21 11:00", "names_jury": "on", "text_fr": "Bravo."}


@pytest.fixture
@remembered
def chair():
    return frozen()


@pytest.fixture
def screen(client, chair, settings):
    settings.FESTIVAL_CLOCK = "2027-04-06T12:00"
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(chair.user)
    return client


def test_announcement_is_for_the_chair_only(client, screen, chair):
    assert screen.get(SCREEN).status_code == 200
    client.force_login(JurorFactory(call=chair.call).user)
    assert client.get(SCREEN).status_code == 403


def test_announcement_says_what_is_undecided_and_keeps_what_was_typed(screen):
    answer = screen.post(SCREEN, TYPED)
    assert answer.status_code == 422
    assert "Prix d’or" in answer.content.decode()
    assert "Bravo." in answer.content.decode()
    assert screen.post(SCREEN, TYPED | {"tell_at": ""}).status_code == 422
    assert not Announcement.objects.exists()


def test_announcement_is_planned_with_the_mails_to_read_before(screen, chair):
    won(chair)
    assert screen.post(SCREEN, TYPED).url == SCREEN
    planned = Announcement.objects.get()
    assert (planned.tell_at, planned.names_jury, planned.word) == (TELL, True, Text({"fr": "Bravo."}))
    page = screen.get(SCREEN)
    assert page.context["previews"][0][1].startswith("Votre projet")
    assert len(page.context["previews"]) == 3
    screen.post(SCREEN, TYPED | {"text_fr": ""})
    assert Announcement.objects.get().word == Text({})


def test_announcement_that_was_told_can_only_be_withdrawn(screen, chair, settings):
    won(chair)
    screen.post(SCREEN, TYPED)
    tell(announcement_id=Announcement.objects.get().pk, now=TELL)
    settings.FESTIVAL_CLOCK = "2027-04-20T12:00"
    assert screen.post(SCREEN, TYPED).status_code == 409
    screen.post(f"{SCREEN}withdraw/", {"text_fr": ""})
    assert Announcement.objects.filter(withdrawn_at=None).exists()
    assert screen.post(f"{SCREEN}withdraw/", {"text_fr": "Une erreur."}).url == SCREEN
    assert Announcement.objects.get().notice == Text({"fr": "Une erreur."})
    assert screen.post(f"{SCREEN}withdraw/", {"text_fr": "Encore."}).status_code == 404


def test_announcement_costs_the_same_for_three_projects_and_for_six(screen, chair, django_assert_num_queries):
    won(chair)
    screen.get(SCREEN)
    with django_assert_num_queries(QUERIES):
        screen.get(SCREEN)
    for _each in range(3):
        EntryFactory(call=chair.call)
    with django_assert_num_queries(QUERIES):
        screen.get(SCREEN)


QUERIES = 14
