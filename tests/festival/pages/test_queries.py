import datetime as dt

import pytest
from django.utils import translation

from festival.pages import queries
from tests.factories.festival import (
    DayFactory,
    EditionFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    SectionFactory,
    SectionPageFactory,
)

pytestmark = pytest.mark.django_db


def test_days_of_one_part_are_those_on_which_it_is_open():
    village = DayFactory()
    fest = DayFactory(date=dt.date(2027, 5, 5), hours__section=SectionFactory(slug="fest"))
    DayFactory(edition=EditionFactory(number=2028, is_current=False), date=dt.date(2028, 5, 2))

    assert list(queries.days(village.edition)) == [village, fest]
    assert list(queries.days(village.edition, "fest")) == [fest]


def test_parts_come_in_the_organisers_order():
    edition = SectionFactory(slug="fest", sort_order=2).edition
    SectionFactory(slug="village", sort_order=1)
    SectionFactory(edition=EditionFactory(number=2028, is_current=False), slug="autre")

    assert [section.slug for section in queries.sections(edition)] == ["village", "fest"]


def test_the_sheet_of_the_week_is_named_by_what_is_in_it(django_assert_num_queries):
    SectionFactory(colour="#123456")
    SectionFactory(edition=EditionFactory(number=2026, is_current=False), slug="autrefois", colour="#654321")

    sheet = queries.week_sheet()

    assert "#123456" in sheet.css
    assert ".s-autrefois" in sheet.css
    assert len(sheet.name) == 16
    with django_assert_num_queries(0):
        assert queries.week_sheet() == sheet


def test_paths_are_those_of_the_language(home, english_home):
    SectionPageFactory(parent=home)
    NewsIndexPageFactory(parent=home)

    assert queries.section_paths() == {"village": "/fr/village/"}
    assert queries.news_path() == "/fr/actualites/"
    with translation.override("en"):
        assert (queries.section_paths(), queries.news_path()) == ({}, "")


def test_news_are_the_newest_that_are_out(home):
    index = NewsIndexPageFactory(parent=home)
    old, new, _draft, _coming = (
        NewsPageFactory(parent=index, slug=f"n{n}", live=n != 3, published_at=dt.datetime(2027, 4, n, tzinfo=dt.UTC))
        for n in (1, 2, 3, 9)
    )

    now = dt.datetime(2027, 4, 5, tzinfo=dt.UTC)

    assert list(queries.latest_news(5, now)) == [new, old]
    assert list(queries.latest_news(1, now)) == [new]


@pytest.mark.parametrize("is_current", [True, False])
def test_the_sheet_says_nothing_of_an_edition_in_preparation(is_current):
    SectionFactory(edition=EditionFactory(is_current=is_current, start_date=dt.date(2026, 5, 1)), slug="village")
    later = {"start_date": dt.date(2228, 5, 1), "end_date": dt.date(2228, 5, 7)}
    SectionFactory(edition=EditionFactory(number=2228, is_current=False, **later), slug="avenir", colour="#654321")

    css = queries.week_sheet().css

    assert ".s-village" in css
    assert "avenir" not in css
    assert "#654321" not in css
