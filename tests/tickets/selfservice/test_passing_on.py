"""Passing a ticket on: the place stays taken, the old code dies, nothing leads from one order to the other."""

import datetime as dt
import random
from contextlib import suppress

import icalendar
import pytest

from festival.core import series
from festival.core.audit import Actor
from festival.core.limits import RateLimited
from festival.models import AuditEntry, OutgoingMail
from tests.factories.door import open_door, token
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import (
    NOW,
    LineFactory,
    OrderFactory,
    PaymentFactory,
    ProductFactory,
    QuotaFactory,
    TicketFactory,
)
from tests.remembered import remembered
from tickets.delivery import queries
from tickets.delivery.calendar import order_calendar
from tickets.exceptions import NotChangeable
from tickets.models import Order, OrderLine, Quota, Ticket, Transfer, WaitingEntry
from tickets.orders import cancelling
from tickets.selfservice import passing_on
from tickets.selfservice.passing_on import Buyer

pytestmark = pytest.mark.django_db
ZOE = Buyer("Zoé Martin", "zoe@example.org", "en")
NOE = Buyer("Noé", "noe@example.org", "fr")
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
@remembered
def door():
    door = open_door()
    QuotaFactory(edition=door.product.edition, products=[door.product], day=door.list.day)
    return door


def pass_on(ticket, to=ZOE, now=NOW, **options):
    ticket = Ticket.objects.select_related("order__edition", "line").get(pk=ticket.pk)
    return passing_on.pass_on(ticket=ticket, order=ticket.order, to=to, now=now, **options)


def test_the_place_stays_taken_and_the_number_its_own(door):
    ticket = door.ticket()
    giver = ticket.order

    done = pass_on(ticket, network="abc")

    assert list(Quota.objects.values_list("taken", flat=True)) == [1]
    assert series.last(Ticket.SERIES, edition=door.product.edition) == 1
    again, receiver = Ticket.objects.get(), Order.objects.exclude(pk=giver.pk).get()
    assert (again.number, again.issue, again.holder, again.order) == (ticket.number, 2, "Zoé Martin", receiver)
    assert again.short_code != ticket.short_code
    assert (receiver.state, receiver.name, receiver.email, receiver.language) == ("paid", *vars_of(ZOE))
    assert (receiver.total_cents, receiver.network, receiver.created_at) == (0, "abc", NOW)
    assert receiver.secret != giver.secret
    assert (done.giver, done.receiver, done.issue, done.at) == (giver, receiver, 1, NOW)


def vars_of(buyer):
    return buyer.name, buyer.email, buyer.language


def test_the_old_codes_die_and_the_new_ones_open(door):
    ticket = door.ticket()
    old, old_short = token(ticket), ticket.short_code

    pass_on(ticket)

    assert door.scan(old).scan.verdict == "replaced"
    assert door.scan(old_short, source="typed").scan.verdict == "unknown"
    assert door.scan(token(ticket)).scan.verdict == "admitted"
    assert door.scan(Ticket.objects.get().short_code, source="typed").scan.verdict == "already_in"


def test_the_log_names_both_orders(door):
    ticket = door.ticket()

    done = pass_on(ticket)

    entry = AuditEntry.objects.get(verb="ticket.passed_on")
    assert (entry.actor, entry.subject_id) == (f"order:{done.giver.code}", str(ticket.pk))
    assert entry.facts == {"issue": 2, "giver": done.giver.code, "receiver": done.receiver.code}


def test_each_hears_of_it_in_a_mail_of_their_own(door):
    ticket = door.ticket()

    done = pass_on(ticket)

    told = OutgoingMail.objects.order_by("pk").values_list("kind", "to", "language")
    assert list(told) == [
        ("ticket.received", "zoe@example.org", "en"),
        ("ticket.passed_on", done.giver.email, "fr"),
    ]


def test_the_new_holder_passes_it_on_or_gives_it_back(door):
    ticket = door.ticket()
    first = pass_on(ticket)
    second = pass_on(ticket, NOE)

    assert (second.giver, second.issue, Ticket.objects.get().issue) == (first.receiver, 2, 3)
    cancelling.cancel(order=second.receiver, actor=Actor("x"), now=NOW, even_used=False)

    assert list(Quota.objects.values_list("taken", flat=True)) == [0]
    assert Ticket.objects.get().state == "cancelled"


