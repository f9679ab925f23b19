"""The door's pages and the two addresses of its script."""

import json
import re
import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from festival.core.audit import Actor
from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, EditionFactory, UserFactory
from tests.factories.tickets import NOW, CheckinListFactory, GateFactory, OrderFactory
from tests.remembered import remembered
from tickets.door import devices
from tickets.models import Checkin, Device, Order

pytestmark = pytest.mark.django_db

SETUP, DOOR = "/scan/", "/scan/door/"


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False  # `tests/test_authorisation.py` has the second factor


@pytest.fixture
@remembered
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
@remembered
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


def test_a_list_that_is_over_is_not_chosen_again(ready, door, settings):
    """On Monday a phone is offered the list of Monday that is most like its own; nothing if there is none."""
    settings.FESTIVAL_CLOCK = "2027-05-03T11:00"
    CheckinListFactory(day=DayFactory(date="2027-05-03"), slug="fest", products=[])
    monday = CheckinListFactory(day=DayFactory(date="2027-05-03"), products=[door.product])
    assert re.search(rf'value="{monday.pk}" checked', ready.get(SETUP).content.decode())

    settings.FESTIVAL_CLOCK = "2027-05-09T11:00"
    assert not re.search(r'name="checkin_list" value="\d+" checked', ready.get(SETUP).content.decode())


def test_practice_lists_come_last_and_are_not_chosen(ready, door):
    practice = CheckinListFactory(day=None, slug="essai", name="Essai", is_practice=True)
    ready.post(SETUP, {"checkin_list": practice.pk, "gate": GateFactory().pk})

    text = ready.get(SETUP).content.decode()

    assert re.findall(r'name="checkin_list" value="(\d+)"', text) == [str(door.list.pk), str(practice.pk)]
    assert re.search(rf'value="{door.list.pk}" checked', text)
    assert "PRACTICE" in ready.get(DOOR).content.decode()


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
    monday = CheckinListFactory(day=DayFactory(date="2027-05-03"), name="Lundi", products=[door.product])
    warned = ready.get(DOOR).content.decode().replace("\xa0", " ")
    assert "This list is for Sunday 2 May. Today is Monday 3 May." in warned
    assert f'value="{monday.pk}"' in warned
    assert "Switch to “Lundi”" in warned


def test_one_tap_changes_the_list(ready, door, person, settings):
    settings.FESTIVAL_CLOCK = "2027-05-03T11:00"
    monday = CheckinListFactory(day=DayFactory(date="2027-05-03"), products=[door.product])

    response = ready.post("/scan/list/", {"list": monday.pk})

    phone = Device.objects.get(user=person)
    assert (response.status_code, response["Location"], phone.list, phone.name) == (302, DOOR, monday, "Anna’s phone")
    for wrong in ("", "x", "0", "9" * 40, "²"):
        assert ready.post("/scan/list/", {"list": wrong})["Location"] == SETUP


def test_a_night_that_passes_midnight_belongs_to_its_day(ready, door, settings):
    settings.FESTIVAL_CLOCK = "2027-05-03T04:59"
    assert not re.search(r"This list is for .* 2", ready.get(DOOR).content.decode())


def test_a_withdrawn_phone_says_so_and_how_to_go_on(ready, door, person):
    withdraw(person)

    for path in (SETUP, DOOR):
        page = ready.get(path)
        assert page.status_code == 403
        assert "This phone was withdrawn" in page.content.decode()
        assert 'href="/en/account/login/?next=/scan/"' in page.content.decode()


def withdraw(person):
    phone = Device.objects.get(user=person)
    return devices.withdraw(device_id=phone.pk, actor=Actor.system("test"), now=NOW)


def test_a_withdrawn_phone_is_dead_whatever_becomes_of_its_cookies(ready, door, person):
    session = ready.cookies["sessionid"].value
    del ready.cookies["scan_device"]  # it hides which phone it is, before and after
    assert ready.get(DOOR).status_code == 200
    withdraw(person)

    assert ready.get(SETUP).status_code == 302  # to the sign-in
    assert _scan(ready, door, token(door.ticket())).json()["code"] == "signed_out"
    ready.cookies["sessionid"] = session
    assert ready.get(DOOR)["Location"].startswith("/en/account/login/")
    assert Device.objects.filter(user=person).count() == 1


