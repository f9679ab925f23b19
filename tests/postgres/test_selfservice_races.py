"""What holders do at once: a place comes back once, and a ticket is either used or given back.

Each has a control without its guard, which must go wrong, or the test proves nothing.
"""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction

from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.door import open_door, token
from tests.factories.tickets import NOW, OrderFactory, ProductFactory, QuotaFactory, TicketFactory
from tests.racing import at_once
from tests.tickets.races import careless_hold
from tickets.catalogue import invariants as stock_invariants
from tickets.door.verdicts import Verdict
from tickets.exceptions import NotCancellable
from tickets.models import Checkin, Order, Quota, Ticket, Transfer
from tickets.orders import cancelling, invariants, placing
from tickets.selfservice import passing_on

POSTS = 20


def pass_with_quotas():
    """Return an order with two free passes, which draw on a quota for each of two days, and one for both."""
    product = ProductFactory(slug="pass", admission="all_days")
    order = OrderFactory(edition=product.edition)
    TicketFactory.create_batch(2, product=product, order=order)
    for day in (*product.days.all(), None):
        QuotaFactory(edition=product.edition, products=[product], day=day)
    return order


def give_back(order, only=None, **options):
    actor = Actor.of_order(order.code)
    return cancelling.cancel(order=order, actor=actor, now=NOW, even_used=False, only=only, **options)


def taken():
    return list(Quota.objects.order_by("pk").values_list("taken", flat=True))


def violations():
    return stock_invariants.violations() + invariants.violations()


def test_twenty_posts_at_once_give_back_one_place():
    order = pass_with_quotas()
    ticket = Ticket.objects.first()

    outcomes = at_once(POSTS, lambda number: give_back(order, ticket))

    refused = [one for one in outcomes if isinstance(one, NotCancellable)]
    assert (outcomes.count(1), len(refused), {one.why for one in refused}) == (1, POSTS - 1, {"ended"})
    assert taken() == [1, 1, 1]
    assert OutgoingMail.objects.count() == 1
    assert violations() == []


def test_one_ticket_and_the_whole_order_at_once_give_back_each_place_once():
    order = pass_with_quotas()
    first, second = Ticket.objects.order_by("pk")

    outcomes = at_once(POSTS, lambda number: give_back(order, [None, first, second][number % 3]))

    assert sum(one for one in outcomes if isinstance(one, int)) == 2
    assert taken() == [0, 0, 0]
    assert Order.objects.get().state == "cancelled"
    assert violations() == []


@pytest.mark.unsound
def test_control_without_the_hold_places_come_back_more_than_once():
    order = pass_with_quotas()
    TicketFactory.create_batch(6, product=order.lines.first().product, order=order)
    ticket = Ticket.objects.first()

    outcomes = at_once(POSTS, lambda number: give_back(order, ticket, holding=careless_hold))

    assert outcomes.count(1) > 1
    assert any("taken" in line for line in violations())


def test_of_a_scan_and_giving_back_at_once_exactly_one_wins():
    door = open_door()
    wins = Counter()
    for _round in range(12):
        ticket = door.ticket()
        code, phones = token(ticket), [door.another_phone() for _ in range(5)]

        def one(number, ticket=ticket, code=code, phones=phones):
            if number % 2:
                return give_back(ticket.line.order, ticket)
            return door.scan(code, phone=phones[number // 2]).scan.verdict

        outcomes = at_once(10, one)

        came_in, given_back = outcomes.count(Verdict.ADMITTED), outcomes.count(1)
        assert came_in + given_back == 1, outcomes
        ticket.refresh_from_db()
        assert ticket.state == ("cancelled" if given_back else "valid")
        wins["scan" if came_in else "cancel"] += 1
    assert Checkin.objects.filter(verdict=Verdict.ADMITTED).count() == wins["scan"]
    assert violations() == []


def scan_while_it_is_given_back(door, ticket):
    """Scan after the holder's post has changed the ticket and before it is committed; return the verdict."""

    def scan():
        try:
            return door.scan(token(ticket)).scan.verdict
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            give_back(ticket.line.order, ticket)
            scanning = pool.submit(scan)
            time.sleep(1)
        return scanning.result(timeout=30)


def test_a_scan_waits_for_what_its_holder_does():
    door = open_door()

    assert scan_while_it_is_given_back(door, door.ticket()) == Verdict.CANCELLED


@pytest.mark.unsound
def test_control_without_the_constraint_somebody_comes_in_with_what_was_given_back():
    door = open_door()
    ticket = door.ticket()

    with _without("checkin_who_moves_has_a_step"):
        assert scan_while_it_is_given_back(door, ticket) == Verdict.ADMITTED


@contextmanager
def _without(name):
    (constraint,) = [each for each in Checkin._meta.constraints if each.name == name]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Checkin, constraint)
    try:
        yield
    finally:
        Checkin.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Checkin, constraint)


def test_twenty_posts_at_once_pass_one_ticket_on_once():
    order = pass_with_quotas()
    ticket = Ticket.objects.first()

    def one(number):
        to = placing.Buyer(f"Personne {number}", f"personne{number}@example.org", "fr")
        return passing_on.pass_on(ticket=ticket, order=order, to=to, now=NOW)

    outcomes = at_once(POSTS, one)

    (done,) = [one for one in outcomes if isinstance(one, Transfer)]
    assert {one.why for one in outcomes if one is not done} == {"ended"}
    assert (Order.objects.count(), OutgoingMail.objects.count(), taken()) == (2, 2, [2, 2, 2])
    ticket.refresh_from_db()
    assert (ticket.issue, ticket.holder) == (2, done.receiver.name)
    assert violations() == []


def test_of_passing_on_giving_back_and_coming_in_at_once_exactly_one_wins():
    door = open_door()
    for _round in range(8):
        ticket = door.ticket()
        order, code = ticket.line.order, token(ticket)
        phones = [door.another_phone() for _ in range(4)]

        def one(number, ticket=ticket, order=order, code=code, phones=phones):
            if number % 3 == 0:
                return give_back(order, ticket)
            if number % 3 == 1:
                to = placing.Buyer("Zoé", "zoe@example.org", "fr")
                return passing_on.pass_on(ticket=ticket, order=order, to=to, now=NOW)
            return door.scan(code, phone=phones[number // 3]).scan.verdict

        outcomes = at_once(12, one)

        wins = [one for one in outcomes if one == 1 or isinstance(one, Transfer) or one == Verdict.ADMITTED]
        assert len(wins) == 1, outcomes
    assert violations() == []
