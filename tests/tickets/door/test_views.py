"""The door's pages and the two addresses of its script."""

import json
import re
import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from festival.core.audit import Actor
from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, EditionFactory, UserFactory
from tests.factories.tickets import NOW, CheckinListFactory, GateFactory, OrderFactory
from tickets.door import access, devices
from tickets.models import Checkin, Device, Order

pytestmark = pytest.mark.django_db

SETUP, DOOR = "/scan/", "/scan/door/"


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False  # `tests/test_authorisation.py` has the second factor


@pytest.fixture
def person():
    user = UserFactory(first_name="Équipe", last_name="Accueil")
    user.user_permissions.add(Permission.objects.get(codename="scan"))
    return user


@pytest.fixture
def client(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


@pytest.fixture
def door():
    return open_door()


@pytest.fixture
def ready(client, door):
    """The client after set-up: its phone checks the door's list."""
    client.post(SETUP, {"checkin_list": door.list.pk, "gate": GateFactory().pk, "device_name": "Anna’s phone"})
    return client


def _scan(client, door, code, **changes):
    body = {"id": str(uuid.uuid4()), "list": door.list.pk, "source": "camera", "code": code} | changes
    return client.post(reverse("scan-redeem"), json.dumps(body), content_type="application/json")


def test_strangers_sign_in_and_others_are_turned_away(door):
    stranger = Client().get(SETUP)
    visitor = Client()
    visitor.force_login(UserFactory())

    assert (stranger.status_code, stranger["Location"]) == (302, "/fr/compte/login/?next=/scan/")
    assert visitor.get(SETUP).status_code == 403
    assert visitor.get(DOOR).status_code == 403


def test_set_up_offers_todays_list_first_and_chooses_it(client, door):
    monday, past = (CheckinListFactory(day=DayFactory(date=date)) for date in ("2027-05-03", "2027-05-01"))

    text = client.get(SETUP).content.decode()

    offered = re.findall(r'name="checkin_list" value="(\d+)"', text)
    assert offered == [str(each.pk) for each in (door.list, monday, past)]
    assert re.search(rf'value="{door.list.pk}" checked', text)


def test_after_midnight_the_list_of_the_day_before_is_still_todays(client, door, settings):
    settings.FESTIVAL_CLOCK = "2027-05-03T01:30"
    CheckinListFactory(day=DayFactory(date="2027-05-03"))

    text = client.get(SETUP).content.decode()

    assert re.search(rf'value="{door.list.pk}" checked', text)


def test_a_phone_is_named_once_and_keeps_its_cookie(client, door, person):
    gate = GateFactory()
    first = client.post(SETUP, {"checkin_list": door.list.pk, "gate": gate.pk, "device_name": "Anna’s phone"})
    again = client.post(SETUP, {"checkin_list": door.list.pk, "gate": gate.pk})

    phone = Device.objects.get(name="Anna’s phone")
    assert (first.status_code, first["Location"], again["Location"]) == (302, DOOR, DOOR)
    assert (phone.list, phone.gate, phone.user, phone.created_at) == (door.list, gate, person, NOW)
    cookie = first.cookies["scan_device"]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/scan/", "Lax")
    assert Device.objects.filter(user=person).count() == 1


def test_set_up_says_what_is_missing_and_keeps_the_rest(client, door):
    response = client.post(SETUP, {"checkin_list": door.list.pk, "device_name": ""})

    text = response.content.decode()
    assert response.status_code == 422
    assert "Choose the gate where you stand." in text
    assert "Give this phone a name" in text
    assert f'value="{door.list.pk}" checked' in text
    assert not Device.objects.filter(list=door.list).exclude(pk=door.phone.pk).exists()


def test_without_an_edition_or_a_list_the_page_says_so(client):
    assert "There is no list to check yet" in client.get(SETUP).content.decode()
    EditionFactory()
    assert "There is no list to check yet" in client.get(SETUP).content.decode()


def test_the_scanner_needs_a_phone(client, door):
    assert client.get(DOOR)["Location"] == SETUP


def test_a_forged_device_cookie_is_no_phone(client, door):
    client.cookies["scan_device"] = str(door.phone.pk)

    assert client.get(DOOR)["Location"] == SETUP


def test_a_code_is_typed_without_script(ready, door):
    ticket = door.ticket(holder="Camille Dupont-N’Guessan")
    form = {"id": str(uuid.uuid4()), "list": door.list.pk, "source": "typed", "code": ticket.short_code.lower()}

    first = ready.post(DOOR, form)
    reloaded = ready.post(DOOR, form)
    second = ready.post(DOOR, form | {"id": str(uuid.uuid4())})

    assert 'data-tone="yes"' in first.content.decode()
    assert "Camille Dupont-N’Guessan" in first.content.decode()
    assert 'data-tone="yes"' in reloaded.content.decode()
    assert 'data-tone="again"' in second.content.decode()
    assert "At 11:30, on this phone (less than a minute ago)" in second.content.decode()
    assert Checkin.objects.count() == 2


def test_an_empty_code_is_asked_for_again(ready, door):
    form = {"id": str(uuid.uuid4()), "list": door.list.pk, "source": "typed", "code": " "}

    response = ready.post(DOOR, form)

    assert response.status_code == 422
    assert "Type the code that stands under the square" in response.content.decode()
    assert Checkin.objects.count() == 0


def test_a_list_of_another_day_is_pointed_out(ready, door, settings):
    assert "This list is for" not in ready.get(DOOR).content.decode()
    settings.FESTIVAL_CLOCK = "2027-05-03T11:00"
    warned = ready.get(DOOR).content.decode().replace("\xa0", " ")
    assert "This list is for Sunday 2 May. Today is Monday 3 May." in warned


def test_the_script_gets_the_screen(ready, door):
    answer = _scan(ready, door, token(door.ticket(holder="Aïcha Le Goff"))).json()

    assert answer == {
        "verdict": "admitted",
        "tone": "yes",
        "word": "Welcome",
        "who": "Aïcha Le Goff",
        "what": "Village entry (free)",
        "detail": "",
        "advice": "",
        "holds": False,
    }


def test_the_script_learns_how_many_are_in(ready, door):
    _scan(ready, door, token(door.ticket()))

    assert ready.get(reverse("scan-status")).json() == {"list": door.list.pk, "admitted": 1, "label": "entry"}


@pytest.mark.parametrize("body", [b"", b"[]", b'"x"', b"{}", b'{"id": "x"}', b"\xff", b"[" * 100_000])
def test_bad_json_is_a_problem(ready, body):
    response = ready.post(reverse("scan-redeem"), body, content_type="application/json")

    assert response.status_code in {400, 422}
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "invalid"


def test_problems_are_told_in_words_and_write_nothing(ready, door, person):
    code = token(door.ticket())

    moved = _scan(ready, door, code, list=door.list.pk + 1)
    Device.objects.filter(user=person).update(revoked_at=NOW)
    withdrawn = _scan(ready, door, code)
    signed_out = _scan(ready, door, code)

    assert (moved.status_code, moved.json()["code"]) == (409, "list_changed")
    assert (withdrawn.status_code, withdrawn.json()["code"]) == (403, "device_revoked")
    assert (signed_out.status_code, signed_out.json()["code"]) == (401, "signed_out")
    assert withdrawn.json()["detail"] == "This phone was withdrawn by the organisers."
    assert Checkin.objects.count() == 0


def test_a_withdrawn_phone_is_out_even_without_its_cookie(ready, door, person):
    device = Device.objects.get(user=person)
    device.revoked_at = NOW
    del ready.cookies[access.COOKIE]

    Device.objects.filter(pk=device.pk).update(revoked_at=NOW)
    assert ready.get(SETUP).status_code == 403
    assert "/login/" in ready.get(SETUP)["Location"]
    assert Device.objects.filter(user=person).count() == 1


def test_withdrawing_a_phone_ends_its_sessions_everywhere(ready, door, person):
    device = Device.objects.get(user=person)
    device.revoked_at = NOW

    devices.change_device(device=device, actor=Actor("user:1"), now=NOW)

    assert ready.get("/fr/compte/moi/").status_code == 302
    assert Session.objects.count() == 0


def test_a_withdrawn_phone_cannot_be_set_up_again(ready, door, person):
    Device.objects.filter(user=person).update(revoked_at=NOW)

    response = ready.post(SETUP, {"checkin_list": door.list.pk, "gate": GateFactory().pk})

    assert response.status_code == 403
    assert "This phone was withdrawn" in response.content.decode()
    assert ready.get(SETUP).status_code == 302


def test_who_leaves_the_door_team_stops_scanning(ready, door, person):
    person.user_permissions.clear()
    cache.clear()  # at most a minute later

    assert _scan(ready, door, token(door.ticket())).status_code == 403


def test_scans_need_the_csrf_token(door, person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    assert _scan(client, door, "7K3F-9Q2M").status_code == 403


def test_a_scan_over_http_takes_five_queries_and_a_savepoint(ready, door, django_assert_num_queries):
    codes = [token(door.ticket()) for _ in range(2)]
    _scan(ready, door, codes[0])

    with django_assert_num_queries(7):  # session, person, phone and list, ticket; SAVEPOINT, INSERT, RELEASE
        assert _scan(ready, door, codes[1]).json()["tone"] == "yes"
    with django_assert_num_queries(7):
        assert _scan(ready, door, codes[1]).json()["tone"] == "again"


@pytest.mark.django_db(transaction=True)
def test_a_scan_over_http_takes_five_statements_outside_a_test(ready, door, django_assert_num_queries):
    """Here the INSERT really is a transaction of its own; tests that roll back add a savepoint's two statements."""
    codes = [token(door.ticket()) for _ in range(2)]
    _scan(ready, door, codes[0])

    with django_assert_num_queries(5):
        assert _scan(ready, door, codes[1]).json()["tone"] == "yes"


def test_with_the_second_factor_it_is_one_query_more(ready, door, person, settings, django_assert_num_queries):
    settings.SECOND_FACTOR_REQUIRED = True
    factor = Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    _open_by_allauth(ready, person, {"method": "mfa", "id": factor.pk})
    codes = [token(door.ticket()) for _ in range(2)]
    _scan(ready, door, codes[0])

    with django_assert_num_queries(8):  # six, and the savepoint's two
        assert _scan(ready, door, codes[1]).json()["tone"] == "yes"


def _open_by_allauth(client, person, *shown):
    """Write what allauth's sign-in leaves in the session."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password"}, *shown]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


@pytest.mark.parametrize("lists", [1, 3])
def test_set_up_takes_the_same_queries_for_any_number_of_lists(ready, door, lists, django_assert_num_queries):
    for day in range(3, 2 + lists):
        CheckinListFactory(day=DayFactory(edition=door.list.edition, date=f"2027-05-0{day}"))
    ready.get(SETUP)

    with django_assert_num_queries(10):
        ready.get(SETUP)


def test_the_scanner_page_may_compile_webassembly_and_use_the_camera(ready):
    response = ready.get(DOOR)

    assert "script-src 'self' 'wasm-unsafe-eval'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "camera=(self)" in response["Permissions-Policy"]
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.unsound  # an order that is not paid has no ticket
def test_unpaid_tickets_go_to_the_desk(ready, door):
    answer = _scan(ready, door, token(door.ticket(order=OrderFactory(state=Order.State.PENDING)))).json()

    assert (answer["tone"], answer["word"], answer["holds"]) == ("question", "Not paid", True)
