"""What the pages read: which sessions are booked here, with which ticket, at which other times."""

import datetime as dt

import pytest

from program.models import Occurrence
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import OccurrenceFactory, SessionFactory
from tests.factories.tickets import NOW, OrderFactory, PriceFactory, ProductFactory, TicketFactory
from tests.tickets.workshops.sessions import another_time, place_product, session_with_places, workshop_of
from tests.tickets.workshops.test_booking import CAMILLE, book, day_ticket
from tickets.catalogue.pricing import SaleState, Scarcity
from tickets.models import Price, Product
from tickets.orders.placing import Buyer
from tickets.workshops import queries

pytestmark = pytest.mark.django_db


def test_a_session_comes_with_product_places_and_who_waits(repair, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = workshop_of(repair)
        assert (found.product.prices.all()[0].cents, found.stock.left, found.waiting) == (0, 2, 0)

    assert (found.needs_ticket, found.is_full, found.scarcity, found.places_per_form) == (
        False,
        False,
        Scarcity.MANY,
        3,
    )
    assert found.day == dt.date(2027, 5, 2)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda occurrence: Price.objects.update(cents=500),
        lambda occurrence: Product.objects.update(requires_approval=True),
        lambda occurrence: Product.objects.update(admission="all_days"),
        lambda occurrence: occurrence.quotas.all().delete(),
        lambda occurrence: EditionFactory(number=2027).__class__.objects.update(is_current=False),
    ],
)
def test_what_is_not_free_for_all_is_not_booked_here(repair, spoil):
    spoil(repair)

    assert workshop_of(repair) is None


def test_booking_runs_from_the_sale_to_the_beginning(repair):
    found = workshop_of(repair)

    assert found.state(found.product.sale_opens - dt.timedelta(seconds=1)) is SaleState.SOON
    assert found.state(NOW) is SaleState.OPEN
    assert found.state(repair.starts_at) is SaleState.CLOSED


def test_what_is_open_every_day_is_booked_until_it_ends(db):
    occurrence = session_with_places(
        kind=Occurrence.Kind.ALL_DAY, daily_from=dt.time(10), daily_to=dt.time(18), starts_at=NOW - dt.timedelta(days=1)
    )
    occurrence.ends_at = NOW + dt.timedelta(days=1)
    occurrence.save()

    assert workshop_of(occurrence).state(NOW) is SaleState.OPEN


def test_other_times_have_places_and_are_to_come(repair):
    later = another_time(repair.session, starts_at=repair.ends_at)
    full = another_time(repair.session, starts_at=repair.ends_at, size=1)
    another_time(repair.session, starts_at=NOW - dt.timedelta(hours=3))
    another_time(repair.session, starts_at=repair.ends_at, cancelled_at=NOW)
    book(full)

    assert [one.occurrence for one in queries.other_times(workshop_of(repair), NOW)] == [later]


def test_tickets_open_the_sessions_of_their_part_and_day(repair, soldering):
    DayFactory(edition=repair.edition, date=dt.date(2027, 5, 3))
    session_with_places(starts_at=repair.starts_at + dt.timedelta(days=1))
    order = day_ticket().line.order

    found = queries.opened_by(queries.passes_of(order), NOW)

    assert {one.occurrence for one in found} == {repair, soldering}
    assert queries.opened_by([], NOW) == []


def test_passes_of_an_order_are_its_valid_tickets_but_no_place(repair):
    order = OrderFactory()
    valid = TicketFactory(order=order, product=ProductFactory())
    TicketFactory(order=order, product=ProductFactory(), cancelled_at=NOW)
    TicketFactory(order=order, product=place_product(), occurrence=repair)

    assert queries.passes_of(order) == [valid]


@pytest.mark.parametrize("change", [str.lower, lambda code: f" {code[:4]}-{code[4:]} ", lambda code: code])
def test_a_code_is_found_however_it_is_typed(change):
    ticket = TicketFactory(product=ProductFactory())

    assert queries.ticket_by_code(change(ticket.short_code), ticket.edition) == ticket


@pytest.mark.parametrize("text", ["", "7K3F-9Q2M", "hallo", "\x00", "🎪" * 50])
def test_anything_else_finds_nothing(text):
    assert queries.ticket_by_code(text, EditionFactory()) is None


def test_a_code_of_another_edition_finds_nothing():
    ticket = TicketFactory(product=ProductFactory())

    assert queries.ticket_by_code(ticket.short_code, EditionFactory(number=2028, is_current=False)) is None


def test_a_clash_is_the_same_address_at_the_same_time(repair):
    beside = session_with_places(starts_at=repair.starts_at + dt.timedelta(minutes=30))
    after = session_with_places(starts_at=repair.ends_at)
    book(repair)

    def clashing(occurrence, email):
        lines = queries.clashes(workshop_of(occurrence), ticket=None, email=email)
        return [line.occurrence for line in lines]

    assert clashing(beside, CAMILLE.email.upper()) == [repair]
    assert clashing(repair, CAMILLE.email) == [repair]
    assert clashing(after, CAMILLE.email) == []
    assert clashing(beside, "zoe@example.org") == []


def test_with_a_ticket_the_clash_is_the_tickets(soldering):
    beside = session_with_places(registration="ticketed", starts_at=soldering.starts_at)
    ticket, other = day_ticket(), day_ticket()
    book(soldering, ticket=ticket, buyer=Buyer("Zoé", "zoe@example.org", "fr"))

    assert queries.clashes(workshop_of(beside), ticket=ticket, email=CAMILLE.email)
    assert not queries.clashes(workshop_of(beside), ticket=other, email="zoe@example.org")


def test_the_programme_is_told_of_every_place_and_where_it_is_booked(repair):
    slots = session_with_places(registration="slots", size=1)
    offers = queries.places_on_offer()

    product = workshop_of(repair).product
    assert (offers[str(repair.uuid)].opens, offers[str(repair.uuid)].closes) == (product.sale_opens, repair.starts_at)
    assert offers[str(slots.uuid)].opens is None
    assert str(OccurrenceFactory().uuid) not in offers


def test_the_programme_asks_once_a_generation(repair, django_assert_num_queries):
    queries.places_on_offer()

    with django_assert_num_queries(0):
        queries.places_on_offer()


def test_the_product_of_a_part_is_the_first_free_one(repair):
    session = SessionFactory()
    assert queries.product_of(session) == workshop_of(repair).product

    PriceFactory(product=place_product(), slug="plein", cents=900)
    assert queries.product_of(session) is None
