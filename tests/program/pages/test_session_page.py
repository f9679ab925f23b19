from dataclasses import replace

import pytest

from festival.pages.offers import PublicOffer, PublicPrice
from program.pages.session_page import session_context
from program.published.snapshot import Book, Recording
from tests.factories import published as make
from tests.factories.published import moment

NOW = moment("2031-03-01T10:00")


def offers():
    """What the shop of these tests lists."""
    opens, closes = moment("2031-01-01T10:00"), moment("2031-03-20T10:00")
    return [PublicOffer("pase", "feria", "Pase", (PublicPrice("", 5000, None),), "EUR", opens, closes, True)]


@pytest.fixture(autouse=True)
def no_shop(settings):
    settings.PUBLIC_OFFERS = ""


def test_a_session_is_shown_with_its_times_and_its_books():
    other = replace(make.SESSION, slug="velas")
    book = make.PROGRAMME.books[0]
    programme = replace(
        make.PROGRAMME,
        sessions=(make.SESSION, other),
        books=(book, Book("vela", "La vela", "A. Nónima", 1999, "es", make.text(), (other,))),
    )

    context = session_context(programme, make.SESSION, NOW)

    assert [occurrence for occurrence, _around in context["occurrences"]] == [make.OCCURRENCE]
    assert context["books"] == [book]
    assert session_context(programme, other, NOW)["occurrences"] == []


@pytest.mark.parametrize(("now", "on_sale"), [("2031-03-20T10:00", True), ("2031-03-20T10:01", False)])
def test_a_session_says_what_opens_it_and_whether_that_can_be_had(settings, now, on_sale):
    settings.PUBLIC_OFFERS = "tests.program.pages.test_session_page.offers"
    session = replace(make.SESSION, products=("pase",))

    context = session_context(make.PROGRAMME, session, moment(now))

    assert (context["offer_names"], context["is_free"], context["on_sale"]) == ("Pase", False, on_sale)
    assert session_context(make.PROGRAMME, session, moment(now), is_archived=True)["offers"] == []


@pytest.mark.parametrize(
    ("is_live", "now", "shown"),
    [
        (False, "2031-03-30T10:59", False),
        (False, "2031-03-30T11:00", True),
        (True, "2031-03-30T10:59", True),
        (True, "2031-03-30T11:00", False),
    ],
)
def test_a_recording_is_offered_once_there_can_be_one(is_live, now, shown):
    session = replace(make.SESSION, recording=Recording("https://video.example.org/", is_live=is_live))

    assert session_context(make.PROGRAMME, session, moment(now))["shows_recording"] is shown
