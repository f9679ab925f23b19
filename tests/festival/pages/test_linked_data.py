from datetime import UTC, datetime

import pytest

from festival.pages import linked_data
from tests.factories.festival import EditionFactory, SectionFactory

pytestmark = pytest.mark.django_db
URL = "https://fete.example.org/fr/"


def test_what_is_not_known_is_not_said():
    assert linked_data.known({"a": "", "b": None, "c": [], "d": {}, "e": False, "f": 0}) == {"e": False, "f": 0}


def test_the_week_says_when_where_and_by_whom():
    edition = EditionFactory()

    week = linked_data.festival(edition, url=URL)

    assert week["startDate"] == edition.start_date.isoformat()
    assert week["location"]["address"]["addressLocality"] == edition.city
    assert week["eventStatus"] == "https://schema.org/EventScheduled"
    assert "offers" not in week


@pytest.mark.parametrize(("prices", "free"), [((0,), True), ((0, 5.5), False), ((), None)])
def test_a_part_is_free_where_all_that_is_offered_is(prices, free):
    section = SectionFactory()

    part = linked_data.part(section, section.edition, url=URL, offers=[{"price": price} for price in prices])

    assert part.get("isAccessibleForFree") is free


def test_the_way_to_a_page_ends_with_the_page():
    way = linked_data.breadcrumbs(URL, "Page", [("Accueil", "/fr/")])[0]["itemListElement"]

    assert [step["name"] for step in way] == ["Accueil", "Page"]
    assert [step["position"] for step in way] == [1, 2]
    assert linked_data.breadcrumbs(URL, "Accueil", []) == []


def test_news_were_never_changed_before_they_were_published():
    at, before = datetime(2027, 3, 8, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)

    news = linked_data.article(URL, title="Neuf", published=at, changed=before, author="", text="")

    assert news["dateModified"] == at.isoformat()
    assert "author" not in news
