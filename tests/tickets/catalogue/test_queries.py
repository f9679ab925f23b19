"""The rows of the shop become offers; the offers themselves need no database."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.factories.festival import EditionFactory
from tests.factories.program import OccurrenceFactory, SessionFactory, paris
from tests.factories.tickets import NOW, PriceFactory, ProductFactory, QuotaFactory
from tickets.catalogue import queries
from tickets.catalogue.pricing import SaleState, Scarcity, Stock
from tickets.catalogue.queries import DayFacts, DayOffer, Offer, PriceFacts, ProductFacts

PRICE = PriceFacts("", "", 0, None, is_default=True)
PRODUCT = ProductFacts(
    pk=1, slug="jour", section="village", kind="admission", name="Jour", description="", place="", proof="",
    currency="EUR", admission="one_day", days=(), prices=(PRICE,), opens=NOW, closes=NOW, max_per_order=8,
    requires_approval=False,
)  # fmt: skip
DAY = DayFacts(1, dt.date(2027, 5, 2), None, None, paris("2027-05-02T19:00"))


def day(size, taken, *, has_passed=False):
    return DayOffer(DAY, None if size is None else Stock(size, taken), has_passed)


def offered(*days, stock=None, admission="one_day", state=SaleState.OPEN):
    return Offer(replace(PRODUCT, admission=admission), state, stock, days)


@pytest.mark.parametrize(
    ("offer", "scarcity", "is_open"),
    [
        (offered(day(100, 0), day(100, 100)), Scarcity.MANY, True),
        (offered(day(None, 0), day(100, 99)), Scarcity.FREE, True),
        (offered(day(100, 99)), Scarcity.LAST, True),
        (offered(day(100, 100), day(100, 0, has_passed=True)), Scarcity.NONE, False),
        (offered(day(100, 0), state=SaleState.SOON), Scarcity.MANY, False),
        (offered(stock=Stock(100, 99), admission="all_days"), Scarcity.LAST, True),
        (offered(stock=Stock(1, 1), admission="all_days"), Scarcity.NONE, False),
    ],
)
def test_an_offer_is_as_scarce_as_its_best_day(offer, scarcity, is_open):
    assert (offer.scarcity, offer.is_open) == (scarcity, is_open)


@pytest.mark.parametrize(
    ("offer", "remaining"),
    [
        (offered(day(100, 10), day(50, 5), day(20, 0, has_passed=True)), Stock(150, 15)),
        (offered(day(100, 10), day(None, 0)), None),
        (offered(day(100, 10), stock=Stock(120, 100)), Stock(120, 100)),
        (offered(stock=Stock(100, 10), admission="all_days"), Stock(100, 10)),
    ],
)
def test_what_remains_is_the_days_that_are_not_over(offer, remaining):
    assert offer.remaining == remaining


def test_prices_come_cheapest_first_a_fixed_one_before_a_range():
    prices = tuple(replace(PRICE, cents=cents, max_cents=top) for cents, top in ((900, None), (500, 2000), (500, None)))

    found = Offer(replace(PRODUCT, prices=prices), SaleState.OPEN, None, ()).cheapest_first

    assert [(price.cents, price.max_cents) for price in found] == [(500, None), (500, 2000), (900, None)]


@pytest.mark.parametrize(
    ("changes", "registration"),
    [
        ({}, True),
        ({"prices": (replace(PRICE, cents=100),)}, False),
        ({"requires_approval": True}, False),
        ({"kind": "merchandise"}, False),
        ({"admission": "occurrence"}, False),
    ],
)
def test_only_a_free_admission_is_given_at_once(changes, registration):
    assert replace(PRODUCT, **changes).is_registration is registration


@pytest.mark.django_db
def test_the_catalogue_holds_what_the_current_edition_lists(django_assert_num_queries):
    product = ProductFactory(free=False)
    PriceFactory(product=product, cents=500)
    ProductFactory(edition=EditionFactory(number=2028, is_current=False), days=[])
    hidden = ProductFactory(slug="cache")
    hidden.is_listed = False
    hidden.save()

    (facts,) = queries.catalogue()

    assert (facts.slug, facts.section, facts.one_day, facts.is_free) == ("village-jour", "village", True, False)
    assert [(each.date.day, each.opens) for each in facts.days] == [
        (2, paris("2027-05-02T10:00")),
        (3, paris("2027-05-03T10:00")),
    ]
    with django_assert_num_queries(0):
        assert queries.catalogue() == (facts,)


@pytest.mark.django_db
def test_stock_is_read_live_by_the_day(django_assert_num_queries):
    product = ProductFactory()
    first, second = product.days.all()
    QuotaFactory(products=[product], day=first, size=10)
    queries.catalogue()

    with django_assert_num_queries(1):
        (offer,) = queries.offers(now=paris("2027-05-02T20:00"))

    assert [(day.iso, day.stock, day.has_passed) for day in offer.days] == [
        (first.date.isoformat(), Stock(10, 0), True),
        (second.date.isoformat(), None, False),
    ]
    assert offer.state is SaleState.OPEN
    assert queries.offer("village-jour", now=NOW).days[0].is_open
    assert queries.offer("rien", now=NOW) is None


@pytest.mark.django_db
def test_the_programme_learns_what_opens_a_session_and_how_full_it_is():
    session, occurrence = SessionFactory(), OccurrenceFactory()
    later, sooner = ProductFactory(slug="b", days=[]), ProductFactory(slug="a", days=[])
    for place, product in enumerate((sooner, later)):
        product.sort_order = place
        product.save()
        product.sessions.set([session])
        product.save()
    QuotaFactory(products=[sooner], occurrence=occurrence, size=30)

    assert queries.products_of_sessions([session.uuid, occurrence.session.uuid]) == {session.uuid: ["a", "b"]}
    assert queries.places_of_occurrences([occurrence.uuid]) == {occurrence.uuid: (30, 0)}
