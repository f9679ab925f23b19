"""When something is, in words: ends are exclusive, nights belong to the day before."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils.html import strip_tags

from program import wording
from tests.factories import published as make
from tests.factories.published import moment


@pytest.mark.parametrize(
    ("end", "opens", "closes", "last"),
    [
        ("2031-04-04T19:00", "10:00", "19:00", "vendredi 4\xa0avril"),
        ("2031-04-05T00:00", "10:00", "19:00", "vendredi 4\xa0avril"),
        ("2031-04-05T00:00", "19:00", "00:00", "vendredi 4\xa0avril"),
        ("2031-04-05T01:00", "19:00", "01:00", "vendredi 4\xa0avril"),
        ("2031-04-05T12:00", "10:00", "19:00", "samedi 5\xa0avril"),
    ],
)
def test_an_exhibition_ends_on_the_day_on_which_it_is_open_last(end, opens, closes, last):
    show = replace(
        make.OCCURRENCE,
        kind="all_day",
        starts_at=moment("2031-04-01T10:00"),
        ends_at=moment(end),
        daily_from=dt.time.fromisoformat(opens),
        daily_to=dt.time.fromisoformat(closes),
    )

    sentence = strip_tags(wording.when(show))

    assert f"mardi 1er\xa0avril au {last}" in sentence


def test_times_are_never_divided():
    assert wording.hours(make.OCCURRENCE).startswith('<span class="nb">')
