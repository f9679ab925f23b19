"""The sentences: each error has its own, and none names what a stranger must not learn."""

import pytest

from tests.tickets.workshops.sessions import session_with_places, workshop_of
from tests.tickets.workshops.test_booking import CAMILLE, book
from tickets import exceptions
from tickets.workshops import queries, texts, wording

pytestmark = pytest.mark.django_db
OTHERWISE = "Ce n’est pas possible pour le moment."
ERRORS = [
    exceptions.SaleNotOpen(),
    exceptions.SaleClosed(),
    exceptions.DayPassed(),
    exceptions.SessionNotOffered(),
    exceptions.TooManyPlaces(),
    exceptions.BookedAlready(),
    exceptions.PlacesFree(),
    exceptions.NoWaitingList(),
    exceptions.NotReady(),
    exceptions.SoldOut(),
    exceptions.SoldOut(left=1),
    *(exceptions.TicketRefused(why=why) for why in ("unknown", "void", "other_part", "other_day")),
]


@pytest.mark.parametrize("waitlist", [True, False])
def test_every_error_has_a_sentence_of_its_own(db, waitlist):
    found = workshop_of(session_with_places(waitlist=waitlist))

    said = [wording.refusal(error, found) for error in ERRORS]

    assert len(set(said)) == len(ERRORS)
    assert OTHERWISE not in said
    assert wording.refusal(exceptions.NotFree(), found) == OTHERWISE


def test_a_clash_is_named_to_its_holder_alone(repair):
    book(repair)
    found = workshop_of(session_with_places(starts_at=repair.starts_at))
    lines = queries.clashes(found, ticket=None, email=CAMILLE.email)

    assert str(repair.session) in wording.clash(lines, found, may_name=True)
    assert texts.when(repair) in wording.clash(lines, found, may_name=True)
    assert str(repair.session) not in wording.clash(lines, found, may_name=False)


def test_the_same_session_is_said_as_such(repair):
    book(repair)
    found = workshop_of(repair)
    lines = queries.clashes(found, ticket=None, email=CAMILLE.email)

    assert wording.clash(lines, found, may_name=False) == "Cette adresse a déjà une place dans cette séance."


@pytest.mark.parametrize("why", ["money", "used", "ended"])
def test_why_a_place_stays(repair, why):
    order = book(repair)

    assert wording.not_left(exceptions.NotCancellable(why=why), order)