def test_it_is_passed_on_once(door):
    ticket = door.ticket()
    giver = ticket.order
    pass_on(ticket)

    with pytest.raises(NotChangeable, match="ended"):
        passing_on.pass_on(ticket=ticket, order=giver, to=NOE, now=NOW)

    assert Transfer.objects.count() == 1
    assert Order.objects.count() == 2


def test_what_was_taken_along_goes_along(door):
    ticket = door.ticket()
    lunch = ProductFactory(slug="dejeuner", kind="addon", admission="all_days")
    LineFactory(order=ticket.order, product=lunch, kind="addon", booked_with=ticket)

    done = pass_on(ticket)

    theirs = queries.extras_of(done.receiver, queries.tickets_of(done.receiver))
    assert [(line.product, count) for line, count in theirs] == [(lunch, 1)]
    assert queries.extras_of(done.giver, queries.tickets_of(done.giver)) == []
    assert set(OrderLine.objects.values_list("order", flat=True)) == {done.giver.pk}, "its price stays with the payer"


def test_what_was_paid_stays_with_who_paid_it(door):
    order = OrderFactory(edition=door.product.edition)
    ticket = door.ticket(order=order, cents=5500)
    PaymentFactory(order=order)

    done = pass_on(ticket)

    again = Ticket.objects.get()
    assert (again.order, again.line.order) == (done.receiver, order)
    assert (Order.objects.get(pk=order.pk).total_cents, done.receiver.total_cents) == (5500, 0)
    assert door.scan(token(again)).scan.verdict == "admitted"
    assert again.words == " zoe martin", "the door finds it by its holder, not by who paid"


@pytest.mark.parametrize("state", ["paid", "held"])
def test_places_in_sessions_go_along(door, state):
    ticket = door.ticket()
    occurrence = OccurrenceFactory(edition=door.product.edition)
    atelier = ProductFactory(slug="atelier", admission="occurrence", days=[])
    booking = OrderFactory(edition=door.product.edition, state=state)
    seat = {"order": booking, "product": atelier, "occurrence": occurrence, "day": None, "booked_with": ticket}
    if state == "paid":
        TicketFactory(**seat)
    else:
        LineFactory(**seat)

    done = pass_on(ticket, now=occurrence.starts_at.replace(hour=1))

    booking.refresh_from_db()
    if state == "paid":
        assert [one.issue for one in queries.tickets_of(done.receiver)] == [2, 2]
        assert [one.holder for one in queries.tickets_of(done.receiver)] == ["Zoé Martin"] * 2
        assert queries.tickets_of(booking) == []
    else:
        assert (booking.email, booking.name) == ("zoe@example.org", "Zoé Martin")
        assert OutgoingMail.objects.filter(kind="order.confirm", to="zoe@example.org").exists()


@pytest.mark.parametrize("waits_already", [False, True])
def test_a_place_in_a_waiting_list_goes_along(door, waits_already):
    ticket = door.ticket()
    occurrence = OccurrenceFactory(edition=door.product.edition)
    entry = {"edition": door.product.edition, "occurrence": occurrence, "product": door.product, "created_at": NOW}
    entry |= {"language": "fr", "name": "x"}
    mine = WaitingEntry.objects.create(**entry, ticket=ticket, secret="a", email="camille@example.org")
    if waits_already:
        WaitingEntry.objects.create(**entry, secret="b", email=ZOE.email)

    pass_on(ticket)

    mine.refresh_from_db()
    assert (mine.email, mine.secret != "a") == (ZOE.email, True)
    assert mine.state == ("left" if waits_already else "waiting")


