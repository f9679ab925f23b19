"""Registering: exact, once, and only what is on offer."""

import dataclasses
import datetime as dt
import uuid

import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry, OutgoingMail
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import NOW, PriceFactory, ProductFactory, QuotaFactory
from tests.remembered import remembered
from tests.tickets.races import ready
from tickets.exceptions import (
    DayNotOffered,
    DayPassed,
    NotFree,
    NotReady,
    SaleClosed,
    SaleNotOpen,
    SessionNotOffered,
    SoldOut,
    TooManyPlaces,
)
from tickets.models import Order, OrderLine, Product, Quota, SigningKey, Ticket
from tickets.orders import placing

pytestmark = pytest.mark.django_db
CAMILLE = placing.Buyer("Camille Dupont-N’Guessan", "camille@example.org", "fr")


def wish_for(product, **changes):
    one_day = product.admission == Product.Admission.ONE_DAY
    wish = {"day": product.days.first() if one_day else None, "places": 1, "buyer": CAMILLE}
    return placing.Wish(product=ready(product), form_token=uuid.UUID(int=1), **(wish | changes))


def register(product, *, now=NOW, **changes):
    return placing.register_free(wish=wish_for(product, **changes), now=now)


def taken(product):
    return list(Quota.objects.filter(products=product).order_by("pk").values_list("taken", flat=True))


def test_an_order_holds_lines_numbered_tickets_and_their_places(village):
    order = register(village, places=3)

    assert (order.state, order.total_cents, order.language, order.created_at) == ("paid", 0, "fr", NOW)
    assert [(line.kind, line.cents, line.vat_cents, line.day) for line in order.lines.all()] == [
        ("admission", 0, 0, village.days.first())
    ] * 3
    assert [(ticket.number, ticket.holder, ticket.state) for ticket in Ticket.objects.order_by("pk")] == [
        (number, CAMILLE.name, "valid") for number in (1, 2, 3)
    ]
    assert taken(village) == [3, 0]


def test_a_line_keeps_the_names_and_the_rate_that_it_was_sold_with(village):
    village.prices.update(name={"fr": "Gratuit", "en": "Free"}, vat_rate=550)
    register(village)

    village.prices.update(name={"fr": "Autre"}, vat_rate=2000)
    Product.objects.update(name={"fr": "Autre"})

    line = OrderLine.objects.get()
    assert line.product_name.as_dict() == {"fr": "Entrée Village (gratuite)", "en": "Village entry (free)"}
    assert (line.price_name.as_dict(), line.vat_rate) == ({"fr": "Gratuit", "en": "Free"}, 550)


def test_the_mail_and_the_audit_line_are_in_the_transaction_of_the_order(village):
    order = register(village)

    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to, mail.language, mail.fact_id) == ("order.tickets", order.email, "fr", str(order.pk))
    entry = AuditEntry.objects.get(verb="order.placed")
    assert (entry.actor, entry.subject_id, entry.edition) == (f"order:{order.code}", str(order.pk), "2027")
    assert entry.facts == {"product": "village-jour", "places": 1, "total_cents": 0}


def test_the_same_form_again_is_the_same_order(village):
    assert register(village) == register(village)
    assert taken(village) == [1, 0]
    assert OutgoingMail.objects.count() == 1


def test_the_same_form_again_is_the_same_order_even_when_full_or_closed(village):
    order = register(village, places=10)

    assert register(village, places=10, now=village.sale_closes) == order


@pytest.mark.parametrize(
    "change",
    [
        lambda product: {"places": 2},
        lambda product: {"day": product.days.last()},
        lambda product: {"buyer": dataclasses.replace(CAMILLE, name="Milo")},
        lambda product: {"buyer": dataclasses.replace(CAMILLE, email="Camille@example.org")},
        lambda product: {"buyer": dataclasses.replace(CAMILLE, language="en")},
        lambda product: {"form_token": uuid.UUID(int=2)},
    ],
)
def test_any_changed_field_makes_another_order(village, change):
    first = register(village)
    wish = dataclasses.replace(wish_for(village), **change(village))

    assert placing.register_free(wish=wish, now=NOW) != first


def test_numbers_go_on_without_a_hole_after_a_refusal(village):
    register(village, places=9)
    with pytest.raises(SoldOut):
        register(village, places=2)
    register(village, day=village.days.last(), places=2)

    assert list(Ticket.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 12))


def test_each_edition_has_numbers_of_its_own(village):
    future = EditionFactory(number=2028, is_current=False)
    other = ProductFactory(edition=future, days=[DayFactory(edition=future, date=dt.date(2027, 5, 2))])

    register(village, places=2)
    register(other)

    assert list(Ticket.objects.order_by("pk").values_list("edition__number", "number")) == [
        (2027, 1),
        (2027, 2),
        (2028, 1),
    ]


