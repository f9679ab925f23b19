"""Booking a place: exact, once a ticket, and only what is on offer."""

import datetime as dt
import uuid

import pytest

from festival.models import AuditEntry, OutgoingMail, SiteGeneration
from program.models import Occurrence, Session
from tests.factories.festival import DayFactory, SectionFactory
from tests.factories.tickets import NOW, ProductFactory, TicketFactory, cancel
from tests.tickets.workshops.sessions import another_time, workshop_of
from tickets.exceptions import (
    BookedAlready,
    SaleClosed,
    SaleNotOpen,
    SessionNotOffered,
    SoldOut,
    TicketRefused,
    TooManyPlaces,
)
from tickets.models import Order, OrderLine, Product, Quota, Ticket
from tickets.orders.placing import Buyer
from tickets.workshops import booking, queries
from tickets.workshops.booking import Booking

pytestmark = pytest.mark.django_db
CAMILLE = Buyer("Camille Dupont-N’Guessan", "camille@example.org", "fr")


def wanted(occurrence, *, places=1, buyer=CAMILLE, token=1, ticket=None):
    found = workshop_of(occurrence)
    return Booking(workshop=found, places=places, buyer=buyer, form_token=uuid.UUID(int=token), ticket=ticket)


def book(occurrence, *, now=NOW, **changes):
    return booking.book(booking=wanted(occurrence, **changes), now=now)


def day_ticket(**fields):
    return queries.ticket_by_code(
        TicketFactory(product=ProductFactory(), **fields).short_code, ProductFactory().edition
    )


def test_a_booking_is_an_order_with_a_ticket_that_names_the_session(repair):
    order = book(repair, places=2)

    assert (order.state, order.total_cents) == ("paid", 0)
    assert [(line.occurrence, line.day, line.booked_with) for line in order.lines.all()] == [(repair, None, None)] * 2
    assert Ticket.objects.filter(line__order=order, state="valid").count() == 2
    assert Quota.objects.get(occurrence=repair).taken == 2
    assert OutgoingMail.objects.get().kind == "order.tickets"
    assert AuditEntry.objects.filter(verb="order.placed").exists()


def test_the_same_form_twice_is_one_booking(repair):
    assert book(repair) == book(repair)
    assert Order.objects.count() == 1


def test_a_full_session_is_refused_and_nothing_is_written(repair):
    book(repair, places=2)

    with pytest.raises(SoldOut):
        book(repair, token=2)

    assert Order.objects.count() == 1


def test_one_form_takes_no_more_places_than_its_product_lets(repair):
    with pytest.raises(TooManyPlaces):
        book(repair, places=4)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"sale_opens": NOW + dt.timedelta(hours=1)}, SaleNotOpen),
        ({"sale_closes": NOW}, SaleClosed),
    ],
)
def test_outside_its_sale_nothing_is_booked(repair, change, error):
    Product.objects.update(**change)

    with pytest.raises(error):
        book(repair)


def test_nobody_books_what_has_begun(repair):
    with pytest.raises(SaleClosed):
        book(repair, now=repair.starts_at)


@pytest.mark.parametrize("model", [Occurrence, Session])
def test_nobody_books_what_is_cancelled(repair, model):
    model.objects.update(cancelled_at=NOW)

    with pytest.raises(SessionNotOffered):
        book(repair)


def test_a_ticket_of_the_part_and_the_day_books_one_place(soldering):
    ticket = day_ticket()

    order = book(soldering, ticket=ticket)

    assert order.lines.get().booked_with == ticket
    with pytest.raises(BookedAlready):
        book(soldering, ticket=ticket, token=2)
    assert OrderLine.objects.filter(occurrence=soldering).count() == 1


def test_without_a_ticket_nobody_gets_in(soldering):
    with pytest.raises(TicketRefused) as refused:
        book(soldering)

    assert refused.value.why == "unknown"


def test_a_ticket_for_another_day_is_refused(soldering):
    other = ProductFactory().days.get(date="2027-05-03")

    with pytest.raises(TicketRefused) as refused:
        book(soldering, ticket=day_ticket(day=other))

    assert refused.value.why == "other_day"


def test_a_ticket_of_another_part_is_refused(soldering):
    day = DayFactory(edition=soldering.edition, date=dt.date(2027, 5, 2))
    fest = ProductFactory(slug="fest", section=SectionFactory(edition=soldering.edition, slug="fest"), days=[day])
    code = TicketFactory(product=fest).short_code

    with pytest.raises(TicketRefused) as refused:
        book(soldering, ticket=queries.ticket_by_code(code, soldering.edition))

    assert refused.value.why == "other_part"


def test_a_session_that_names_its_products_is_opened_by_them_alone(soldering):
    soldering.session.products.add(ProductFactory(slug="autre"))

    with pytest.raises(TicketRefused) as refused:
        book(soldering, ticket=day_ticket())
    assert refused.value.why == "other_part"

    soldering.session.products.add(ProductFactory())
    assert book(soldering, ticket=day_ticket()).state == "paid"


def test_a_cancelled_ticket_is_refused(soldering):
    ticket = TicketFactory(product=ProductFactory())
    cancel(ticket)

    with pytest.raises(TicketRefused) as refused:
        book(soldering, ticket=queries.ticket_by_code(ticket.short_code, soldering.edition))

    assert refused.value.why == "void"


def test_a_place_in_a_session_opens_no_other_session(soldering):
    first = book(soldering, ticket=day_ticket())
    other = another_time(soldering.session, starts_at=soldering.ends_at)
    code = Ticket.objects.get(line__order=first).short_code

    with pytest.raises(TicketRefused) as refused:
        book(other, ticket=queries.ticket_by_code(code, other.edition), token=2)

    assert refused.value.why == "void"


def test_places_that_run_out_are_held_until_the_address_is_confirmed(repair):
    Product.objects.update(confirmation="always")

    assert book(repair).state == "held"


def test_the_last_place_tells_the_programme(repair):
    def generation():
        return SiteGeneration.objects.values_list("number", flat=True).first() or 0

    before = generation()
    book(repair, places=2)

    assert generation() == before + 1
    assert Quota.objects.get(occurrence=repair).said == "full"
    assert queries.places_on_offer()[str(repair.uuid)].word == "full"
