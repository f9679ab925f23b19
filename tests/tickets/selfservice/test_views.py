"""What a holder does with one ticket, through the pages below that of the order."""

import uuid

import pypdfium2
import pytest
from django.core import mail as mails
from django.urls import reverse
from django.utils.translation import override

from festival.models import AuditEntry, OutgoingMail
from tests.factories.door import token
from tests.factories.tickets import NOW, CheckinListFactory, DeviceFactory, PaymentFactory, TicketFactory
from tests.remembered import remembered
from tests.tickets.orders.test_views import page_of
from tickets.door import checkin
from tickets.models import Checkin, Order, Product, Quota, Ticket
from tickets.orders.order_views import MAILS_PER_ADDRESS
from tickets.selfservice import views

pytestmark = pytest.mark.django_db


def page_of_ticket(ticket, action="cancel", language="fr", **changes):
    order = ticket.order
    arguments = {"code": order.code, "secret": order.secret, "number": ticket.number} | changes
    with override(language):
        return reverse(f"tickets-ticket-{action}", kwargs=arguments)


def two(village, **fields):
    """Return two tickets of one order."""
    first = TicketFactory(product=village, **fields)
    return first, TicketFactory(product=village, order=first.line.order, **fields)


def scan(ticket, *, is_practice=False):
    day, slug = ticket.line.day, "essai" if is_practice else "vraie"
    checkin_list = CheckinListFactory(slug=slug, day=day, products=[ticket.line.product], is_practice=is_practice)
    phone = DeviceFactory(list=checkin_list)
    return checkin.redeem(
        scan=checkin.Scan(uuid.uuid4(), token(ticket), Checkin.Source.CAMERA),
        device_id=phone.pk,
        list_id=phone.list_id,
        user=phone.user,
        now=NOW,
    ).scan.verdict


def taken():
    return sum(Quota.objects.values_list("taken", flat=True))


# Giving back one ticket ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "said"), [("fr", "tout de suite"), ("en", "dies at once")])
def test_the_page_says_what_happens_and_changes_nothing(village, client, language, said):
    ticket, _ = two(village)
    address = page_of_ticket(ticket, language=language)

    html = client.get(address).content.decode()
    assert client.head(address).status_code == 200

    assert said in html
    assert ticket.holder in html
    assert (taken(), Ticket.objects.filter(state="valid").count()) == (2, 2)


def test_one_ticket_is_given_back_and_the_other_stays(village, client, run_outbox):
    ticket, other = two(village)
    order = ticket.order
    address = page_of_ticket(ticket)

    first, second = client.post(address, follow=True), client.post(address, follow=True)

    assert [first.redirect_chain, second.redirect_chain] == [[(page_of(order), 302)]] * 2
    assert "C’est déjà fait" in second.content.decode()
    assert (taken(), Order.objects.get().state) == (1, "paid")
    assert dict(Ticket.objects.values_list("pk", "state")) == {ticket.pk: "cancelled", other.pk: "valid"}
    html = client.get(page_of(order)).content.decode()
    assert html.count('class="qr"') == 1
    run_outbox()
    (message,) = mails.outbox
    assert OutgoingMail.objects.get().kind == "ticket.cancelled"
    assert message.to == [order.email]
    assert page_of(order) in message.body
    assert ticket.holder not in message.body
    entry = AuditEntry.objects.get(verb="ticket.cancelled")
    assert (entry.actor, entry.subject_id) == (f"order:{order.code}", str(ticket.pk))
    assert entry.facts == {"reason": "", "places": 1, "told": True}


def test_the_last_ticket_takes_the_order_with_it(village, client, run_outbox):
    ticket, other = two(village)

    for one in (ticket, other):
        client.post(page_of_ticket(one))

    assert (taken(), Order.objects.get().state) == (0, "cancelled")
    run_outbox()
    assert [mail.kind for mail in OutgoingMail.objects.order_by("pk")] == ["ticket.cancelled", "order.cancelled"]
    assert client.post(page_of_ticket(other)).status_code == 302


