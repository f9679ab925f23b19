"""What holds on to a row: what protects it, and what has it in a list."""

import pytest

from festival.core.holders import holders_of
from festival.models import Edition
from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory, RoomFactory, SessionFactory
from tests.factories.tickets import CheckinListFactory, ProductFactory, QuotaFactory, TicketFactory

pytestmark = pytest.mark.django_db


def test_a_row_that_nothing_names_is_held_by_nothing():
    assert holders_of(RoomFactory()) == []


def test_a_pass_holds_its_days():
    days = [DayFactory(date=f"2027-05-0{number}") for number in (3, 4)]
    product = ProductFactory(days=days)

    assert [holders_of(day) for day in days] == [[product], [product]]


def test_what_protects_and_what_lists_are_told_together_each_once():
    product = ProductFactory()
    line = TicketFactory(product=product).line
    quota = QuotaFactory(products=[product])
    checked = CheckinListFactory(products=[product])

    assert set(holders_of(product)) == {line, quota, checked}
    assert len(holders_of(product)) == 3


def test_what_would_go_along_is_asked_too():
    occurrence = OccurrenceFactory()
    quota = QuotaFactory(edition=occurrence.session.edition, day=None, occurrence=occurrence, size=12)

    assert holders_of(occurrence.session) == [quota]
    assert holders_of(Edition.objects.get(pk=quota.edition_id))


def test_rows_that_go_themselves_hold_nothing():
    """A session has its tags in a list: it goes with them, and they stay."""
    session = SessionFactory()

    assert holders_of(session) == []
