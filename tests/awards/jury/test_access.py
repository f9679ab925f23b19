"""Who gets in, and that nothing is lost: what is sent while nobody is signed in waits for whoever typed it."""

import pytest
from django.contrib.auth.models import Permission
from django.http import QueryDict
from django.test import Client, RequestFactory

from awards.jury import access
from awards.models import Recusal, Scorecard
from tests.factories.awards import DURING, AssignmentFactory, EntryFactory, JurorFactory
from tests.factories.festival import UserFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
SHEET = "/jury/prix/entries/perceuse/"
JSON = {"accept": "application/json"}


@pytest.fixture
@remembered
def pair(juror):
    return AssignmentFactory(juror=juror, entry=EntryFactory(call=juror.call, slug="perceuse"))


def typed(juror, **changes):
    card = {"version": 0, "mark-impact": "4", "comment": "Gardez-moi.", "draft": "1", "typed_by": juror.user_id}
    return card | changes


def comment(client):
    return client.get(SHEET).context["form"]["comment"].value()


def test_what_is_sent_without_a_session_is_back_after_signing_in(client, during, juror, pair):
    response = client.post(SHEET, typed(juror))
    assert (response.status_code, response.url) == (302, f"/fr/compte/login/?next={SHEET}")
    client.force_login(juror.user)
    page = client.get(SHEET)
    assert page.status_code == 200
    assert page.context["form"]["comment"].value() == "Gardez-moi."
    assert "Votre saisie est de retour" in page.content.decode()
    assert not Scorecard.objects.exists()
    assert client.post(SHEET, typed(juror)).status_code == 302
    assert Scorecard.objects.get().comment == "Gardez-moi."
    assert "de retour" not in client.get(SHEET).content.decode().split("<form")[1].split("data-saved")[0]


def test_what_was_sent_is_not_shown_to_another_juror_with_the_same_project(client, during, juror, pair):
    other = AssignmentFactory(juror=JurorFactory(call=juror.call), entry=pair.entry).juror
    client.post(SHEET, typed(juror))
    client.force_login(other.user)
    assert comment(client) == ""
    assert "Gardez-moi." not in client.get(SHEET).content.decode()


def test_what_waits_goes_when_the_script_has_saved_it(client, during, juror, pair):
    client.post(SHEET, typed(juror))
    client.force_login(juror.user)
    assert client.post(f"{SHEET}draft/", typed(juror), headers=JSON).status_code == 200
    assert access.TYPED not in client.session or SHEET not in client.session[access.TYPED]


def test_a_reason_for_stepping_back_waits_too(client, during, juror, pair):
    client.post(f"{SHEET}step-back/", {"reason": "Ma cousine.", "typed_by": juror.user_id})
    client.force_login(juror.user)
    assert "Ma cousine." in client.get(f"{SHEET}step-back/").content.decode()
    assert not Recusal.objects.exists()


def test_what_waits_has_its_limits(client, during, juror, pair):
    for number in range(9):
        client.post(f"/jury/prix/entries/p{number}/", typed(juror))
    client.post(SHEET, typed(juror, comment="x" * 70_000))
    client.post("/jury/prix/entries/unsigned/", {"comment": "x"})
    waiting = client.session[access.TYPED]
    assert sorted(waiting) == [f"/jury/prix/entries/p{number}/" for number in range(4, 9)]


def test_a_script_is_told_that_nobody_is_signed_in(client, during, pair):
    response = client.post(f"{SHEET}draft/", typed(pair.juror), headers=JSON)
    assert (response.status_code, response.json()["code"]) == (401, "signed_out")
    assert access.TYPED not in client.session
    assert client.get(f"{SHEET}draft/", headers=JSON).status_code == 401


@pytest.mark.parametrize("address", [SHEET, f"{SHEET}draft/"])
def test_what_one_typed_never_becomes_the_card_of_another(client, during, juror, pair, address):
    other = AssignmentFactory(juror=JurorFactory(call=juror.call), entry=pair.entry).juror
    client.force_login(other.user)
    response = client.post(address, typed(juror), headers=JSON)
    assert (response.status_code, response.json()["code"]) == (409, "other_account")
    page = client.post(SHEET, typed(juror))
    assert page.status_code == 409
    assert "Gardez-moi." in page.content.decode()
    assert not Scorecard.objects.exists()


def test_a_stale_token_brings_back_what_was_typed_to_send_it_again(juror, pair, during):
    client = Client(enforce_csrf_checks=True)
    client.force_login(juror.user)
    client.get(SHEET)
    stale = typed(juror, comment="Gardez-moi, s’il vous plaît.", csrfmiddlewaretoken="x" * 64)
    page = client.post(SHEET, stale)
    assert page.status_code == 403
    content = page.content.decode()
    assert "Gardez-moi, s’il vous plaît." in content
    token = content.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert client.post(SHEET, stale | {"csrfmiddlewaretoken": token}).status_code == 302
    assert Scorecard.objects.get().comment == "Gardez-moi, s’il vous plaît."


def test_what_another_site_sends_does_not_come_back(juror, pair, during):
    client = Client(enforce_csrf_checks=True)
    client.force_login(juror.user)
    page = client.post(SHEET, typed(juror), headers={"origin": "https://elsewhere.example"})
    assert page.status_code == 403
    assert "Gardez-moi." not in page.content.decode()


def test_typed_before_reads_only_what_the_person_typed(juror):
    request = RequestFactory().get(SHEET)
    request.user, request.session = juror.user, {access.TYPED: {SHEET: {"by": "0", "data": "comment=x"}}}
    assert access.typed_before(request) is None
    request.session[access.TYPED][SHEET]["by"] = str(juror.user_id)
    assert access.typed_before(request) == QueryDict("comment=x")
    access.forget_typed(request, SHEET)
    access.forget_typed(request, SHEET)
    assert access.typed_before(request) is None


@pytest.mark.parametrize("address", ["/jury/prix/chair/", "/jury/prix/chair/log/"])
def test_the_chair_s_pages_open_for_the_chair_and_for_organisers(client, during, juror, address):
    organiser, chair = UserFactory(), JurorFactory(call=juror.call, is_chair=True).user
    organiser.user_permissions.add(Permission.objects.get(codename="run_jury"))
    answers = {}
    for name, user in {"juror": juror.user, "chair": chair, "organiser": organiser, "stranger": UserFactory()}.items():
        client.force_login(user)
        answers[name] = client.get(address).status_code
    assert answers == {"juror": 403, "chair": 200, "organiser": 200, "stranger": 403}


def test_a_chair_of_a_blind_round_learns_who_applied_when_it_is_over(chair, during):
    judged = chair.call.rounds.get(order=1)
    judged.is_blind = True
    seat = access.Chair(chair.user, chair, chair.call, judged, "open", must_wait=False)
    assert seat.hides_applicants
    assert not access.Chair(chair.user, chair, chair.call, judged, "over", must_wait=False).hides_applicants
    assert not access.Chair(chair.user, None, chair.call, judged, "open", must_wait=False).hides_applicants
    entry = EntryFactory(call=chair.call)
    Recusal.objects.create(
        round=judged, juror=chair, entry=entry, when="declared_before", reason="x", declared_at=DURING
    )
    assert seat.has_stepped_back_from(entry)
