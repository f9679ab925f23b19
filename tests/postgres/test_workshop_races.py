"""Places in sessions under many hands at once, on PostgreSQL; each guard has a control that fails without it."""

import uuid

from tests.factories.tickets import NOW
from tests.racing import at_once
from tests.tickets.workshops.sessions import another_time, session_with_places, workshop_of
from tests.tickets.workshops.test_booking import book, day_ticket
from tests.tickets.workshops.test_waiting import join
from tickets.catalogue import invariants as stock_invariants
from tickets.exceptions import BookedAlready, ServedAlready, SoldOut
from tickets.models import Order, OrderLine, Quota, WaitingEntry
from tickets.orders import invariants as order_invariants
from tickets.orders.placing import Buyer
from tickets.workshops import booking, invariants, leaving, queries, waiting
from tickets.workshops.booking import Booking

HANDS = 12


def violations():
    return stock_invariants.violations() + order_invariants.violations() + invariants.violations()


def person(number):
    return Buyer(f"Personne {number}", f"personne{number}@example.org", "fr")


def test_a_rush_fills_a_session_exactly():
    occurrence = session_with_places(size=5)

    outcomes = at_once(HANDS, lambda n: book(occurrence, buyer=person(n), token=n + 1))

    assert sum(isinstance(one, Order) for one in outcomes) == 5
    assert sum(isinstance(one, SoldOut) for one in outcomes) == HANDS - 5
    assert violations() == []


def test_one_ticket_gets_one_place_however_often_it_asks():
    occurrence = session_with_places(size=HANDS, registration="ticketed")
    ticket, found = day_ticket(), workshop_of(occurrence)

    def ask(number):
        wanted = Booking(found, 1, person(number), uuid.uuid4(), ticket)
        return booking.book(booking=wanted, now=NOW)

    outcomes = at_once(HANDS, ask)

    assert [type(one) for one in outcomes].count(Order) == 1
    assert all(isinstance(one, (Order, BookedAlready)) for one in outcomes)
    assert violations() == []


def waiting_for_one_place():
    """Return a session of one place that has come free, and the first of three who wait for it."""
    occurrence = session_with_places(size=1)
    order = book(occurrence)
    entries = [join(occurrence, name) for name in ("ada", "bo", "cy")]
    leaving.cancelling.cancel(order=order, actor=leaving.Actor.system("test"), now=NOW, tell=False)
    return occurrence, entries[0]


def test_many_ticks_at_once_make_one_offer_for_one_place():
    occurrence, first = waiting_for_one_place()

    outcomes = at_once(HANDS, lambda _number: waiting.offer_due(NOW))

    assert sum(outcomes) == 1
    assert list(Order.objects.filter(state="held").values_list("name", flat=True)) == ["Ada"]
    assert WaitingEntry.objects.get(pk=first.pk).order.state == "held"
    assert Quota.objects.get(occurrence=occurrence).taken == 1
    assert violations() == []


def offer_at_once(**careless):
    """Let many ticks serve the same entry of a session with room for all of them; return what each of them got."""
    occurrence, first = waiting_for_one_place()
    Quota.objects.filter(occurrence=occurrence).update(size=HANDS)
    found = workshop_of(occurrence)

    def offer(_number):
        arguments = {name: make() for name, make in careless.items()}
        return waiting.offer(entry=first, found=found, now=NOW, **arguments)

    outcomes = at_once(HANDS, offer)
    assert all(isinstance(one, (Order, ServedAlready)) for one in outcomes), outcomes
    return OrderLine.objects.filter(occurrence=occurrence, order__state="held").count()


def test_one_entry_is_served_once_even_where_there_is_room_for_all():
    assert offer_at_once() == 1
    assert violations() == []


def test_either_guard_alone_serves_an_entry_once():
    assert offer_at_once(form_token=uuid.uuid4) == 1


def test_the_same_without_the_guards_serves_it_again_and_again():
    """The control: if this one makes one offer too, the tests above prove nothing."""

    def careless_claim():
        return lambda entry, order: None

    assert offer_at_once(form_token=uuid.uuid4, claim=careless_claim) == HANDS


def test_swaps_crosswise_wait_for_nobody_for_ever():
    one = session_with_places(size=HANDS)
    other = another_time(one.session, size=HANDS, starts_at=one.ends_at)
    orders = [book((one, other)[n % 2], buyer=person(n), token=n + 1) for n in range(HANDS)]
    to = {one.pk: workshop_of(other), other.pk: workshop_of(one)}
    lines = [queries.booking_of(order) for order in orders]

    outcomes = at_once(
        HANDS,
        lambda n: leaving.swap(order=orders[n], line=lines[n], to=to[lines[n].occurrence_id], now=NOW),
    )

    assert all(isinstance(outcome, Order) for outcome in outcomes), outcomes
    assert set(Quota.objects.values_list("taken", flat=True)) == {HANDS // 2}
    assert violations() == []
