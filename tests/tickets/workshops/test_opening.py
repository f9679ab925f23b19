"""Opening a session for booking, from an empty shop."""

import datetime as dt

import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.program import OccurrenceFactory, SessionFactory
from tests.factories.tickets import NOW, signing_key
from tests.remembered import remembered
from tests.tickets.workshops.sessions import workshop_of
from tests.tickets.workshops.test_booking import book
from tickets.exceptions import SizeBelowTaken
from tickets.models import Product, Quota
from tickets.workshops import opening
from tickets.workshops.opening import Sale

pytestmark = pytest.mark.django_db
ALICE = Actor("user:1", "Alice")
SALE = Sale(NOW - dt.timedelta(days=1), NOW + dt.timedelta(days=3))


@pytest.fixture
@remembered
def session():
    session = SessionFactory(registration="free")
    signing_key(session.edition)
    return session


def time_of(session, hours=3):
    start = NOW + dt.timedelta(hours=hours)
    return OccurrenceFactory(session=session, starts_at=start, ends_at=start + dt.timedelta(hours=1))


def open_places(session, sizes, sale=SALE):
    found = {occurrence.pk: size for occurrence, size in sizes.items()}
    return opening.open_places(session=session, sizes=found, sale=sale, actor=ALICE, now=NOW)


def test_from_nothing_to_a_booking_in_one_step(session):
    first, second, closed = (time_of(session, hours) for hours in (2, 4, 6))

    product = open_places(session, {first: 12, second: 8})

    assert (product.name.as_dict()["fr"], product.is_listed, product.max_per_order) == (
        f"Place en séance, {session.section.name.as_dict()['fr']}",
        False,
        2,
    )
    assert [workshop_of(one).stock.size for one in (first, second)] == [12, 8]
    assert workshop_of(closed) is None
    assert book(first).state == "paid"
    assert AuditEntry.objects.filter(verb="quota.created", actor="user:1").count() == 2


def test_sessions_of_one_part_share_the_product(session):
    other = SessionFactory(registration="free")

    assert open_places(session, {time_of(session): 5}) == open_places(other, {time_of(other): 5})
    assert Product.objects.count() == 1


def test_places_and_sale_are_changed_the_same_way(session):
    first = time_of(session)
    open_places(session, {first: 5})
    later = Sale(NOW + dt.timedelta(days=1), NOW + dt.timedelta(days=9))

    product = open_places(session, {first: 7}, later)

    assert (product.sale_opens, product.sale_closes) == (later.opens, later.closes)
    assert Quota.objects.get().size == 7


def test_nobody_loses_a_place(session):
    first = time_of(session)
    open_places(session, {first: 5})
    book(first, places=2)

    with pytest.raises(SizeBelowTaken):
        open_places(session, {first: 1})

    assert Quota.objects.get().size == 5
