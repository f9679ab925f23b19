"""A session is opened for booking from the list of sessions."""

import pytest

from festival import roles
from tests.factories.festival import member_of
from tests.factories.program import OccurrenceFactory, SessionFactory
from tests.factories.tickets import NOW, signing_key
from tests.remembered import remembered
from tests.tickets.workshops.sessions import workshop_of
from tests.tickets.workshops.test_booking import book
from tickets.models import Quota

pytestmark = pytest.mark.django_db


@pytest.fixture
def till(client, settings):
    """A browser of the ticket office, on 2 May."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.FESTIVAL_CLOCK = NOW.isoformat()
    client.force_login(member_of(roles.TICKET_OFFICE, roles.EDITORS))
    return client


@pytest.fixture
@remembered
def occurrence(db):
    session = SessionFactory(registration="free", capacity=12)
    signing_key(session.edition)
    return OccurrenceFactory(session=session)


def screen(occurrence):
    return f"/cms/sessions/{occurrence.session_id}/places/"


def typed(occurrence, **changes):
    moments = {"opens": "2027-04-01 10:00", "closes": "2027-05-07 18:00"}
    return moments | {f"size-{occurrence.pk}": "12"} | changes


def test_the_list_of_sessions_leads_there(till, occurrence):
    assert screen(occurrence) in till.get("/cms/snippets/program/session/").content.decode()


def test_three_clicks_from_the_session_to_a_booking(till, occurrence):
    page = till.get(screen(occurrence)).content.decode()
    assert 'value="12"' in page  # as many as the session says

    response = till.post(screen(occurrence), typed(occurrence))

    assert response.status_code == 302
    occurrence.refresh_from_db()
    assert workshop_of(occurrence).stock.size == 12
    assert book(occurrence).state == "paid"


@pytest.mark.parametrize(
    "change",
    [
        {"closes": "2027-03-01 10:00"},
        {"opens": "demain"},
        {"size": ""},
        {"size": "0"},
        {"size": "-3"},
    ],
)
def test_what_cannot_be_is_said_beside_the_field(till, occurrence, change):
    if "size" in change:
        change = {f"size-{occurrence.pk}": change["size"]}

    response = till.post(screen(occurrence), typed(occurrence, **change))

    assert response.status_code == 422
    assert not Quota.objects.exists()


def test_fewer_than_are_taken_is_refused(till, occurrence):
    till.post(screen(occurrence), typed(occurrence))
    book(occurrence, places=2)

    response = till.post(screen(occurrence), typed(occurrence, **{f"size-{occurrence.pk}": "1"}))

    assert response.status_code == 422
    assert Quota.objects.get().size == 12


def test_a_session_without_registration_says_what_to_do(till, occurrence):
    type(occurrence.session).objects.update(registration="none")

    assert "Ouvrir la séance" in till.get(screen(occurrence)).content.decode()


def test_a_session_without_a_time_has_nothing_to_open(till, db):
    session = SessionFactory()

    assert "n’a pas encore d’horaire" in till.get(f"/cms/sessions/{session.pk}/places/").content.decode()
