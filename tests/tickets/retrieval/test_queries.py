"""Which orders belong to an address."""

import datetime as dt

import pytest

from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, LineFactory, OrderFactory, TicketFactory, cancel
from tests.tickets.selfservice.test_inviting import fill, guests
from tickets.delivery import links
from tickets.models import Guest, Product, Ticket, Transfer
from tickets.retrieval import queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ordered", "typed"),
    [
        ("camille@example.org", "Camille@Example.org"),
        ("camille+fest@example.org", "camille@example.org"),
        ("camille@example.org", "camille+2027@example.org"),
        ("ca.mille+x@googlemail.com", "camille@gmail.com"),
        ("c.d+e_f@example.org", "c.d@example.org"),
    ],
)
def test_every_spelling_of_a_mailbox_finds_its_orders(ordered, typed):
    order = OrderFactory(email=ordered)

    assert [one.order for one in queries.spellings(typed)] == [order]


@pytest.mark.parametrize(
    "typed",
    [
        "camill@example.org",
        "xcamille@example.org",
        "camille@example.org.eu",
        "camille@xample.org",
        "c.mille@example.org",
    ],
)
def test_another_mailbox_does_not(typed):
    OrderFactory(email="camille@example.org")

    assert [one.order for one in queries.spellings(typed)] == []


def test_dots_count_where_the_mail_server_counts_them():
    OrderFactory(email="ca.mille@example.org")

    assert [one.order for one in queries.spellings("camille@example.org")] == []


def test_each_spelling_has_its_last_order_the_last_used_first():
    hours = [NOW - dt.timedelta(hours=number) for number in range(4)]
    OrderFactory(email="camille@example.org", created_at=hours[3])
    second = OrderFactory(email="Camille@example.org", created_at=hours[2])
    third = OrderFactory(email="camille+x@example.org", created_at=hours[1])

    assert [one.order for one in queries.spellings("camille@example.org")] == [third, second]


def test_an_address_sees_its_own_orders_alone():
    mine = OrderFactory(email="camille@example.org")
    OrderFactory(email="camille+x@example.org", edition=mine.edition)

    found = queries.orders_of("CAMILLE@example.org")

    assert [one.order for one in found.orders] == [mine]
    assert queries.orders_of("nobody@example.org") is None


def test_what_ended_stands_last_and_earlier_editions_apart(village):
    gone = OrderFactory(edition=village.edition, state="cancelled", created_at=NOW + dt.timedelta(hours=1))
    good = OrderFactory(edition=village.edition)
    old = OrderFactory(edition=EditionFactory(number=2026, is_current=False), created_at=NOW - dt.timedelta(days=365))
    OrderFactory(edition=old.edition, state="cancelled")

    found = queries.orders_of("camille@example.org")

    assert [one.order for one in found.current] == [good, gone]
    assert [one.order for one in found.earlier] == [old]
    assert found.edition == village.edition


def test_places_of_one_day_are_counted_together_and_cancelled_ones_left_out(village):
    order = OrderFactory(edition=village.edition)
    tickets = TicketFactory.create_batch(3, order=order, product=village)
    cancel(tickets[0])

    [found] = queries.orders_of("camille@example.org").current

    [line] = found.lines
    assert (line.count, line.day, str(line.name)) == (2, tickets[0].line.day, "Entrée Village (gratuite)")


def test_a_cancelled_order_still_says_what_it_was(village):
    order = OrderFactory(edition=village.edition, state="cancelled")
    LineFactory(order=order, product=village, cancelled_at=NOW)

    [found] = queries.orders_of("camille@example.org").current

    assert [line.count for line in found.lines] == [1]


@pytest.mark.parametrize("orders", [1, 3])
def test_any_number_of_orders_is_read_with_four_queries(village, django_assert_num_queries, orders):
    for _ in range(orders):
        TicketFactory(order=OrderFactory(edition=village.edition), product=village)

    with django_assert_num_queries(4):  # orders, lines, days, guests; there are no sessions
        assert len(queries.orders_of("camille@example.org").orders) == orders


def test_a_ticket_that_was_passed_on_is_found_by_its_new_holder_alone(village):
    ticket = TicketFactory(product=village)
    receiver = OrderFactory(edition=village.edition, email="zoe@example.org")
    Transfer.objects.create(ticket=ticket, issue=1, giver=ticket.order, receiver=receiver, at=NOW)
    Ticket.objects.update(order=receiver, issue=2)

    theirs = queries.orders_of("zoe@example.org").orders[0]
    givers = queries.orders_of(ticket.line.order.email).orders[0]

    assert [line.count for line in theirs.lines] == [1]
    assert givers.lines == ()


@pytest.fixture
def ada(village):
    """A guest of a group who has filled in their own, with an address of their own."""
    Product.objects.update(named=True)
    guest, _other = guests(village)
    fill(guest)
    return Guest.objects.get(pk=guest.pk)


def test_a_guest_is_found_by_the_address_that_they_gave_with_what_is_theirs_alone(ada):
    (spelling,) = queries.spellings("Ada+fest@example.org")
    assert (spelling.email, spelling.language, spelling.order) == ("ada@example.org", "en", ada.order)

    found = queries.orders_of("ada@example.org")

    (mine,) = found.guests
    assert (found.orders, found.edition, mine.guest) == ((), ada.order.edition, ada)
    assert sum(line.count for line in mine.lines) == 1
    assert links.own_token(ada) in mine.address
    assert queries.orders_of(ada.order.email).guests == ()


def test_a_guest_without_anything_is_not_found(ada):
    cancel(Ticket.objects.select_related("line__order", "line__product").get(line__guest=ada))

    assert queries.orders_of("ada@example.org") is None
