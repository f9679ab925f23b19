"""The screens of keeping and erasing: counts, confirmation, exports by right, nothing for whoever judges blind."""

import io
import zipfile

import pytest
from django.urls import reverse

from awards.applying.access import SESSION
from awards.jury.scoring import recuse
from awards.models import Applicant, Entry, Juror, Round
from festival.models import AuditEntry, User
from tests.factories.awards import ApplicantFactory, AssignmentFactory, EntryFactory, score
from tests.factories.deciding import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.FESTIVAL_CLOCK = "2027-09-02T10:00"
    client.force_login(User.objects.create_superuser("admin@example.org"))
    return client


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_counts_stand_before_and_it_goes_once_confirmed(staff):
    call = frozen().call
    url = reverse("call:care", args=[call.pk])
    page = staff.get(url).content.decode()
    assert "rien ne s’en va tout seul" in page
    assert "nom et adresse de 3 personnes" in page.replace("\xa0", " ") or "3" in page
    refused = staff.post(url, {"what": "applications"})
    assert (refused.status_code, Applicant.objects.filter(erased_at=None).count()) == (422, 3)
    assert "Cochez" in refused.content.decode()
    done = staff.post(url, {"what": "applications", "is_sure": "on"}, follow=True)
    assert "effacé pour de bon" in done.content.decode()
    assert Applicant.objects.filter(erased_at=None).count() == 0
    assert Entry.objects.get(slug="a").holder


def test_what_is_needed_stays_and_says_so(staff, settings):
    settings.FESTIVAL_CLOCK = "2027-03-20T10:00"
    entry = EntryFactory(applicant=ApplicantFactory())
    url = reverse("call:care", args=[entry.call.pk])
    assert "une fois tout jugé et annoncé" in staff.get(url).content.decode()
    answer = staff.post(url, {"what": "applications", "is_sure": "on"})
    assert answer.status_code == 422
    assert "n’est pas terminé" in answer.content.decode()


def test_one_applicant_and_one_juror_are_erased(staff):
    chair = frozen()
    url = reverse("call:care", args=[chair.call.pk])
    who = Applicant.objects.get(email="c@example.org")
    staff.post(url, {"what": "applicant", "who": who.pk, "is_sure": "on"})
    assert list(Entry.objects.filter(state="withdrawn")) == list(who.entries.all())
    staff.post(url, {"what": "juror", "who": chair.pk, "is_sure": "on"})
    assert Juror.objects.get().erased_at
    stranger = ApplicantFactory()
    assert staff.post(url, {"what": "applicant", "who": stranger.pk, "is_sure": "on"}).status_code == 404
    assert staff.post(url, {"what": "juror", "is_sure": "on"}).status_code == 422


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_exports_are_sent_and_recorded(staff, suffix):
    call = frozen().call
    answer = staff.get(reverse("call:export", args=[call.pk, "applications", suffix]))
    assert answer["Content-Disposition"] == f'attachment; filename="prix-applications.{suffix}"'
    assert body(answer)
    assert AuditEntry.objects.get(verb="call.exported").facts == {"sheet": "applications"}
    assert staff.get(reverse("call:export", args=[call.pk, "nothing", suffix])).status_code == 404
    assert staff.get(reverse("call:export", args=[call.pk, "applications", "pdf"])).status_code == 404


def test_who_judges_blind_gets_nothing_that_names_applicants(staff, settings):
    settings.FESTIVAL_CLOCK = "2027-03-20T10:00"
    chair = frozen()
    call = chair.call
    Round.objects.filter(call=call, order=1).update(is_blind=True)
    Juror.objects.filter(pk=chair.pk).update(user=User.objects.get(email="admin@example.org"))
    assert (
        staff.get(reverse("call:export", args=[call.pk, "applications", "csv"])).status_code == 302
    )  # home, with a word
    assert staff.get(reverse("call:export", args=[call.pk, "assignments", "csv"])).status_code == 200
    who = Applicant.objects.first()
    assert staff.get(reverse("call:person", args=[call.pk, who.uuid])).status_code == 302
    assert who.email not in staff.get(reverse("call:care", args=[call.pk])).content.decode()


def test_the_chair_takes_the_cards_without_projects_that_they_stepped_back_from(in_the_chair, chair, juror, during):
    pairs = [AssignmentFactory(juror=who) for who in (chair, juror)]
    for pair in pairs:
        score(pair, 3, 4)
    url = reverse("jury-cards", args=["prix", "csv"])
    assert len(body(in_the_chair.get(url)).decode().splitlines()) == 3
    gone = {"juror_id": chair.pk, "entry_id": pairs[1].entry_id, "round_id": None}
    recuse(**gone, reason="Une amie.", by=chair.user, now=during)
    assert len(body(in_the_chair.get(url)).decode().splitlines()) == 2
    assert in_the_chair.get(reverse("jury-cards", args=["prix", "pdf"])).status_code == 404
    assert AuditEntry.objects.filter(verb="call.exported").count() == 2


def test_an_applicant_and_the_office_take_the_archive(client, staff):
    entry = EntryFactory(applicant=ApplicantFactory(email="ada@example.org"))
    office = staff.get(reverse("call:person", args=[entry.call.pk, entry.applicant.uuid]))
    assert zipfile.ZipFile(io.BytesIO(body(office))).namelist() == ["kept.json"]
    stranger = ApplicantFactory()
    assert staff.get(reverse("call:person", args=[entry.call.pk, stranger.uuid])).status_code == 404
    session = client.session
    session[SESSION] = {"uuid": str(entry.applicant.uuid), "at": 9e9}
    session.save()
    mine = client.get(reverse("apply-kept", args=[entry.call.slug]))
    assert b"ada@example.org" in zipfile.ZipFile(io.BytesIO(body(mine))).read("kept.json")
    assert AuditEntry.objects.filter(verb="applicant.exported").count() == 2
