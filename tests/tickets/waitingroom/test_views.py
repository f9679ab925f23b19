"""The waiting room in a browser: nothing when it is off, a page that asks again, one place a browser, the order."""

import datetime as dt
import uuid

import pytest
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from festival.core.writing import writing
from tests.factories.tickets import NOW
from tickets.models import Order, WaitingPlace, WaitingRoom
from tickets.waitingroom import entering, gate, rules

pytestmark = pytest.mark.django_db
State = WaitingPlace.State


def address(name="tickets-waiting-room"):
    with override("fr"):
        return reverse(name)


def post(client, **changes):
    form = {"product": "village-jour", "form_token": str(uuid.uuid4()), "day": "2027-05-03", "places": "1"}
    return client.post(address("tickets-office"), form | {"name": "Zoé Ünal", "email": "zoe@example.org"} | changes)


def words(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def fill(room, seconds=0):
    for number in range(room.most_inside):
        moment = NOW + dt.timedelta(seconds=seconds)
        entering.come(room=room, key=uuid.UUID(int=1000 + number), came_at=moment, now=moment)


def wait_again(client, settings, seconds):
    settings.FESTIVAL_CLOCK = (NOW + dt.timedelta(seconds=seconds)).isoformat()
    return client.get(address())


@pytest.fixture
def second(client):
    """Another browser."""
    return type(client)()


def test_switched_off_it_costs_nothing_and_sets_no_cookie(room, client, django_assert_num_queries):
    WaitingRoom.objects.update(is_on=False)
    client.get(address("tickets-office"))
    with django_assert_num_queries(1):
        response = client.get(address("tickets-office"))

    assert response.status_code == 200
    assert gate.COOKIE not in client.cookies
    assert client.get(address()).url == address("tickets-office")


def test_switched_on_it_costs_one_query_more_while_nobody_waits(room, client, django_assert_num_queries):
    client.get(address("tickets-office"))
    client.cookies.clear()
    with django_assert_num_queries(3):
        assert client.get(address("tickets-office")).status_code == 200


def test_while_there_is_room_nobody_notices_it(room, client):
    assert client.get(address("tickets-office")).status_code == 200
    assert not WaitingPlace.objects.exists()  # a machine without cookies takes no room
    assert client.cookies[gate.COOKIE]["httponly"]

    assert post(client).status_code == 302
    assert Order.objects.count() == 1
    assert WaitingPlace.objects.get().state == State.GONE  # whoever has a ticket makes room


def test_beyond_the_threshold_one_waits_and_is_let_in(room, client, settings):
    fill(room)
    response = client.get(address("tickets-office"))
    assert response.url == address()
    first = client.get(response.url)
    assert first["Refresh"] == "2"
    assert first["Cache-Control"] == "no-store"

    page = client.get(address())
    html = words(page)
    assert "C’est bientôt votre tour" in html
    assert 10 <= int(page["Refresh"]) <= 14
    assert "http-equiv" not in html
    assert client.get(address("tickets-office")).url == address()
    entering.leave(room=room, key=uuid.UUID(int=1000), now=NOW)
    assert wait_again(client, settings, 3).url == address("tickets-office")
    assert client.get(address("tickets-office")).status_code == 200


def test_many_tabs_are_one_place(room, client, second):
    fill(room)
    for _tab in range(5):
        client.get(address())
    second.get(address())
    second.get(address())

    assert WaitingPlace.objects.filter(state=State.WAITING).count() == 2
    assert "1 personne est devant" in words(second.get(address()))


def test_a_cookie_of_ones_own_making_is_no_place(room, client):
    fill(room)
    for forged in ("x", signing.dumps([str(uuid.UUID(int=1000)), 0]), signing.dumps("x", salt=gate.COOKIE)):
        client.cookies[gate.COOKIE] = forged
        client.get(address())
    assert not WaitingPlace.objects.filter(state=State.WAITING).exists()


def test_an_old_cookie_is_no_head_start(room, client, settings):
    fill(room)
    client.get(address())
    wait_again(client, settings, 3600)  # everybody's time is over: one is let in at once
    place = WaitingPlace.objects.latest("pk")

    assert place.came_at == NOW + dt.timedelta(hours=1)
    assert place.state == State.INSIDE


def test_before_the_opening_hour_all_gather_even_without_anybody_inside(room, client, settings):
    WaitingRoom.objects.update(opens_at=NOW + dt.timedelta(minutes=5))
    assert client.get(address("tickets-office")).url == address()
    client.get(address())
    html = words(client.get(address()))
    assert 'Ouverture à <span class="nb">11 h 35' in html
    assert "tiré" in html
    assert wait_again(client, settings, 5 * 60 + 1).url == address("tickets-office")
    assert WaitingPlace.objects.get().turn == rules.lot(WaitingRoom.objects.get().seed, WaitingPlace.objects.get().key)


def test_what_was_typed_when_the_time_ran_out_is_taken_for_a_while(room, client, settings):
    client.get(address("tickets-office"))
    client.get(address("tickets-office"))
    fill(room, seconds=10)
    settings.FESTIVAL_CLOCK = (NOW + dt.timedelta(minutes=15, seconds=5)).isoformat()
    fill(room, seconds=15 * 60 + 4)

    assert post(client).status_code == 302
    assert Order.objects.count() == 1


def test_later_it_is_not(room, client, settings):
    client.get(address("tickets-office"))
    client.get(address("tickets-office"))
    settings.FESTIVAL_CLOCK = (NOW + dt.timedelta(minutes=18, seconds=1)).isoformat()
    fill(room, seconds=18 * 60)

    assert post(client).url == address()
    assert not Order.objects.exists()


def test_a_basket_is_gated_too(room, client):
    fill(room)

    assert client.post(address("tickets-basket"), {}).url == address()


def test_a_class_behind_one_network_waits_but_no_thousands(room, client, monkeypatch):
    monkeypatch.setattr(gate, "PLACES_PER_NETWORK", gate.Rate("waiting-room-network", limit=30, seconds=600))
    fill(room)
    answers = []
    for _pupil in range(31):
        browser = type(client)()
        browser.get(address())
        answers.append(browser.get(address()).status_code)

    assert answers == [200] * 30 + [429]
    assert client.get(address("tickets-office")).url == address()


def test_nobody_passes_the_gate_by_a_page_that_was_kept_for_another(room, client, second):
    """Who is in has seen the ticket office; whoever comes then has to wait all the same."""
    WaitingRoom.objects.update(most_inside=1)
    for _look in range(3):  # with a key, in, and once more without any cookie that is new
        assert client.get(address("tickets-office")).status_code == 200

    assert second.get(address("tickets-office")).url == address()


def test_a_page_that_was_kept_before_is_not_served_once_it_is_on(room, client, second):
    WaitingRoom.objects.update(is_on=False)
    with writing(public=True):
        pass
    assert client.get(address("tickets-office")).status_code == 200
    with writing(public=True):
        WaitingRoom.objects.update(is_on=True, most_inside=1)
    client.get(address("tickets-office"))
    client.get(address("tickets-office"))

    assert second.get(address("tickets-office")).url == address()