def test_signing_in_anew_does_not_give_a_withdrawn_phone_back(ready, door, person):
    phone = withdraw(person)
    ready.force_login(person)
    form = {"checkin_list": door.list.pk, "gate": GateFactory().pk}

    assert ready.post(SETUP, form).status_code == 403
    assert "It is allowed again: go on" in ready.get(DOOR).content.decode()
    devices.allow_again(device_id=phone.pk, actor=Actor.system("test"), now=NOW)
    assert ready.get(DOOR)["Location"] == SETUP
    assert ready.post(SETUP, form)["Location"] == DOOR
    assert Device.objects.get(user=person).pk == phone.pk


def test_the_last_person_is_taken_back_without_a_script(ready, door):
    code = door.ticket(holder="Lou Retour").short_code
    form = {"id": str(uuid.uuid4()), "list": door.list.pk, "source": "typed", "code": code}
    ready.post(DOOR, form)
    text = ready.get(DOOR).content.decode()
    assert "Lou Retour · 11:30" in text
    undo = {
        name: re.search(rf'name="{name}" value="([^"]*)"', text[text.index("scan/undo") :])[1]
        for name in ("id", "scan", "list")
    }

    assert ready.post("/scan/undo/", undo)["Location"] == DOOR
    again = ready.post("/scan/undo/", undo | {"id": str(uuid.uuid4())})

    assert (again.status_code, "This was taken back already." in again.content.decode()) == (409, True)
    assert "Lou Retour" not in ready.get(DOOR).content.decode()
    assert ready.post("/scan/undo/", {"id": "x"})["Location"] == DOOR


def test_a_ticket_is_found_by_name_without_a_script(ready, door):
    ticket = door.ticket(holder="Élodie N’Guessan")
    assert ready.get("/scan/find/").status_code == 200

    text = ready.post("/scan/find/", {"list": door.list.pk, "words": "nguessan elodie"}).content.decode()

    assert "Élodie N’Guessan" in text
    assert ticket.short_code not in text
    found = text[text.index('class="door-found"') :]
    form = dict(re.findall(r'name="(id|list|source|direction|code)" value="([^"]*)"', found))
    assert "Élodie N’Guessan" in ready.post(DOOR, form).content.decode()
    assert Checkin.objects.get().source == "name"
    assert (
        "Type at least two letters" in ready.post("/scan/find/", {"list": door.list.pk, "words": ""}).content.decode()
    )
    door.change_list(finds_by_name=False)
    refused = ready.post("/scan/find/", {"list": door.list.pk, "words": "ada"}).content.decode()
    assert "This phone may not find tickets by name." in refused
    assert "scan/find/" not in re.sub(
        r"data-find.*|<section.*?</section>", "", ready.get(DOOR).content.decode(), flags=re.DOTALL
    )


def test_the_way_out_is_offered_where_the_list_allows_it(ready, door):
    assert 'name="direction"' not in ready.get(DOOR).content.decode()
    door.change_list(reentry="once_out")
    ticket = door.ticket()
    door.scan(token(ticket))

    form = {
        "id": str(uuid.uuid4()),
        "list": door.list.pk,
        "source": "typed",
        "code": ticket.short_code,
        "direction": "out",
    }
    text = ready.post(DOOR, form).content.decode()

    assert 'data-tone="out"' in text
    assert re.search(r'value="out"[^>]* checked', text)
    assert 'href="/scan/door/?way=out"' in text
    assert "0 inside now" in text


@pytest.mark.parametrize("change", [{"id": "x"}, {"list": "x"}, {"source": "office"}, {"direction": "up"}])
def test_a_form_that_was_tampered_with_is_told_so(ready, door, change):
    form = {"id": str(uuid.uuid4()), "list": door.list.pk, "source": "typed", "code": "7K3F"} | change

    response = ready.post(DOOR, form)

    assert response.status_code == 422
    assert "The scan could not be read" in response.content.decode() or "code-error" in response.content.decode()
    assert Checkin.objects.count() == 0


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
    with django_assert_num_queries(5):
        assert _scan(ready, door, codes[1]).json()["tone"] == "again"
    with django_assert_num_queries(4):
        assert _scan(ready, door, "nothing of ours 7K3F-9Q2M").json()["tone"] == "question"
    again = str(uuid.uuid4())
    _scan(ready, door, codes[1], id=again)
    with django_assert_num_queries(6):  # its answer was lost: the INSERT fails, and the row is read
        assert _scan(ready, door, codes[1], id=again).json()["tone"] == "again"


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
