"""Who booked a session hears once that a release moved it or called it off, and of nothing else."""

import datetime as dt

import pytest

from festival.core.delivery import builder_of
from festival.models import OutgoingMail
from program.models import Occurrence
from tests.factories.program import RoomFactory, released
from tests.factories.tickets import NOW
from tests.tickets.workshops.test_booking import book
from tickets.models import Order
from tickets.workshops import telling

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def booked(repair):
    """The session, released and told of, with two people in it who booked before."""
    released("2027-04-01T10:00", edition=repair.edition)
    telling.tell_moved(NOW)
    book(repair, now=NOW - HOUR)
    book(repair, now=NOW - HOUR, token=2)
    OutgoingMail.objects.all().delete()
    return repair


def move(occurrence, now="2027-05-02T11:29", **changes):
    Occurrence.objects.filter(pk=occurrence.pk).update(**changes)
    released(now, edition=occurrence.edition)


def build(mail):
    return builder_of(mail.kind)(mail)


def told():
    return OutgoingMail.objects.filter(kind="workshop.moved")


def later(occurrence):
    return {"starts_at": occurrence.starts_at + HOUR, "ends_at": occurrence.ends_at + HOUR}


def test_each_is_told_once_that_it_moved(booked):
    move(booked, **later(booked))

    assert [telling.tell_moved(NOW) for _ in range(2)] == [2, 0]

    mail = build(told().first())
    assert "déplacé" in mail.subject.lower() or "Déplac" in mail.subject
    assert str(booked.session) in mail.body


def test_each_is_told_that_it_is_cancelled(booked):
    move(booked, cancelled_at=NOW - HOUR)

    assert telling.tell_moved(NOW) == 2

    assert "annul" in build(told().first()).subject.lower()


def test_another_room_is_news_too(booked):
    move(booked, room=RoomFactory(slug="autre", venue=booked.room.venue))

    assert telling.tell_moved(NOW) == 2


def test_what_is_not_released_is_no_news(booked):
    Occurrence.objects.filter(pk=booked.pk).update(**later(booked))

    assert telling.tell_moved(NOW) == 0


def test_a_release_that_moves_nothing_is_no_news(booked):
    released("2027-05-02T11:29", edition=booked.edition)

    assert telling.tell_moved(NOW) == 0


def test_who_booked_after_the_release_has_seen_it(booked):
    move(booked, now="2027-05-02T09:00", **later(booked))

    assert telling.tell_moved(NOW) == 0


def test_who_gave_the_place_back_meanwhile_is_not_told(booked):
    move(booked, **later(booked))
    telling.tell_moved(NOW)
    order = Order.objects.first()
    order.lines.update(cancelled_at=NOW)
    mails = [build(mail) for mail in told()]
    order.lines.update(cancelled_at=None)

    assert mails.count(None) == 1


def test_of_what_is_over_nobody_is_told(booked):
    move(booked, **later(booked))

    assert telling.tell_moved(booked.ends_at + 2 * HOUR) == 0
