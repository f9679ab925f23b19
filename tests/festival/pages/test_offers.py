from datetime import UTC, datetime

import pytest

from festival.pages import offers
from festival.pages.offers import PlaceOffer, PublicOffer, PublicPrice

OPENS, CLOSES = datetime(2027, 1, 12, tzinfo=UTC), datetime(2027, 5, 7, tzinfo=UTC)


def offer(*prices, slug="pass", is_admission=True):
    return PublicOffer(slug, "fest", "Pass", prices, "EUR", OPENS, CLOSES, is_admission)


def test_without_a_shop_nothing_is_offered(settings):
    settings.PUBLIC_OFFERS = ""

    assert list(offers.public_offers()) == []


@pytest.mark.parametrize(
    ("prices", "free"),
    [
        ((PublicPrice("", 0, None),), True),
        ((PublicPrice("", 0, None), PublicPrice("", 500, None)), False),
        ((PublicPrice("", 0, 5000),), False),
        ((), True),
    ],
)
def test_free_is_what_costs_nothing_whatever_is_chosen(prices, free):
    assert offer(*prices).is_free is free


def test_admissions_are_those_that_are_named(settings):
    settings.PUBLIC_OFFERS = "tests.festival.pages.test_offers.listed"

    assert [found.slug for found in offers.admissions(["pass", "cup"])] == ["pass"]
    assert offers.admissions([]) == []


def listed():
    return [offer(slug="pass"), offer(slug="cup", is_admission=False), offer(slug="day")]


def test_each_price_is_an_offer_of_its_own(settings):
    settings.BASE_URL = "https://fete.example.org"

    fixed, chosen = offers.described([offer(PublicPrice("Juste", 11050, None), PublicPrice("", 6000, 50000))])

    assert (fixed["name"], fixed["price"], fixed["priceCurrency"]) == ("Pass, Juste", 110.5, "EUR")
    assert fixed["url"] == "https://fete.example.org/fr/billetterie/"
    assert "priceSpecification" not in fixed
    assert (chosen["name"], chosen["priceSpecification"]["maxPrice"]) == ("Pass", 500)
    assert "availability" not in fixed


def places():
    ASKED.append(1)
    return {"a": PlaceOffer("last", OPENS, CLOSES)}


ASKED: list[int] = []


def test_without_a_shop_no_places_are_known(settings):
    settings.PLACES_ON_OFFER = ""

    assert offers.places_on_offer() == {}


@pytest.mark.django_db
def test_the_shop_is_asked_for_places_once_a_request(settings, client):
    settings.PLACES_ON_OFFER = "tests.festival.pages.test_offers.places"
    client.get("/healthz")  # a request begins
    ASKED.clear()

    assert offers.places_on_offer()["a"].word == "last"
    offers.places_on_offer()
    assert len(ASKED) == 1

    client.get("/healthz")  # a request begins
    offers.places_on_offer()
    assert len(ASKED) == 2
