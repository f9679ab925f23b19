import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from festival.models import OpeningHours, Section, closing_moment, hours_of
from tests.factories.festival import DayFactory, EditionFactory, OpeningHoursFactory, SectionFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


def utc(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.fixture
@remembered
def two_parts():
    """The seventh of May: the Fest from 9:30 to 1 in the morning, the Awards from 18:00 to 19:45."""
    day = DayFactory(date=dt.date(2027, 5, 7), hours=False)
    fest, prix = SectionFactory(slug="fest"), SectionFactory(slug="prix")
    OpeningHoursFactory(day=day, section=prix, opens=dt.time(18), closes=dt.time(19, 45))
    OpeningHoursFactory(day=day, section=fest, opens=dt.time(9, 30), closes=dt.time(1))
    return day


def test_a_day_is_open_from_its_first_to_its_last_door(two_parts):
    assert hours_of(two_parts) == (utc("2027-05-07T07:30"), utc("2027-05-07T23:00"))
    assert closing_moment(two_parts) == utc("2027-05-07T23:00")


def test_a_part_has_its_own_hours(two_parts):
    awards = Section.objects.get(slug="prix")

    assert hours_of(two_parts, awards) == (utc("2027-05-07T16:00"), utc("2027-05-07T17:45"))


def test_a_part_that_is_closed_that_day_shows_the_hours_of_the_day(two_parts):
    assert hours_of(two_parts, SectionFactory(slug="village")) == hours_of(two_parts)


def test_a_day_without_hours_ends_when_the_next_festival_day_begins():
    day = DayFactory(hours=False)

    assert hours_of(day) is None
    assert closing_moment(day) == utc("2027-05-03T03:00")


def test_the_parts_of_a_day_stand_in_the_organisers_order(two_parts):
    assert [section.slug for section in two_parts.sections] == ["fest", "prix"]
    Section.objects.filter(slug="prix").update(sort_order=0)
    assert [section.slug for section in two_parts.sections] == ["prix", "fest"]


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [(10, 19, False), (18, 1, True), (19, 0, False), (9, 9, True)],
)
def test_only_what_ends_after_midnight_ends_the_next_morning(opens, closes, expected):
    assert OpeningHours(opens=dt.time(opens), closes=dt.time(closes)).is_next_day is expected


def test_hours_of_another_editions_part_are_refused():
    day = DayFactory()
    stranger = SectionFactory(edition=EditionFactory(number=2028, is_current=False), slug="fest")

    with pytest.raises(ValidationError) as refused:
        OpeningHours(day=day, section=stranger, opens=dt.time(9), closes=dt.time(10)).full_clean()

    assert list(refused.value.message_dict) == ["section"]


def test_a_part_has_one_line_of_hours_a_day():
    hours = OpeningHoursFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningHours.objects.create(day=hours.day, section=hours.section, opens=dt.time(20), closes=dt.time(21))


@pytest.mark.parametrize("colours", [{"colour": "red"}, {"colour": "#fff"}, {"dark_colour": "#12345g"}])
def test_a_colour_is_nothing_but_a_colour(colours):
    with pytest.raises(IntegrityError), transaction.atomic():
        SectionFactory(**colours)


def test_a_part_is_called_by_its_name_where_it_has_no_label():
    assert SectionFactory().short_label == "Le Village"
    assert SectionFactory(slug="fest", label="Fest").short_label == "Fest"
