"""The places of a session on its page and on its card: as the shop counts them now, with the way to book."""

import pytest
from django.urls import reverse
from django.utils import translation

from festival.pages.offers import PlaceOffer
from tests.factories.program import OccurrenceFactory, SessionFactory, paris, released
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
OFFERS: dict[str, PlaceOffer] = {}
OPENS, CLOSES = paris("2027-01-12T10:00"), paris("2027-05-02T14:00")


def offers():
    """Answer the hook PLACES_ON_OFFER."""
    return OFFERS


@pytest.fixture(autouse=True)
def shop(settings, no_shop):
    settings.PLACES_ON_OFFER = f"{__name__}.offers"
    settings.FESTIVAL_CLOCK = "2027-05-02T11:30"
    OFFERS.clear()


@pytest.fixture
@remembered
def occurrence(db):
    return session()


def session(*, waitlist=True, registration="free", **fields):
    found = SessionFactory(registration=registration, waitlist=waitlist, capacity=12)
    occurrence = OccurrenceFactory(
        session=found, starts_at=paris("2027-05-02T14:00"), ends_at=paris("2027-05-02T15:00"), **fields
    )
    released()
    return occurrence


def page_of(client, occurrence, language="fr"):
    with translation.override(language):
        return client.get(reverse("program-session", args=[occurrence.session.slug])).content.decode()


def offer(occurrence, word="", opens=OPENS, closes=CLOSES):
    OFFERS[str(occurrence.uuid)] = PlaceOffer(word, opens, closes)


@pytest.mark.parametrize(("language", "button"), [("fr", "Réserver ma place"), ("en", "Book my place")])
def test_a_session_with_places_leads_to_them(client, occurrence, language, button):
    offer(occurrence)

    html = page_of(client, occurrence, language)

    assert button in html
    with translation.override(language):
        assert reverse("tickets-workshop", args=[occurrence.uuid]) in html
    assert "mailto:" not in html.split("<main")[1].split("</main")[0]


def test_a_full_session_leads_to_its_waiting_list(client, occurrence):
    offer(occurrence, "full")

    html = page_of(client, occurrence)

    assert "Cette séance est complète" in html
    assert "Me prévenir si une place se libère" in html
    assert "Réserver ma place" not in html


def test_a_full_session_without_a_list_leads_nowhere(client):
    occurrence = session(waitlist=False)
    offer(occurrence, "full")

    assert str(occurrence.uuid) not in page_of(client, occurrence).split('class="row"')[1].split("<button")[0]


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [(paris("2027-05-02T12:00"), CLOSES, "réservent à partir du"), (OPENS, paris("2027-05-02T11:30"), "")],
)
def test_outside_its_time_nothing_is_booked(client, occurrence, opens, closes, said):
    offer(occurrence, opens=opens, closes=closes)

    html = page_of(client, occurrence)

    assert "Réserver ma place" not in html
    assert said in html


def test_what_is_booked_elsewhere_names_the_address(client, occurrence):
    OFFERS[str(occurrence.uuid)] = PlaceOffer("last", None, None)

    html = page_of(client, occurrence)

    assert "Réserver ma place" not in html
    assert "Il ne reste que quelques places" in html


def test_cards_say_what_the_shop_counts_now(client, occurrence):
    for word, said in (("", "sur inscription"), ("last", "dernières places"), ("full", "complet, liste d’attente")):
        OFFERS.clear()
        offer(occurrence, word)
        assert said in client.get("/fr/programme/2027-05-02/?w=" + word).content.decode()


def test_a_cancelled_session_has_no_places(client):
    occurrence = session(cancelled_at=paris("2027-05-01T10:00"))
    offer(occurrence, "last")

    html = page_of(client, occurrence)

    assert "Réserver ma place" not in html
    assert "quelques places" not in html


def test_a_session_by_invitation_has_no_word(client):
    occurrence = session(registration="invitation")
    offer(occurrence, "full")

    assert "complète" not in page_of(client, occurrence)