def test_what_was_scanned_stays_and_the_page_says_so(village, client):
    ticket, other = two(village)
    assert scan(ticket) == "admitted"

    response = client.post(page_of_ticket(ticket))

    assert response.status_code == 409
    assert "déjà été scanné" in response.content.decode()
    assert "<form method" not in client.get(page_of_ticket(ticket)).content.decode().partition('id="main"')[2]
    assert taken() == 2
    html = client.get(page_of(ticket.line.order)).content.decode()
    assert page_of_ticket(ticket) not in html
    assert page_of_ticket(other) in html
    assert client.post(page_of_ticket(other)).status_code == 302


def test_training_uses_up_nothing(village, client):
    ticket, _ = two(village)
    assert scan(ticket, is_practice=True) == "admitted"

    assert client.post(page_of_ticket(ticket)).status_code == 302
    assert taken() == 1


def test_after_the_day_it_is_too_late(village, client, settings):
    ticket, _ = two(village)
    settings.FESTIVAL_CLOCK = "2027-05-02T18:59"
    assert client.get(page_of_ticket(ticket)).status_code == 200
    settings.FESTIVAL_CLOCK = "2027-05-02T19:00"

    response = client.post(page_of_ticket(ticket))

    assert response.status_code == 409
    assert "terminé" in response.content.decode()
    assert page_of_ticket(ticket) not in client.get(page_of(ticket.line.order)).content.decode()
    assert client.post(page_of(ticket.line.order, "tickets-order-cancel")).status_code == 409
    assert taken() == 2


@pytest.mark.parametrize("email", ["orga@example.org", ""])
def test_what_was_paid_says_whom_to_ask(village, client, email):
    village.edition.organiser_email = email
    village.edition.save()
    ticket, _ = two(village, cents=5500)
    PaymentFactory(order=ticket.line.order, amount_cents=11000)

    response = client.post(page_of_ticket(ticket))

    assert response.status_code == 409
    assert (email or "billetterie") in response.content.decode()
    assert page_of_ticket(ticket) not in client.get(page_of(ticket.line.order)).content.decode()
    assert Ticket.objects.filter(state="valid").count() == 2


@pytest.mark.parametrize("changes", [{"secret": "x" * 43}, {"number": 0}, {"number": 10**30}])
def test_who_knows_not_all_of_the_address_finds_nothing(village, client, changes):
    ticket, _ = two(village)

    assert client.post(page_of_ticket(ticket, **changes)).status_code == 404
    assert taken() == 2


def test_the_ticket_of_another_order_is_not_found(village, client):
    mine, other = TicketFactory(product=village), TicketFactory(product=village)

    assert client.post(page_of_ticket(mine, number=other.number)).status_code == 404
    assert taken() == 2


def test_the_calendar_hears_of_it_when_nobody_comes_any_more(village, client):
    ticket, other = two(village)
    calendar = page_of(ticket.line.order, "tickets-order-ics")
    client.get(calendar)
    client.post(page_of_ticket(ticket))
    assert b"SEQUENCE:0" in client.get(calendar).content

    client.post(page_of_ticket(other))

    content = client.get(calendar).content
    assert b"SEQUENCE:1" in content
    assert b"STATUS:CANCELLED" in content


def test_the_page_costs_few_queries(village, client, django_assert_num_queries):
    ticket, _ = two(village)
    client.get(page_of_ticket(ticket))

    with django_assert_num_queries(7):  # generation, order, tickets, scans, lines, days, money
        client.get(page_of_ticket(ticket))


def test_a_single_place_is_given_back_with_its_order(village, client):
    ticket = TicketFactory(product=village)

    html = client.get(page_of(ticket.line.order)).content.decode()

    assert page_of_ticket(ticket) not in html
    assert page_of(ticket.line.order, "tickets-order-cancel") in html


