"""Certificates over HTTP."""

import pytest

from awards.announcing.publishing import Plan, plan
from awards.announcing.telling import tell
from awards.certificates.queries import certificates_of
from awards.models import Entry
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
ALL = "/jury/prix/chair/certificates.pdf"


@pytest.fixture
@remembered
def chair():
    found = frozen()
    won(found)
    announcement = plan(call_id=found.call.pk, plan=Plan(TELL, PUBLIC), by=found.user, now=DECIDED)
    tell(announcement_id=announcement.pk, now=TELL)
    return found


@pytest.fixture
def public(chair, settings):
    settings.FESTIVAL_CLOCK = PUBLIC.strftime("%Y-%m-%dT%H:%M")
    settings.SECOND_FACTOR_REQUIRED = False
    return chair


def signed_in(client, entry):
    session = client.session
    session["applicant"] = {"uuid": str(entry.applicant.uuid), "at": 10**11}
    session.save()


def test_applicant_finds_the_own_certificate_on_the_page_of_the_project(client, public):
    entry = Entry.objects.get(slug="a")
    signed_in(client, entry)
    page = client.get(f"/fr/prix/candidater/prix/{entry.uuid}/suivi/")
    address = f"/fr/prix/candidater/prix/{entry.uuid}/attestation.pdf"
    assert address in page.content.decode()
    answer = client.get(address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="certificate-a.pdf"'
    assert answer.content.startswith(b"%PDF")


def test_applicant_without_one_gets_none(client, public, settings):
    loser, winner = Entry.objects.get(slug="b"), Entry.objects.get(slug="a")
    signed_in(client, loser)
    assert client.get(f"/fr/prix/candidater/prix/{loser.uuid}/attestation.pdf").status_code == 404
    assert client.get(f"/fr/prix/candidater/prix/{winner.uuid}/attestation.pdf").status_code == 404
    settings.FESTIVAL_CLOCK = TELL.strftime("%Y-%m-%dT%H:%M")
    signed_in(client, winner)
    page = client.get(f"/fr/prix/candidater/prix/{winner.uuid}/suivi/").content.decode()
    assert "attestation.pdf" not in page


def test_chair_gets_all_once_they_are_public(client, public, settings):
    client.force_login(public.user)
    answer = client.get(ALL)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="certificates-prix.pdf"'
    settings.FESTIVAL_CLOCK = TELL.strftime("%Y-%m-%dT%H:%M")
    assert "avant que le palmarès soit public" in client.get(ALL, follow=True).content.decode()


def test_number_is_confirmed_for_everybody(client, public):
    number = certificates_of(public.call, PUBLIC)[0].number
    page = client.get("/fr/prix/attestations/")
    assert page.status_code == 200
    answer = client.get("/fr/prix/attestations/", {"number": number.lower()}, follow=True)
    assert "Projet a" in answer.content.decode()
    for wrong in ("0000-0000-0000", "nothing"):
        answer = client.get("/fr/prix/attestations/", {"number": wrong}, follow=True)
        assert answer.status_code == 404
        assert wrong in answer.content.decode()
