"""The link of a guest is filled in once; then the ticket is theirs."""

import pytest
from django.core import mail as mails

from festival.core.limits import RateLimited
from festival.core.writing import writing
from festival.models import AuditEntry, OutgoingMail
from tests.factories.tickets import NOW, TicketFactory
from tests.tickets.questions.conftest import ask
from tickets.models import Answer, Guest, Order, OrderLine, Product, Ticket
from tickets.orders.placing import Buyer
from tickets.questions import queries
from tickets.questions.queries import Given
from tickets.selfservice import inviting
from tickets.selfservice.faults import FilledAlready, GuestGone

pytestmark = pytest.mark.django_db
ADA = Buyer("Ada Lý", "ada@example.org", "en")


def guests(village, count=2, **fields):
    """Return the guests of a paid order of so many tickets."""
    first = TicketFactory(product=village, order__is_basket=True, holder="", **fields)
    order = first.line.order
    tickets = [first, *(TicketFactory(product=village, order=order, holder="", **fields) for _ in range(count - 1))]
    with writing(public=False):
        inviting.invite(order=order, guests=[[ticket.line] for ticket in tickets])
    return list(Guest.objects.select_related("order__edition").order_by("rank"))


def fill(guest, person=ADA, **options):
    inviting.fill_in(guest=guest, person=person, now=NOW, **{"given": ()} | options)


def test_a_person_gets_the_ticket_with_their_name(village, run_outbox):
    Product.objects.update(named=True)
    ask(village, "regime")
    ada, other = guests(village)
    line, facts = ada.lines.get(), queries.asked_of_place(village.edition_id, village.pk)[0]

    fill(ada, given=[Given(facts, line, "vegan")])
    run_outbox()

    ticket = Ticket.objects.get(line=line)
    assert (ticket.holder, ticket.words.split()[:2]) == ("Ada Lý", ["ada", "ly"])
    assert Answer.objects.get().line == line
    assert Guest.objects.get(pk=other.pk).filled_at is None
    sent = mails.outbox[0]
    assert (sent.to, sent.subject.startswith("Your ticket")) == (["ada@example.org"], True)
    assert "/en/tickets/guest/" in sent.body
    assert ada.order.secret not in sent.body
    assert [attached[0] for attached in sent.attachments if isinstance(attached, tuple)] or sent.attachments
    entry = AuditEntry.objects.get(verb="guest.filled_in")
    assert (entry.facts, "ada@" in str(entry.__dict__)) == ({"rank": 1}, False)


def test_it_is_filled_in_once(village):
    guest, _other = guests(village)
    fill(guest)
    with pytest.raises(FilledAlready):
        fill(guest, Buyer("Somebody else", "other@example.org", "fr"))

    assert Guest.objects.get(pk=guest.pk).name == "Ada Lý"
    assert OutgoingMail.objects.filter(kind="guest.tickets").count() == 1


@pytest.mark.unsound
@pytest.mark.parametrize("state", ["pending", "expired"])
def test_only_what_is_paid_is_filled_in(village, state):
    guest, _other = guests(village)
    Order.objects.update(state=state, expires_at=NOW)
    with pytest.raises(GuestGone):
        fill(guest)


@pytest.mark.unsound
def test_what_was_given_back_is_nobodys_any_more(village):
    guest, _other = guests(village)
    Ticket.objects.filter(line__guest=guest).update(state="cancelled")
    OrderLine.objects.filter(guest=guest).update(cancelled_at=NOW)
    with pytest.raises(GuestGone):
        fill(guest)
    assert Guest.objects.get(pk=guest.pk).filled_at is None


def test_answers_are_for_their_own_lines_only(village):
    ask(village, "regime")
    guest, other = guests(village)
    facts = queries.asked_of_place(village.edition_id, village.pk)[0]
    with pytest.raises(GuestGone):
        fill(guest, given=[Given(facts, other.lines.get(), "vegan")])
    assert not Answer.objects.exists()


def test_what_a_limit_refuses_changes_nothing(village):
    guest, _other = guests(village)

    def refuse():
        raise RateLimited(scope="guest", seconds=300)

    with pytest.raises(RateLimited):
        fill(guest, admit=refuse)
    assert Guest.objects.get(pk=guest.pk).filled_at is None
    assert not OutgoingMail.objects.filter(kind="guest.tickets").exists()


def test_the_mail_is_sent_again(village):
    guest, _other = guests(village)
    fill(guest)
    inviting.send_again(guest=guest, now=NOW)
    assert list(OutgoingMail.objects.filter(kind="guest.tickets").values_list("to", flat=True)) == [ADA.email] * 2
