"""The screen of the queue: one decision for many, faults beside the field, what is refused says why."""

import pytest
from django.urls import reverse

from awards.models import Entry, Screening
from festival.models import User
from tests.factories.awards import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.FESTIVAL_CLOCK = "2027-03-02T10:00"
    client.force_login(User.objects.create_superuser("admin@example.org"))
    return client


def test_many_are_decided_at_once(staff, entry):
    other = EntryFactory(call=entry.call, state=Entry.State.SUBMITTED, title=entry.title)
    url = reverse("call:screen", args=[entry.call.pk])
    page = staff.get(url).content.decode()
    assert "2 projets attendent une décision" in page
    assert "presque le même titre" in page
    data = {"entries": [entry.pk, other.pk], "verdict": "eligible"}
    assert "Fait pour 2 projets" in staff.post(url, data, follow=True).content.decode()
    assert set(Entry.objects.values_list("state", flat=True)) == {"eligible"}
    again = staff.post(url, data | {"verdict": "undone"}, follow=True)
    assert "Fait pour 2 projets" in again.content.decode()
    refused = staff.post(url, data | {"verdict": "undone"}, follow=True)
    assert "Aucune décision ne tient" in refused.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"verdict": "eligible"}, "Choisissez les projets."),
        ({"verdict": "ineligible"}, "Donnez la raison"),
        ({"verdict": "changes", "reason": "Le budget."}, "jusqu’à quand"),
    ],
)
def test_faults_stand_beside_the_field_and_what_was_chosen_stays(staff, entry, data, said):
    url = reverse("call:screen", args=[entry.call.pk])
    chosen = {} if "Choisissez" in said else {"entries": [entry.pk]}
    response = staff.post(url, data | chosen)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not chosen or f'value="{entry.pk}" checked' in response.content.decode()
    assert not Screening.objects.exists()
