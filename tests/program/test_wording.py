"""When something is on, in words."""

import datetime as dt

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from program import wording
from program.published.codec import parse
from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory, paris, released

pytestmark = pytest.mark.django_db
THREE_DAYS = "from Sunday 2 May to Tuesday 4 May, every day from 10:00 to 19:00"
ALL_DAY = {"kind": "all_day", "daily_from": dt.time(10), "daily_to": dt.time(19)}


@pytest.mark.parametrize(
    ("start", "end", "fields", "said"),
    [
        ("2027-05-02T14:00", "2027-05-02T15:00", {}, "Sunday 2 May, 14:00–15:00"),
        ("2027-05-02T22:00", "2027-05-03T00:00", {}, "Sunday 2 May, 22:00–0:00"),
        ("2027-05-02T22:00", "2027-05-03T04:00", {}, "from Sunday 2 May at 22:00 to Monday 3 May at 4:00"),
        ("2027-05-02T10:00", "2027-05-04T19:00", ALL_DAY, THREE_DAYS),
        ("2027-05-02T10:00", "2027-05-05T00:00", ALL_DAY, THREE_DAYS),
        ("2027-05-02T10:00", "2027-05-03T00:00", ALL_DAY, "Sunday 2 May, 10:00–19:00"),
    ],
)  # fmt: skip
def test_ends_are_exclusive(start, end, fields, said):
    OccurrenceFactory(starts_at=paris(start), ends_at=paris(end), **fields)
    DayFactory()
    public, _unlisted = parse(released().snapshot)

    with override("en"):
        assert strip_tags(wording.when(public.occurrences[0])).replace("\xa0", " ") == said
