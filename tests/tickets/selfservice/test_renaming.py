"""The name on a ticket."""

import datetime as dt

import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.door import open_door, token
from tests.factories.tickets import NOW, ProductFactory, TicketFactory
from tests.remembered import remembered
from tests.tickets.selfservice.test_inviting import fill, guests
from tickets.door import finding
from tickets.door.verdicts import Direction
from tickets.exceptions import NotChangeable
from tickets.models import OrderLine, Product, Ticket
from tickets.orders import cancelling
from tickets.selfservice import passing_on, renaming
from tickets.selfservice.passing_on import Buyer

pytestmark = pytest.mark.django_db
HOLDER = Actor("order:K00001", "Camille")


@pytest.fixture
@remembered
def door():
    door = open_door()
    door.product.named = True
    door.product.save()
    return door


def rename(ticket, name="Zoé Martin", now=NOW):
    renaming.rename(ticket=ticket, order=ticket.line.order, name=name, actor=HOLDER, now=now)


def found(door, words):
    options = {"device_id": door.phone.pk, "list_id": door.list.pk, "user": door.phone.user, "now": NOW}
    search, _phone = finding.find(words=words, direction=Direction.IN, **options)
    return [one.ticket.ticket.holder for one in search.found]


def test_the_code_stays_and_the_door_knows_the_new_name(door):
    ticket = door.ticket(holder="Camile Dupond", order__name="Camille Dupont")
    before = token(ticket)

    rename(ticket)

    again = Ticket.objects.get()
    assert (again.holder, again.issue, again.short_code) == ("Zoé Martin", 1, ticket.short_code)
    assert token(ticket) == before
    assert found(door, "zoe") == ["Zoé Martin"]
    assert found(door, "camile") == []
    assert found(door, "dupont") == ["Zoé Martin"], "the buyer is still asked for"
    assert door.scan(before).scan.verdict == "admitted"


def test_the_log_says_who_did_it_and_keeps_no_name(door):
    rename(door.ticket())

    entry = AuditEntry.objects.get(verb="ticket.renamed")
    assert (entry.actor, entry.facts) == (HOLDER.key, {})


def test_the_same_name_again_is_nothing_new(door):
    ticket = door.ticket()

    for _ in range(2):
        rename(ticket)

    assert AuditEntry.objects.filter(verb="ticket.renamed").count() == 1


def test_what_came_in_keeps_its_name(door):
    ticket = door.ticket()
    scan = door.scan(token(ticket)).scan

    with pytest.raises(NotChangeable, match="used"):
        rename(ticket)

    door.undo(scan)
    rename(ticket)
    assert Ticket.objects.get().holder == "Zoé Martin"


@pytest.mark.parametrize(("fields", "why"), [({"named": False}, "no_name"), ({"transferable": False}, "one_person")])
def test_the_product_says_whether_a_name_counts(door, fields, why):
    for name, value in fields.items():
        setattr(door.product, name, value)
    door.product.save()
    ticket = door.ticket()

    with pytest.raises(NotChangeable, match=why):
        rename(ticket)

    assert Ticket.objects.get().holder == ticket.holder


def test_after_its_day_a_name_stays(door):
    with pytest.raises(NotChangeable, match="over"):
        rename(door.ticket(), now=NOW + dt.timedelta(hours=8))


@pytest.mark.unsound
def test_what_costs_something_is_renamed_and_stays_with_what_paid_it(door):
    ticket = door.ticket(cents=5500)

    rename(ticket)

    ticket.refresh_from_db()
    assert ticket.holder == "Zoé Martin"
    passing_on.pass_on(ticket=ticket, order=ticket.order, to=Buyer("Noé", "noe@example.org", "fr"), now=NOW)
    assert (ticket.line.order.total_cents, Ticket.objects.get().order.total_cents) == (5500, 0)


def test_what_was_given_back_or_passed_on_has_no_holder_here(door):
    ticket, passed = door.ticket(), door.ticket()
    cancelling.cancel(order=ticket.line.order, actor=HOLDER, now=NOW)
    to = Buyer("Noé", "noe@example.org", "fr")
    passing_on.pass_on(ticket=passed, order=passed.line.order, to=to, now=NOW)

    for one in (ticket, passed):
        with pytest.raises(NotChangeable, match="ended"):
            rename(one)

    assert set(Ticket.objects.values_list("holder", flat=True)) == {ticket.holder, "Noé"}


def test_another_ticket_of_the_order_keeps_its_name(door):
    ticket = door.ticket()
    other = TicketFactory(product=door.product, order=ticket.line.order, holder="Anna")

    rename(ticket)

    other.refresh_from_db()
    assert other.holder == "Anna"


@pytest.fixture
def ada(village):
    """A guest who has filled in their own, with a ticket that carries a name."""
    Product.objects.update(named=True)
    guest, _other = guests(village)
    fill(guest)
    guest.refresh_from_db()
    return guest


def test_a_guest_corrects_the_name_on_all_that_is_theirs(ada, village):
    unnamed = ProductFactory(slug="atelier", days=[], admission="all_days")
    more = TicketFactory(product=unnamed, order=ada.order, holder="Ada Lý")
    OrderLine.objects.filter(pk=more.line_id).update(guest=ada)
    before = set(Ticket.objects.values_list("short_code", flat=True))

    renaming.rename_guest(guest=ada, name="Ada Lyon", now=NOW)

    ada.refresh_from_db()
    held = set(Ticket.objects.filter(line__guest=ada).values_list("holder", flat=True))
    assert (ada.name, held) == ("Ada Lyon", {"Ada Lyon"})
    assert set(Ticket.objects.values_list("short_code", flat=True)) == before
    assert AuditEntry.objects.get(verb="ticket.renamed").actor_name == "Ada Lý"


@pytest.mark.parametrize(
    ("change", "why"),
    [({"named": False}, "no_name"), ({"transferable": False}, "one_person")],
)
def test_a_guest_changes_no_name_that_does_not_count_or_is_for_one_person(ada, change, why):
    Product.objects.update(**change)

    with pytest.raises(NotChangeable) as refused:
        renaming.rename_guest(guest=ada, name="Mallory", now=NOW)

    ada.refresh_from_db()
    assert (refused.value.why, ada.name) == (why, "Ada Lý")
    assert not Ticket.objects.filter(holder="Mallory").exists()
