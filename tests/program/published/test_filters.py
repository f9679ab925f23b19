import pytest

from program.published import filters
from program.published.filters import Filters


def test_filters_read_and_write_the_same_query():
    wanted = filters.from_query({"track": "soin", "language": "en", "unknown": "x", "access": ""})

    assert wanted == Filters(track="soin", language="en")
    assert wanted.query() == "?track=soin&language=en"
    assert Filters().query() == ""


def test_a_filter_is_taken_off_by_its_own_link():
    on = Filters().toggled("track", "soin")

    assert on.toggled("track", "soin") == Filters()
    assert on.toggled("track", "vie") == Filters(track="vie")


@pytest.mark.parametrize(
    ("interpretation", "marks", "understood"),
    [
        ((), set(), {"fr"}),
        (("lsf",), {"lsf"}, {"fr"}),
        (("captions-en", "audio-description"), {"captions"}, {"fr", "en"}),
        (("fr-en",), {"interpreted"}, {"fr", "en"}),
    ],
)
def test_marks_of_interpretation(interpretation, marks, understood):
    assert filters.marks(interpretation) == marks
    assert filters.understood(("fr",), interpretation) == understood
