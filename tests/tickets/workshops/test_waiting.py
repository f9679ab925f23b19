"""The waiting list: in order of arrival, one offer for one place, and a way out at any time."""

import datetime as dt

import pytest
from django.conf import settings

from festival.core import tick
from festival.core.limits import RateLimited
from festival.models import OutgoingMail
from tests.factories.tickets import NOW, ProductFactory, TicketFactory, cancel
from tests.remembered import remembered
from tests.tickets.workshops.sessions import session_with_places, workshop_of
from tests.tickets.workshops.test_booking import book, day_ticket, wanted
from tickets.exceptions import BookedAlready, HoldOver, NoWaitingList, PlacesFree, ServedAlready, SoldOut, TicketRefused
from tickets.models import Order, Product, Quota, WaitingEntry
from tickets.orders import confirming, expiring
from tickets.orders.placing import Buyer
from tickets.workshops import leaving, queries, waiting

pytestmark = pytest.mark.django_db


def person(name):
    return Buyer(name.title(), f"{name}@example.org", "fr")


def join(occurrence, name, *, now=NOW, ticket=None, admit=lambda: None):
    return waiting.join(wanted=wanted(occurrence, buyer=person(name), ticket=ticket), now=now, admit=admit)


@pytest.fixture
@remembered
def full(repair):
    """The session, both places taken by one booking."""
    book(repair, places=2)
    return repair


def give_back(occurrence, *, now=NOW):
    order = Order.objects.filter(lines__occurrence=occurrence, state="paid").first()
    leaving.leave(order=order, line=queries.booking_of(order), now=now)


def states():
    return [(entry.name, entry.state) for entry in WaitingEntry.objects.order_by("pk")]


def offers():
    return {order.name: order for order in Order.objects.filter(state="held")}


def test_nobody_waits_for_a_session_with_places(repair):
    with pytest.raises(PlacesFree):
        join(repair, "zoe")


def test_a_session_without_a_list_keeps_none(db):
    occurrence = session_with_places(waitlist=False, size=1)
    book(occurrence)

    with pytest.raises(NoWaitingList):
        join(occurrence, "zoe")


def test_who_joins_twice_stands_once_and_gets_the_mail_again(full):
    first = join(full, "zoe")

    assert join(full, "zoe") == first
    assert WaitingEntry.objects.count() == 1
    assert OutgoingMail.objects.filter(kind="workshop.waiting", to="zoe@example.org").count() == 2


def test_a_refused_guard_writes_nothing(full):
    def refuse():
        raise RateLimited(scope="x", seconds=60)

    with pytest.raises(RateLimited):
        join(full, "zoe", admit=refuse)

    assert not WaitingEntry.objects.exists()


def test_what_comes_free_is_held_for_the_first_in_line(full):
    for name in ("ada", "bo", "cy"):
        join(full, name)

    give_back(full)

    assert states() == [("Ada", "offered"), ("Bo", "offered"), ("Cy", "waiting")]
    assert Quota.objects.get().taken == 2
    assert {order.name for order in Order.objects.filter(state="held")} == {"Ada", "Bo"}


def test_while_people_wait_nobody_comes_before_them(full):
    join(full, "ada")
    Quota.objects.update(size=3)

    with pytest.raises(SoldOut):
        book(full, token=9)

    assert waiting.offer_due(NOW) == 1
    assert workshop_of(full).waiting == 0


def test_a_claimed_place_is_a_ticket(full):
    join(full, "ada")
    give_back(full)

    confirming.confirm(order=offers()["Ada"], now=NOW + dt.timedelta(minutes=20))

    order = Order.objects.get(name="Ada")
    assert order.state == "paid"
    assert order.lines.get().ticket.state == "valid"


def test_what_is_not_claimed_goes_to_the_next(db):
    occurrence = session_with_places(size=1)
    book(occurrence)
    join(occurrence, "ada")
    join(occurrence, "bo")
    give_back(occurrence)
    ada = offers()["Ada"]
    later = ada.expires_at

    assert later == NOW + dt.timedelta(minutes=30)  # two hours and a half before the session
    assert expiring.expire_due(later) == 1
    assert waiting.offer_due(later) == 1

    assert list(offers()) == ["Bo"]
    with pytest.raises(SoldOut):
        confirming.confirm(order=ada, now=later)


def test_an_offer_that_is_declined_goes_to_the_next(db):
    occurrence = session_with_places(size=1)
    book(occurrence)
    join(occurrence, "ada")
    join(occurrence, "bo")
    give_back(occurrence)
    ada = offers()["Ada"]

    leaving.leave(order=ada, line=queries.booking_of(ada), now=NOW)

    assert list(offers()) == ["Bo"]
    with pytest.raises(HoldOver):
        confirming.confirm(order=ada, now=NOW)


def test_who_left_gets_no_offer(full):
    entry = join(full, "ada")

    assert waiting.quit_list(entry=entry, now=NOW)
    assert not waiting.quit_list(entry=entry, now=NOW)
    give_back(full)

    assert states() == [("Ada", "left")]
    assert offers() == {}


def test_an_entry_is_served_once(full):
    entry = join(full, "ada")
    give_back(full)

    with pytest.raises(ServedAlready):
        waiting.offer(entry=entry, found=workshop_of(full), now=NOW)

    assert Order.objects.filter(name="Ada").count() == 1


def test_the_list_of_a_session_that_begins_is_over(full):
    join(full, "ada")

    assert waiting.offer_due(full.starts_at) == 0
    assert states() == [("Ada", "over")]


def test_a_list_waits_until_the_sale_opens_again(full):
    join(full, "ada")
    Product.objects.update(sale_opens=NOW + dt.timedelta(hours=1))
    Quota.objects.update(size=3)

    assert waiting.offer_due(NOW) == 0
    assert states() == [("Ada", "waiting")]


def test_a_list_with_tickets_asks_for_one_and_for_no_second_place(db):
    occurrence = session_with_places(registration="ticketed", size=1)
    first, second = day_ticket(), day_ticket()
    book(occurrence, ticket=first)

    with pytest.raises(TicketRefused):
        join(occurrence, "zoe")
    with pytest.raises(BookedAlready):
        join(occurrence, "zoe", ticket=first)
    join(occurrence, "ada", ticket=second)
    give_back(occurrence)

    assert offers()["Ada"].lines.get().booked_with == second


def test_a_ticket_that_was_cancelled_meanwhile_is_passed_over(db):
    occurrence = session_with_places(registration="ticketed", size=1)
    book(occurrence, ticket=day_ticket())
    lost = TicketFactory(product=ProductFactory())
    join(occurrence, "ada", ticket=queries.ticket_by_code(lost.short_code, occurrence.edition))
    join(occurrence, "bo", ticket=day_ticket())
    cancel(lost)

    give_back(occurrence)

    assert states() == [("Ada", "over"), ("Bo", "offered")]


def test_tick_does_it_all(full):
    join(full, "ada")
    Quota.objects.update(size=3)

    reports = {report.job: report.count for report in tick.run(now=NOW)}

    assert reports["tickets.workshops.waiting.offer_due"] == 1
    assert "tickets.workshops.telling.tell_programme" in settings.TICK_JOBS
