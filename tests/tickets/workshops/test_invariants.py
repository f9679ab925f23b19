"""Broken books of bookings are found."""

import pytest

from tests.factories.festival import EditionFactory
from tests.factories.tickets import ProductFactory, TicketFactory
from tests.tickets.workshops.sessions import place_product
from tests.tickets.workshops.test_booking import book, day_ticket
from tests.tickets.workshops.test_waiting import give_back, join, offers
from tickets.models import OrderLine, WaitingEntry
from tickets.workshops.invariants import violations

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def test_sound_books_say_nothing(soldering):
    book(soldering, ticket=day_ticket())

    assert violations() == []


def test_two_places_of_one_ticket_are_found(soldering):
    ticket = day_ticket()
    for _ in range(2):
        TicketFactory(product=place_product(), occurrence=soldering, booked_with=ticket)

    assert violations() == [f"Ticket {ticket.pk} has 2 places in session {soldering.pk}."]


def test_a_ticket_books_sessions_alone(soldering):
    line = TicketFactory(product=ProductFactory(), booked_with=day_ticket()).line

    assert violations() == [f"Line {line.pk} was booked with a ticket that is not for it."]


def test_an_entry_is_of_the_edition_of_its_session(repair):
    book(repair, places=2)
    entry = join(repair, "ada")
    WaitingEntry.objects.update(edition=EditionFactory(number=2028, is_current=False))

    assert violations() == [f"Waiting entry {entry.pk} is not of the edition of its session."]


def test_an_offer_is_a_place_in_that_session(repair, soldering):
    book(repair, places=2)
    entry = join(repair, "ada")
    give_back(repair)
    OrderLine.objects.filter(order=offers()["Ada"]).update(occurrence=soldering)

    assert violations() == [f"Waiting entry {entry.pk} was offered no place in its session."]