def test_a_pass_is_over_after_its_last_day(village, client, settings):
    village.admission = "all_days"
    village.save()
    ticket = TicketFactory(product=village)
    settings.FESTIVAL_CLOCK = "2027-05-03T18:59"
    assert client.get(page_of_ticket(ticket)).status_code == 200
    assert "<button" in client.get(page_of_ticket(ticket)).content.decode()
    settings.FESTIVAL_CLOCK = "2027-05-03T19:00"

    assert client.post(page_of_ticket(ticket)).status_code == 409


# The name on it ------------------------------------------------------------------------------------------------------


@pytest.fixture
@remembered
def named(village):
    """Return the Village, whose tickets carry names."""
    village.named = True
    village.save()
    return village


def test_a_name_is_changed_on_page_and_paper(named, client):
    ticket, _ = two(named)
    order = ticket.order
    assert page_of_ticket(ticket, "rename") in client.get(page_of(order)).content.decode()
    form = client.get(page_of_ticket(ticket, "rename")).content.decode()
    assert f'value="{ticket.holder}"' in form

    response = client.post(page_of_ticket(ticket, "rename"), {"name": "  Zoé\u00a0 Martin "}, follow=True)

    assert response.redirect_chain == [(page_of(order), 302)]
    assert "Zoé Martin" in response.content.decode()
    again = Ticket.objects.get(pk=ticket.pk)
    assert (again.holder, again.short_code, again.issue) == ("Zoé Martin", ticket.short_code, 1)
    content = client.get(page_of(order, "tickets-order-pdf")).content
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    assert "Zoé Martin" in pages[0]
    assert ticket.holder not in pages[0].replace("\r\n", " ")


@pytest.mark.parametrize("name", ["", "Zoé www.exemple.fr", "x" * 121])
def test_a_name_keeps_the_rules_of_names_and_what_was_typed(named, client, name):
    ticket, _ = two(named)

    response = client.post(page_of_ticket(ticket, "rename"), {"name": name})

    assert response.status_code == 422
    assert f'value="{name}"' in response.content.decode() or not name
    assert 'class="err"' in response.content.decode()
    assert Ticket.objects.get(pk=ticket.pk).holder == ticket.holder


def test_names_are_not_tried_out_for_ever(named, client):
    ticket, _ = two(named)
    for number in range(views.RENAME.limit):
        client.post(page_of_ticket(ticket, "rename"), {"name": f"Nom {number}"})

    response = client.post(page_of_ticket(ticket, "rename"), {"name": "Encore un"})

    assert (response.status_code, "Retry-After" in response) == (429, True)
    assert 'value="Encore un"' in response.content.decode()
    assert Ticket.objects.get(pk=ticket.pk).holder == f"Nom {views.RENAME.limit - 1}"


def test_where_no_name_counts_none_is_changed(village, client):
    ticket, _ = two(village)

    response = client.post(page_of_ticket(ticket, "rename"), {"name": "Zoé Martin"})

    assert response.status_code == 409
    assert page_of_ticket(ticket, "rename") not in client.get(page_of(ticket.line.order)).content.decode()


# Passing it on -------------------------------------------------------------------------------------------------------

ZOE = {"name": "Zoé Martin", "email": "zoe@example.org"}


def test_a_ticket_is_passed_on(village, client, run_outbox):
    ticket, _ = two(village)
    giver = ticket.line.order
    old = Ticket.objects.get(pk=ticket.pk).short_code
    address = page_of_ticket(ticket, "pass-on")
    assert address in client.get(page_of(giver)).content.decode()
    assert client.get(address).status_code == 200

    first, second = client.post(address, ZOE, follow=True), client.post(address, ZOE, follow=True)

    assert [first.redirect_chain, second.redirect_chain] == [[(page_of(giver), 302)]] * 2
    assert "C’est déjà fait" in second.content.decode()
    receiver = Order.objects.exclude(pk=giver.pk).get()
    html = client.get(page_of(giver)).content.decode()
    assert "cédé à Zoé Martin" in html.replace("\N{NO-BREAK SPACE}", " ")
    assert html.count('class="qr"') == 1
    for secret in (receiver.code, receiver.secret, Ticket.objects.get(pk=ticket.pk).short_code, "zoe@example.org"):
        assert secret not in html
    theirs = client.get(page_of(receiver)).content.decode()
    assert theirs.count('class="qr"') == 1
    for foreign in (giver.code, giver.secret, giver.name, giver.email, old):
        assert foreign not in theirs
    assert taken() == 2
    run_outbox()
    assert [mail.to for mail in mails.outbox] == [["zoe@example.org"], [giver.email]]
    assert page_of(receiver) in mails.outbox[0].body


