"""Which projects look alike, what holds after all decisions, and what is news."""

import pytest
from hypothesis import given, strategies as st

from awards.screening.rules import Traits, alike, duplicates, is_news, plain, site


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (Traits(1, "La Perceuse"), Traits(2, "La perceuse !"), ["title"]),
        (Traits(1, "L’Atelier partagé"), Traits(2, "L'atelier partage"), ["title"]),
        (Traits(1, "La Perceuse du quartier"), Traits(2, "La perceuse du quartiers"), ["title"]),
        (Traits(1, "La Perceuse"), Traits(2, "Le Fournil"), []),
        (Traits(1, "", "Paliers"), Traits(2, "", "PALIERS"), ["holder"]),
        (Traits(1, "", ""), Traits(2, "", ""), []),
        (Traits(1, "a", website="https://www.x.org/a/"), Traits(2, "b", website="http://x.org/a"), ["site"]),
        (Traits(1, "a", website="https://x.org/a"), Traits(2, "b", website="https://x.org/b"), []),
        (Traits(1, "a", website="https://[half"), Traits(2, "b", website="https://[half"), []),
        (Traits(1, "a", files={"f", "g"}), Traits(2, "b", files={"g"}), ["file"]),
    ],
)
def test_alike_names_by_what(one, other, shared):
    assert alike(one, other) == alike(other, one) == shared


def test_duplicates_are_told_on_both_sides():
    one, two, three = Traits(1, "La Perceuse"), Traits(2, "la perceuse"), Traits(3, "Le Fournil")
    assert duplicates([one, two, three]) == {1: {2: ["title"]}, 2: {1: ["title"]}}
    assert duplicates([]) == {}


@given(st.text(), st.text())
def test_alike_is_the_same_both_ways(one, other):
    assert alike(Traits(1, one), Traits(2, other)) == alike(Traits(2, other), Traits(1, one))


@given(st.text())
def test_plain_again_changes_nothing(text):
    assert plain(plain(text)) == plain(text)


def test_site_of_nothing_is_nothing():
    assert (site(""), site("x"), site("https://WWW.X.org/")) == ("", "", "x.org")


@pytest.mark.parametrize(
    ("told", "holds", "asks", "news"),
    [
        ("", "eligible", False, True),
        ("eligible", "eligible", False, False),
        ("", "", False, False),
        ("ineligible", "", False, True),
        ("eligible", "disqualified", False, True),
        ("changes", "changes", False, False),
        ("changes", "changes", True, True),
    ],
)
def test_is_news_when_it_differs_from_what_was_told(told, holds, asks, news):
    assert is_news(told, holds, asks=asks) is news
