"""The office's screen of the waiting room: on and off, how many wait, the draw, every change recorded."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from festival.models import AuditEntry
from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW
from tests.tickets.waitingroom.test_entering import come
from tickets.models import WaitingPlace, WaitingRoom
from tickets.waitingroom import invariants, queries, rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def typed(edition, **changes):
    values = {"edition": edition.pk, "is_on": "on", "most_inside": "80", "opens_at": "", "gather_minutes": "30"}
    return values | {"pass_minutes": "15", "grace_minutes": "3"} | changes


def words(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_room_is_set_up_switched_on_and_seen_at_once(village, editor):
    assert queries.open_room() is None
    assert editor.post("/cms/waiting-room/new/", typed(village.edition)).status_code == 302

    room = WaitingRoom.objects.get()
    assert queries.open_room() == room
    assert (room.most_inside, len(room.seed)) == (80, 32)
    assert AuditEntry.objects.filter(verb="waitingroom.created").exists()
    editor.post(f"/cms/waiting-room/edit/{room.pk}/", typed(village.edition, is_on=""))
    assert queries.open_room() is None


def test_two_rooms_draw_with_two_seeds(village):
    assert WaitingRoom().seed != WaitingRoom().seed


def test_who_is_in_and_who_waits_is_counted(room, editor):
    for number in range(1, 6):
        come(room, number)

    html = words(editor.get("/cms/waiting-room/"))
    assert "2 à l’intérieur, 3 en attente" in html


def test_the_seed_is_told_after_the_opening_and_its_fingerprint_before(room, editor):
    WaitingRoom.objects.update(opens_at=NOW + dt.timedelta(minutes=1))
    before = words(editor.get("/cms/waiting-room/"))
    assert room.seed not in before
    assert rules.commitment(room.seed)[:16] in before

    WaitingRoom.objects.update(opens_at=NOW)
    assert room.seed in words(editor.get("/cms/waiting-room/"))


def test_moving_the_opening_hour_gives_everybody_their_turn_anew(room, editor):
    for number in range(1, 5):
        come(room, number)
    opens = timezone.localtime(NOW + dt.timedelta(minutes=10))
    changes = {"opens_at": opens.strftime("%Y-%m-%d %H:%M"), "most_inside": "2"}
    editor.post(f"/cms/waiting-room/edit/{room.pk}/", typed(room.edition, **changes))

    room.refresh_from_db()
    assert room.opens_at == NOW + dt.timedelta(minutes=10)
    waiting = WaitingPlace.objects.filter(state="waiting")
    assert {place.turn for place in waiting} == {rules.lot(room.seed, uuid.UUID(int=number)) for number in (3, 4)}
    assert invariants.violations() == []


@pytest.mark.parametrize(
    ("field", "value"), [("most_inside", "0"), ("pass_minutes", "1"), ("grace_minutes", "61"), ("opens_at", "bientôt")]
)
def test_what_cannot_be_is_said_beside_the_field(village, editor, field, value):
    response = editor.post("/cms/waiting-room/new/", typed(village.edition, **{field: value}))

    assert list(response.context["form"].errors) == [field]
    assert not WaitingRoom.objects.exists()
