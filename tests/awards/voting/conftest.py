"""A vote on two finalists, and somebody who votes."""

import datetime as dt

import pytest

from awards.models import Round
from awards.results.deliberation import freeze_result
from awards.voting import casting
from awards.voting.queries import voter_key
from festival.time import clock
from tests.factories.awards import (
    AFTER,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    RoundFactory,
    at,
    both,
    first_round,
    score,
)
from tests.remembered import remembered

OPEN = at("2027-04-25T12:00")
CLOSED = at("2027-05-05T09:00")
ANNOUNCED = at("2027-05-07T18:00")


@pytest.fixture
@remembered
def ballot_box():
    """A round of the public that is open at OPEN, on the finalists `first` and `second`; `third` is none."""
    call = CallFactory()
    juror = JurorFactory(call=call)
    for slug, mark in (("second", 4), ("first", 5), ("third", 1)):
        score(AssignmentFactory(juror=juror, entry=EntryFactory(call=call, slug=slug)), mark, mark)
    freeze_result(round_id=first_round(call).pk, by=None, now=AFTER)
    return RoundFactory(
        call=call,
        order=2,
        kind=Round.Kind.PUBLIC,
        mode=Round.Mode.GRADE,
        name=both("Vote du public", "Public vote"),
        opens=at("2027-04-19T10:00"),
        closes=at("2027-05-04T23:59:59"),
        announced_at=ANNOUNCED,
        follows=first_round(call),
    )


TICKETS = {
    "AAAA-AAAA": ("1", "zoe@example.org"),
    "BBBB-BBBB": ("2", "zoe@example.org"),
    "CCCC-CCCC": ("3", "bo@example.org"),
}


def holder_of(text, *, edition_id):
    """Answer for the shop: whose ticket is it?"""
    assert edition_id
    return TICKETS.get(text)


def tickets_gone(edition_id):
    """Answer for the shop: the ticket of Bo was cancelled."""
    assert edition_id
    return ["3"]


@pytest.fixture(autouse=True)
def shop(settings):
    """Stand in for the shop, which the awards do not know."""
    settings.VOTER_OF_TICKET, settings.TICKETS_GONE = f"{__name__}.holder_of", f"{__name__}.tickets_gone"


@pytest.fixture
def during_vote(settings):
    settings.FESTIVAL_CLOCK = "2027-04-25T12:00"
    return clock.now()


def uuid_of(box, slug):
    return str(box.call.entries.get(slug=slug).uuid)


def grades(box, **given):
    """`first=4` becomes the grades of a ballot."""
    return {uuid_of(box, slug): grade for slug, grade in given.items()}


def cast(box, name, now=OPEN, **given):
    """Cast a ballot at once; another `name` is another voter."""
    one = casting.Cast(voter=voter_key(box, name), grades=grades(box, **given))
    return casting.cast_at_once(round_id=box.pk, cast=one, now=now)


def send(box, email="zoe@example.org", now=OPEN, **given):
    return casting.send(round_id=box.pk, email=email, grades=grades(box, **given), network="n", language="fr", now=now)


def by_ticket(box, code="AAAA-AAAA", now=OPEN, **given):
    return casting.cast_by_ticket(round_id=box.pk, code=code, grades=grades(box, **given), network="n", now=now)


def later(moment, **delta):
    return moment + dt.timedelta(**delta)
