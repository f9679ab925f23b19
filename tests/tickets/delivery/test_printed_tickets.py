"""What is printed on a ticket."""

import datetime as dt

import pytest

from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import ProductFactory, TicketFactory, cancel
from tickets.delivery import queries
from tickets.delivery.printed_tickets import papers
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def paper_of(ticket):
    (paper,) = papers(queries.tickets_of(ticket.line.order))
    return paper


def test_a_day_ticket_names_its_day(village):
    paper = paper_of(TicketFactory(product=village))

    assert (paper.dates, paper.day_numbers, paper.section) == ([dt.date(2027, 5, 2)], "2", "village")
    assert paper.short_code[4] == "-"


def test_a_pass_names_its_first_and_last_day():
    days = [DayFactory(date=dt.date(2027, 5, day)) for day in (5, 6, 7)]
    paper = paper_of(TicketFactory(product=ProductFactory(slug="pass", admission="all_days", days=days)))

    assert (len(paper.days), paper.day_numbers) == (3, "5–7")


def test_a_place_in_a_session_names_its_date_in_the_zone_of_the_festival():
    late = dt.datetime(2027, 5, 2, 22, 30, tzinfo=dt.UTC)  # 00:30 on the 3rd in Paris
    occurrence = OccurrenceFactory(starts_at=late, ends_at=late + dt.timedelta(hours=1))
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])

    paper = paper_of(TicketFactory(product=product, day=None, occurrence=occurrence))

    assert (paper.days, paper.dates) == ([], [dt.date(2027, 5, 3)])


def test_tickets_of_an_order_are_counted(village):
    first = TicketFactory(product=village)
    TicketFactory(product=village, order=first.line.order)

    assert [(paper.rank, paper.count) for paper in papers(queries.tickets_of(first.line.order))] == [(1, 2), (2, 2)]


def test_what_was_called_off_is_not_valid(village):
    ticket = TicketFactory(product=village)
    assert paper_of(ticket).is_valid

    cancel(ticket)

    assert Ticket.objects.get().state == "cancelled"
    assert not paper_of(ticket).is_valid