def test_sold_out_says_how_many_are_left_and_writes_nothing(village):
    register(village, places=9)

    with pytest.raises(SoldOut) as caught:
        register(village, places=2)

    assert caught.value.left == 1
    assert (Order.objects.count(), OutgoingMail.objects.count()) == (1, 1)
    assert taken(village) == [9, 0]


def test_a_quota_of_the_whole_product_limits_too(village):
    QuotaFactory(products=[village], size=3)
    register(village, places=3)

    with pytest.raises(SoldOut):
        register(village, day=village.days.last())
    assert taken(village) == [3, 0, 3]


def test_a_product_without_quota_is_not_limited(village):
    village.quotas.all().delete()

    assert register(village, places=10).lines.count() == 10


def test_a_ticket_that_carries_a_name_is_one_a_form(village):
    village.named = True
    village.save()

    with pytest.raises(TooManyPlaces):
        register(village, places=2)
    order = register(village, places=1)

    assert [ticket.holder for ticket in Ticket.objects.filter(line__order=order)] == [CAMILLE.name]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"now": dt.datetime(2027, 1, 12, 8, 59, tzinfo=dt.UTC)}, SaleNotOpen),
        ({"now": dt.datetime(2027, 5, 4, 15, tzinfo=dt.UTC)}, SaleClosed),
        ({"now": dt.datetime(2027, 5, 2, 17, tzinfo=dt.UTC)}, DayPassed),
        ({"day": None}, DayNotOffered),
        ({"places": 0}, TooManyPlaces),
        ({"places": 11}, TooManyPlaces),
    ],
)
def test_what_is_not_possible(village, change, error):
    with pytest.raises(error):
        register(village, **change)
    assert not Order.objects.exists()


def test_a_day_of_another_product_is_not_offered(village):
    with pytest.raises(DayNotOffered):
        register(village, day=DayFactory(date=dt.date(2027, 5, 4)))


@pytest.mark.parametrize("price", [{"cents": 500}, {"cents": 0, "max_cents": 500}])
def test_what_costs_something_is_not_given_away(village, price):
    PriceFactory(product=village, slug="autre", **price)

    with pytest.raises(NotFree):
        register(village)


def test_what_has_no_price_yet_is_not_given_away(village):
    village.prices.all().delete()

    with pytest.raises(NotFree):
        register(village)


@pytest.mark.parametrize("kind", ["addon", "donation"])
def test_what_lets_nobody_in_makes_no_ticket(village, kind):
    Product.objects.update(kind=kind)

    with pytest.raises(NotFree):
        register(village)


def test_what_needs_approval_is_not_given_at_once(village):
    Product.objects.update(requires_approval=True)

    with pytest.raises(NotFree):
        register(village)


def test_without_a_key_nothing_is_taken(village):
    SigningKey.objects.all().delete()

    with pytest.raises(NotReady):
        register(village)

    assert taken(village) == [0, 0]
    assert not Order.objects.exists()
    ProductFactory()  # gives the edition its key again


@pytest.fixture
@remembered
def workshop(village):
    """A product for sessions, and a session with two places."""
    product = ProductFactory(edition=village.edition, slug="atelier", admission="occurrence", days=[])
    occurrence = OccurrenceFactory()
    QuotaFactory(products=[product], occurrence=occurrence, size=2)
    return product, occurrence


def test_a_place_in_a_session_is_taken_from_its_quota(workshop):
    product, occurrence = workshop

    order = register(product, occurrence=occurrence, places=2)

    assert [line.occurrence for line in order.lines.all()] == [occurrence] * 2
    assert taken(product) == [2]
    with pytest.raises(SoldOut):
        register(product, occurrence=occurrence)


def test_only_sessions_with_a_quota_of_the_product_are_on_offer(workshop, village):
    product, occurrence = workshop

    for chosen in (None, OccurrenceFactory()):
        with pytest.raises(SessionNotOffered):
            register(product, occurrence=chosen)
    with pytest.raises(DayNotOffered):
        register(village, occurrence=occurrence)


def test_a_session_that_is_over_or_called_off_is_not_on_offer(workshop):
    product, occurrence = workshop

    with pytest.raises(DayPassed):
        placing.register_free(wish=wish_for(product, occurrence=occurrence), now=occurrence.ends_at)
    occurrence.cancelled_at = NOW
    with pytest.raises(SessionNotOffered):
        register(product, occurrence=occurrence)


def test_a_mail_can_be_sent_again(village):
    order = register(village)

    placing.resend_order_mail(order=order, actor=Actor.of_order(order.code), now=NOW)

    assert OutgoingMail.objects.about(order).count() == 2
    assert AuditEntry.objects.filter(verb="order.mailed_again").count() == 1
