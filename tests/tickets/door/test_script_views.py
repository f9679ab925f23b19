"""The addresses that the scanner's script calls."""

import json
import uuid

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from festival.core.audit import Actor
from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, UserFactory
from tests.factories.tickets import NOW, CheckinListFactory, GateFactory
from tests.remembered import remembered
from tickets.door import devices, finding
from tickets.models import Checkin, Device, Gate

pytestmark = pytest.mark.django_db


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
@remembered
def door():
    return open_door()


@pytest.fixture
def ready(person, door):
    """A phone that checks the door's list."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    client.post("/scan/", {"checkin_list": door.list.pk, "gate": GateFactory().pk, "device_name": "Anna’s phone"})
    return client


def ask(client, name, body):
    return client.post(reverse(name), json.dumps(body), content_type="application/json")


def scan(client, door, code, **changes):
    body = {"id": str(uuid.uuid4()), "list": door.list.pk, "source": "camera", "code": code}
    return ask(client, "scan-redeem", body | changes)


def test_the_script_gets_the_screen(ready, door):
    scan_id = str(uuid.uuid4())

    answer = scan(ready, door, token(door.ticket(holder="Aïcha Le Goff")), id=scan_id).json()

    assert answer == {
        "id": scan_id,
        "verdict": "admitted",
        "tone": "yes",
        "word": "Welcome",
        "who": "Aïcha Le Goff",
        "what": "Village entry (free)",
        "detail": "",
        "advice": "",
        "holds": False,
        "can_undo": True,
        "switch": None,
    }


def test_the_same_scan_gets_the_same_answer(ready, door):
    """Its answer was lost on the way; minutes later the phone asks again."""
    code, scan_id = token(door.ticket()), str(uuid.uuid4())

    answers = [scan(ready, door, code, id=scan_id).json() for _ in range(3)]

    assert answers[0]["word"] == "Welcome"
    assert answers[1:] == answers[:1] * 2


def test_the_script_learns_how_many_are_in(ready, door):
    scan(ready, door, token(door.ticket()))

    answer = ready.get(reverse("scan-status")).json()

    assert len(answer.pop("token")) == 64
    assert answer == {
        "list": door.list.pk,
        "day": "Sunday 2\xa0May",
        "warning": "",
        "switch": None,
        "practice": False,
        "exits": False,
        "admitted": 1,
        "label": "entry",
        "inside": 1,
        "inside_label": "inside now",
    }


def test_the_script_learns_of_the_change_of_day(ready, door, settings):
    monday = CheckinListFactory(day=DayFactory(date="2027-05-03"), products=[door.product], name="Lundi")
    settings.FESTIVAL_CLOCK = "2027-05-03T05:00"

    status = ready.get(reverse("scan-status")).json()

    assert status["warning"].replace("\xa0", " ") == "This list is for Sunday 2 May. Today is Monday 3 May."
    assert (status["switch"]["list"], status["switch"]["button"]) == (monday.pk, "Switch to “Lundi”")


HOSTILE = [
    b" ",
    b"[]",
    b'"x"',
    b"null",
    b"{}",
    b'{"id": "x"}',
    b"\xff",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"1" * 6_000,
    '{"id": "1"}'.encode("utf-16"),
    b"NaN",
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_body_that_is_none_is_told_so(ready, body):
    response = ready.post(reverse("scan-redeem"), body, content_type="application/json")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert (response.json()["code"], response.json()["detail"]) == (
        "invalid",
        "The scan could not be read. Scan again.",
    )


VALUES = [
    None,
    True,
    1.5,
    [],
    ["7K3F"],
    {"a": 1},
    "",
    " ",
    "\x00",
    "\ud800",
    "A" * 4297,
    "9" * 400,
    10**40,
    -1,
    float("inf"),
    "²",
]


@pytest.mark.parametrize("field", ["id", "list", "source", "code", "direction", "device_at"])
def test_no_value_breaks_a_scan(ready, door, field):
    for value in VALUES:
        body = {"id": str(uuid.uuid4()), "list": door.list.pk, "source": "camera", "code": "7K3F-9Q2M", field: value}
        response = ask(ready, "scan-redeem", body)

        assert response.status_code in {200, 400, 409}, (field, value)
        assert response.status_code == 200 or response.json()["detail"]


@pytest.mark.parametrize(
    "moment", ["2027-05-02T09:29:00.123Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2027-05-02", "x"]
)
def test_a_clock_that_is_wrong_spoils_no_scan(ready, door, moment):
    assert scan(ready, door, token(door.ticket()), device_at=moment).json()["verdict"] == "admitted"
    assert (Checkin.objects.get().device_at is not None) == moment.endswith("123Z")


@pytest.mark.parametrize("form", [{}, {"id": "1", "code": "7K3F"}])
def test_a_form_is_not_what_this_address_takes(ready, form):
    for csrf in (False, True):
        ready.handler.enforce_csrf_checks = csrf
        response = ready.post(reverse("scan-redeem"), form)
        assert response.status_code == (403 if csrf else 400)
    ready.handler.enforce_csrf_checks = False
    assert ready.post(reverse("scan-redeem"), form).json()["detail"] == "This address takes scans as JSON."
    text = ready.post(reverse("scan-redeem"), "x", content_type="text/plain")
    assert (text.status_code, text.json()["code"]) == (400, "not_json")


def test_a_multipart_body_that_was_read_for_its_token_is_a_problem(person, door, ready):
    """The check of the token reads such a body, which then cannot be read again."""
    ready.handler.enforce_csrf_checks = True
    page = ready.get("/scan/door/").content.decode()
    csrf = page.split('name="csrfmiddlewaretoken" value="')[1][:64]

    response = ready.post(reverse("scan-redeem"), {"csrfmiddlewaretoken": csrf, "code": "x"})

    assert (response.status_code, response.json()["code"]) == (400, "not_json")


def test_signing_in_in_another_tab_loses_no_scan(person, door):
    """It makes the token anew: the page that stayed open is told so, and `status` brings the present one."""
    phone = Client(enforce_csrf_checks=True, headers={"accept-language": "en", "accept": "application/json"})
    phone.force_login(person)
    page = phone.get("/scan/").content.decode()
    token_of_page = page.split('name="csrfmiddlewaretoken" value="')[1][:64]
    chosen = {"checkin_list": door.list.pk, "gate": GateFactory().pk, "device_name": "Téléphone"}
    phone.post("/scan/", chosen | {"csrfmiddlewaretoken": token_of_page})
    body = json.dumps({"id": str(uuid.uuid4()), "list": door.list.pk, "source": "typed", "code": token(door.ticket())})

    def send(token_sent):
        headers = {"x-csrftoken": token_sent}
        return phone.post(reverse("scan-redeem"), body, content_type="application/json", headers=headers)

    phone.cookies["csrftoken"] = "B" * 32  # what the sign-in in the other tab leaves
    refused = send(token_of_page)
    answer = send(phone.get(reverse("scan-status")).json()["token"])

    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert (refused.json()["code"], refused.json()["detail"]) == ("form_out_of_date", "This form is out of date")
    assert answer.json()["verdict"] == "admitted"


def test_a_scan_that_was_kept_is_for_its_own_list_and_gate(ready, door):
    """The phone had no network, and was moved to another list and gate before the scan could go."""
    other = CheckinListFactory(products=[door.product], name="Autre", slug="autre")
    [first_gate] = Gate.objects.all()
    moved = {"checkin_list": other.pk, "gate": GateFactory(slug="sud").pk}
    ready.post("/scan/", moved | {"device_name": "Anna’s phone"})

    fresh = scan(ready, door, token(door.ticket()))
    kept = scan(ready, door, token(door.ticket()), kept=1, gate=str(first_gate.pk)).json()

    assert fresh.json()["code"] == "list_changed"
    assert kept["verdict"] == "admitted"
    assert [(row.list, row.gate) for row in Checkin.objects.all()] == [(door.list, first_gate)]


def test_a_huge_body_is_a_problem(ready):
    response = ready.post(reverse("scan-redeem"), b'"' + b"A" * 3_000_000 + b'"', content_type="application/json")

    assert (response.status_code, response.json()["code"]) == (400, "too_large")


def test_problems_are_told_in_words_and_write_nothing(ready, door, person):
    code = token(door.ticket())

    moved = scan(ready, door, code, list=door.list.pk + 1)
    devices.withdraw(device_id=Device.objects.get(user=person).pk, actor=Actor.system("test"), now=NOW)
    withdrawn = [scan(ready, door, code), ready.get(reverse("scan-status"))]

    assert (moved.status_code, moved.json()["code"]) == (409, "list_changed")
    assert [(each.status_code, each.json()["code"]) for each in withdrawn] == [(403, "device_revoked")] * 2
    assert withdrawn[0].json()["detail"].startswith("This phone was withdrawn by the organisers. Ask the person")
    ready.cookies.clear()
    assert (scan(ready, door, code).status_code, scan(ready, door, code).json()["code"]) == (401, "signed_out")
    assert Checkin.objects.count() == 0


def test_a_person_of_another_team_learns_why(door):
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory())

    assert (scan(client, door, "x").status_code, scan(client, door, "x").json()["code"]) == (403, "not_door_team")


def test_the_script_finds_and_admits(ready, door):
    door.ticket(holder="Élodie N’Guessan")

    answer = ask(ready, "scan-find", {"list": door.list.pk, "words": "nguessan", "direction": "in"}).json()

    assert (answer["message"], [each["name"] for each in answer["found"]]) == ("", ["Élodie N’Guessan"])
    admitted = scan(ready, door, answer["found"][0]["code"], source="name").json()
    assert (admitted["verdict"], admitted["who"]) == ("admitted", "Élodie N’Guessan")


@pytest.mark.parametrize(
    ("words", "message"), [("a", "Type at least"), ("zz", "Nobody was found."), ("ada", "There are more.")]
)
def test_a_search_says_why_it_shows_nothing_or_not_all(ready, door, words, message):
    for _ in range(9):
        door.ticket(holder="Ada Neuf")

    assert ask(ready, "scan-find", {"list": door.list.pk, "words": words}).json()["message"].startswith(message)


def test_a_phone_that_searches_too_often_hears_when_to_go_on(ready, door, monkeypatch):
    monkeypatch.setattr(finding, "LIMIT", 1)
    body = {"list": door.list.pk, "words": "ada"}
    ask(ready, "scan-find", body)

    stopped = ask(ready, "scan-find", body)

    assert (stopped.status_code, stopped.json()["code"]) == (429, "find_too_often")
    assert stopped.json()["detail"] == "This phone has searched very often. Go on in 10 minutes."


def test_the_script_takes_back_and_the_counter_goes_back(ready, door):
    scan_id = str(uuid.uuid4())
    scan(ready, door, token(door.ticket()), id=scan_id)
    body = {"id": str(uuid.uuid4()), "scan": scan_id, "list": door.list.pk}

    first, lost = (ask(ready, "scan-undo", body).json() for _ in range(2))
    again = ask(ready, "scan-undo", body | {"id": str(uuid.uuid4())})

    assert (
        first
        == lost
        == {"undone": scan_id, "admitted": 0, "label": "entries", "inside": 0, "inside_label": "inside now"}
    )
    assert (again.status_code, again.json()["detail"]) == (409, "This was taken back already.")


def test_after_a_minute_the_script_learns_who_can_still_take_back(ready, door, settings):
    scan_id = str(uuid.uuid4())
    scan(ready, door, token(door.ticket()), id=scan_id)
    settings.FESTIVAL_CLOCK = "2027-05-02T11:31:01"

    late = ask(ready, "scan-undo", {"id": str(uuid.uuid4()), "scan": scan_id, "list": door.list.pk})

    assert late.json()["detail"].startswith("More than a minute has passed.")


@pytest.mark.parametrize("name", ["scan-find", "scan-undo"])
def test_other_bodies_are_problems_too(ready, name):
    for body in ([], "x", {}, {"list": "x"}, {"list": [1], "words": {}, "id": 3}):
        response = ask(ready, name, body)
        assert (response.status_code, response.json()["code"]) == (400, "invalid")