def test_the_new_holder_can_do_with_it_what_the_old_one_could(village, client):
    ticket = TicketFactory(product=village)
    client.post(page_of_ticket(ticket, "pass-on"), ZOE)
    theirs = Ticket.objects.select_related("order").get()
    page = client.get(page_of(theirs.order)).content.decode()
    assert page_of_ticket(theirs, "pass-on") in page
    assert page_of(theirs.order, "tickets-order-cancel") in page

    client.post(page_of_ticket(theirs, "pass-on"), {"name": "Noé", "email": "noe@example.org"})
    last = Ticket.objects.select_related("order").get()
    client.post(page_of(last.order, "tickets-order-cancel"))

    assert (last.issue, last.holder, taken()) == (3, "Noé", 0)
    assert "Noé" not in client.get(page_of(ticket.line.order)).content.decode()


def test_who_has_passed_on_all_has_nothing_to_give_back(village, client):
    ticket = TicketFactory(product=village)
    order = ticket.order
    client.post(page_of_ticket(ticket, "pass-on"), ZOE)

    html = client.get(page_of(order)).content.decode()

    assert page_of(order, "tickets-order-cancel") not in html
    assert page_of(order, "tickets-order-ics") in html
    for method in (client.get, client.post):
        assert method(page_of(order, "tickets-order-cancel"))["Location"] == page_of(order)
    assert client.get(page_of(order, "tickets-order-pdf")).status_code == 200
    assert taken() == 1


@pytest.mark.parametrize(
    ("changes", "kept"),
    [({"name": ""}, "zoe@example.org"), ({"email": "zoe@"}, "zoe@"), ({"email": ""}, "Zoé Martin")],
)
def test_what_is_to_be_mended_stays_as_typed(village, client, changes, kept):
    ticket = TicketFactory(product=village)

    response = client.post(page_of_ticket(ticket, "pass-on"), ZOE | changes)

    assert response.status_code == 422
    assert f'value="{kept}"' in response.content.decode()
    assert Order.objects.count() == 1


def test_nobody_writes_to_one_stranger_for_ever(village, client):
    tickets = TicketFactory.create_batch(MAILS_PER_ADDRESS.limit + 1, product=village)
    for ticket in tickets[:-1]:
        assert client.post(page_of_ticket(ticket, "pass-on"), ZOE).status_code == 302

    response = client.post(page_of_ticket(tickets[-1], "pass-on"), ZOE)

    assert (response.status_code, "Retry-After" in response) == (429, True)
    assert 'value="zoe@example.org"' in response.content.decode()
    tickets[-1].refresh_from_db()
    assert tickets[-1].issue == 1


def test_what_is_for_one_person_says_so(village, client):
    Product.objects.update(transferable=False)
    ticket = TicketFactory(product=village)

    response = client.post(page_of_ticket(ticket, "pass-on"), ZOE)

    assert response.status_code == 409
    assert "nominatif" in response.content.decode()
    assert page_of_ticket(ticket, "pass-on") not in client.get(page_of(ticket.line.order)).content.decode()


def test_passing_on_costs_a_fixed_number_of_queries(village, client, django_assert_num_queries):
    first, second = TicketFactory.create_batch(2, product=village)
    client.post(page_of_ticket(first, "pass-on"), ZOE)

    with django_assert_num_queries(26):
        client.post(page_of_ticket(second, "pass-on"), ZOE)
