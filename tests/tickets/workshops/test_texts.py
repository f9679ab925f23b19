"""When and where a session is, in plain text and in the reader's language."""

import pytest
from django.utils.translation import override

from tickets.workshops import texts

NBSP = "\N{NO-BREAK SPACE}"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", f"dimanche 2{NBSP}mai{NBSP}2027, 14{NBSP}h{NBSP}– 15{NBSP}h"),
        ("en", f"Sunday 2{NBSP}May{NBSP}2027, 14:00–15:00"),
    ],
)
def test_when_is_the_day_with_its_hours(repair, language, expected):
    with override(language):
        assert texts.when(repair) == expected


def test_where_is_the_room_with_its_house(repair):
    assert texts.where(repair) == f"{repair.room.name}, {repair.room.venue.name}"
