from dataclasses import replace

from program.pages.session_page import session_context
from program.published.snapshot import Book
from tests.factories import published as make


def test_a_session_is_shown_with_its_times_and_its_books():
    other = replace(make.SESSION, slug="velas")
    book = make.PROGRAMME.books[0]
    programme = replace(
        make.PROGRAMME,
        sessions=(make.SESSION, other),
        books=(book, Book("vela", "La vela", "A. Nónima", 1999, "es", make.text(), (other,))),
    )

    context = session_context(programme, make.SESSION)

    assert [occurrence for occurrence, _around in context["occurrences"]] == [make.OCCURRENCE]
    assert context["books"] == [book]
    assert session_context(programme, other)["occurrences"] == []