def test_the_others_of_the_order_stay(door):
    ticket = door.ticket()
    other = TicketFactory(product=door.product, order=ticket.order, day=ticket.line.day)

    done = pass_on(ticket)

    assert queries.tickets_of(done.giver) == [other]
    assert queries.tickets_of(done.receiver) == [ticket]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda door, ticket: door.scan(token(ticket)), "used"),
        (lambda door, ticket: type(door.product).objects.update(transferable=False), "one_person"),
        (lambda door, ticket: Ticket.objects.update(issue=255), "too_often"),
        (
            lambda door, ticket: cancelling.cancel(order=ticket.order, actor=Actor("x"), now=NOW),
            "ended",
        ),
    ],
)
def test_what_does_not_go_stays_as_it_is(door, change, why):
    ticket = door.ticket()
    change(door, ticket)
    before = Ticket.objects.values().get()

    with pytest.raises(NotChangeable, match=why):
        pass_on(ticket)

    assert Ticket.objects.values().get() == before
    assert (Order.objects.count(), Transfer.objects.count()) == (1, 0)


def test_not_after_the_day(door):
    with pytest.raises(NotChangeable, match="over"):
        pass_on(door.ticket(), now=NOW + dt.timedelta(hours=8))


def test_what_the_limits_refuse_is_given_up_whole(door):
    ticket = door.ticket()

    def refuse():
        raise RateLimited(scope="pass-on", seconds=60)

    with pytest.raises(RateLimited):
        pass_on(ticket, admit=refuse)

    assert (Ticket.objects.get().issue, Order.objects.count()) == (1, 1)
    assert not OutgoingMail.objects.exists()


def test_the_calendar_of_the_giver_lets_go_of_the_day(door):
    ticket = door.ticket()
    giver = Order.objects.select_related("edition").get()

    def event(order, now):
        order = Order.objects.select_related("edition").get(pk=order.pk)
        content = order_calendar(order, queries.tickets_of(order), now=now)
        return icalendar.Calendar.from_ical(content).walk("VEVENT")[0]

    before = event(giver, NOW)
    done = pass_on(ticket, now=LATER)
    after, theirs = event(giver, LATER), event(done.receiver, LATER)

    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"]), after["STATUS"]) == (0, 1, "CANCELLED")
    assert before["UID"] == after["UID"] != theirs["UID"]
    assert (after.decoded("LAST-MODIFIED"), theirs["STATUS"]) == (LATER, "CONFIRMED")


def test_a_day_on_which_somebody_still_comes_stays_in_the_calendar(door):
    ticket = door.ticket()
    TicketFactory(product=door.product, order=ticket.order, day=ticket.line.day)

    done = pass_on(ticket)

    content = order_calendar(done.giver, queries.tickets_of(done.giver), now=LATER)
    assert b"CANCELLED" not in content


@pytest.mark.parametrize("seed", range(12))
def test_whatever_holders_and_the_door_do_the_books_stay_sound(door, seed):
    """Each ticket is in one order, and holds one place until it is given back; `fsck` looks after the test."""
    chance = random.Random(seed)
    order = door.ticket().line.order
    TicketFactory.create_batch(4, product=door.product, order=order, day=door.list.day)
    used, back = set(), set()
    for step in range(25):
        ticket = chance.choice(Ticket.objects.select_related("order__edition", "line").order_by("pk"))
        giver, what = ticket.order, chance.choice(["scan", "back", "on", "on", "whole", "office"])
        whole = set(Ticket.objects.filter(order=giver).values_list("pk", flat=True))
        with suppress(NotChangeable):
            if what == "scan":
                used |= {ticket.pk} if door.scan(token(ticket)).scan.verdict == "admitted" else set()
            elif what == "on":
                passing_on.pass_on(ticket=ticket, order=giver, to=Buyer(f"N{step}", "n@example.org", "fr"), now=NOW)
                assert ticket.pk not in used | back
            else:
                only = ticket if what == "back" else None
                options = {"order": giver, "actor": Actor("x"), "now": NOW, "only": only}
                cancelling.cancel(**options, even_used=what == "office")
                gone = whole if only is None else {ticket.pk}
                assert what == "office" or not gone & used
                back |= gone

    assert set(Ticket.objects.filter(state="cancelled").values_list("pk", flat=True)) == back
    assert Quota.objects.get().taken == 5 - len(back)
    assert Transfer.objects.count() == sum(ticket.issue - 1 for ticket in Ticket.objects.all())
