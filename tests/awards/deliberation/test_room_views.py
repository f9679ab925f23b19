"""The room over HTTP: what the chair does, what jurors see, what stays hidden."""

import pytest

from awards.deliberation.meeting import open_room, take_up
from awards.jury.scoring import recuse
from awards.models import Deliberation, Motion, MotionBallot
from tests.factories.awards import AFTER, JurorFactory, first_round
from tests.factories.deciding import frozen
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
ROOM, SEAT = "/jury/prix/chair/room/", "/jury/prix/room/"


@pytest.fixture
@remembered
def chair():
    """`c` and `d` are tied; the juror `out` stepped back from `c`, the juror `in` did not."""
    chair = frozen((("a", 5), ("b", 3), ("c", 2), ("d", 2)))
    out = JurorFactory(call=chair.call, slug="out", name="Odile Dehors")
    JurorFactory(call=chair.call, slug="in", name="Iris Dedans")
    entry, judged = chair.call.entries.get(slug="c"), first_round(chair.call)
    recuse(juror_id=out.pk, entry_id=entry.pk, round_id=judged.pk, reason="Ami.", by=out.user, now=AFTER)
    return chair


@pytest.fixture
def screen(client, chair, settings):
    settings.FESTIVAL_CLOCK = "2027-04-06T12:00"
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(chair.user)
    return client


def as_juror(client, chair, slug):
    client.force_login(chair.call.jurors.get(slug=slug).user)
    return client


def opened(chair):
    room = open_room(round_id=first_round(chair.call).pk, by=chair.user, now=AFTER)
    take_up(item_id=room.items.first().pk, now=AFTER)
    return room


def test_room_goes_from_its_opening_to_the_minutes(screen, chair):
    assert "Ouvrir" in screen.get(ROOM).content.decode()
    assert screen.get(f"{ROOM}wall/").status_code == 404
    screen.post(ROOM, {"do": "open"})
    room = Deliberation.objects.get()
    item = room.items.first()
    inside = chair.call.jurors.get(slug="in")
    for typed in (
        {"do": "come", "juror": chair.pk},
        {"do": "come", "juror": inside.pk},
        {"do": "leave", "juror": inside.pk},
        {"do": "take", "item": item.pk},
        {"do": "propose", "item": item.pk, "juror": chair.pk, "text": "c passe devant d."},
        {"do": "add", "text": "Prix du public"},
        {"do": "note", "item": item.pk, "text": "Discuté longuement."},
        {"do": "up", "item": room.items.last().pk},
        {"do": "nothing"},
    ):
        assert screen.post(ROOM, typed).url == ROOM
    motion = Motion.objects.get()
    content = screen.get(ROOM).content.decode()
    assert "c passe devant d." in content
    assert "Odile Dehors" in content
    assert "c passe devant d." in screen.get(f"{ROOM}wall/").content.decode()
    screen.post(ROOM, {"do": "sign"})
    assert Deliberation.objects.get().signed_at is None
    screen.post(ROOM, {"do": "close", "motion": motion.pk})
    screen.post(ROOM, {"do": "sign"})
    assert Deliberation.objects.get().signed_at
    minutes = screen.get(f"{ROOM}minutes.pdf")
    assert minutes.content.startswith(b"%PDF")


def test_room_finds_nothing_of_other_juries(screen, chair):
    opened(chair)
    stranger = JurorFactory()
    for typed in ({"do": "come", "juror": stranger.pk}, {"do": "take", "item": 0}, {"do": "close", "motion": "x"}):
        assert screen.post(ROOM, typed).status_code == 404


def test_seat_shows_nothing_to_who_stepped_back(screen, client, chair):
    opened(chair)
    content = as_juror(client, chair, "out").get(SEAT).content.decode()
    assert "récusé" in content
    assert "Projet c" not in content
    assert "Projet d" not in content
    assert "Projet d" in as_juror(client, chair, "in").get(SEAT).content.decode()


def test_seat_takes_one_vote_of_who_is_there(screen, client, chair):
    room = opened(chair)
    screen.post(ROOM, {"do": "come", "juror": chair.pk})
    typed = {"do": "propose", "item": room.items.first().pk, "juror": chair.pk, "text": "Oui ?", "secret": "on"}
    screen.post(ROOM, typed)
    motion = Motion.objects.get()
    ballot = {"do": "vote", "motion": motion.pk, "choice": "for"}
    as_juror(client, chair, "in").post(SEAT, ballot)
    assert not MotionBallot.objects.exists()
    client.post(SEAT, {"do": "come"})
    client.post(SEAT, ballot | {"choice": "perhaps"})
    for _twice in range(2):
        client.post(SEAT, ballot)
    assert MotionBallot.objects.get().juror is None
    assert "est enregistrée" in client.get(SEAT).content.decode()
    client.post(SEAT, {"do": "leave"})
    assert client.get(ROOM).status_code == 403


def test_seat_before_the_room_is_open_and_after_it(screen, client, chair):
    assert as_juror(client, chair, "in").post(SEAT, {"do": "come"}).url == SEAT
    assert "pas encore ouverte" in client.get(SEAT).content.decode()
    opened(chair)
    client.force_login(chair.user)
    client.post(ROOM, {"do": "sign"})
    assert "signé" in as_juror(client, chair, "in").get(SEAT).content.decode()


def test_room_costs_the_same_with_one_item_and_with_four(screen, chair, django_assert_num_queries):
    opened(chair)
    screen.get(ROOM)
    with django_assert_num_queries(QUERIES):
        screen.get(ROOM)
    for title in ("Un", "Deux", "Trois"):
        screen.post(ROOM, {"do": "add", "text": title})
    with django_assert_num_queries(QUERIES):
        screen.get(ROOM)


QUERIES = 13
