"""Errors of pydantic become faults with a place and plain words; the rest of what is asked across rows."""

import pytest
from django.utils.translation import override
from pydantic import Field

from festival.importing import checking
from festival.importing.values import Context, Row, fault


class Leaf(Row):
    size: int = Field(ge=1, le=9)
    is_open: bool = False
    length: float = 0.5


class Tree(Row):
    name: str
    leaves: list[Leaf] = Field(default_factory=list, max_length=2)
    first: Leaf | None = Field(None, alias="from")


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def faults_of(data):
    row, faults = checking.check(Tree, data, Context())
    assert row is None
    return [str(one) for one in faults]


def test_a_sound_row_has_no_fault():
    row, faults = checking.check(Tree, {"name": "Hêtre", "from": {"size": 3}}, Context())

    assert (row.name, row.first.size, faults) == ("Hêtre", 3, [])


def test_every_fault_is_told_with_its_place():
    leaves = [{"size": 0, "is_open": "yes"}, {"size": "3", "length": "long"}]

    assert faults_of({"leaves": leaves, "from": [], "x y": 1}) == [
        "name: is missing",
        "leaves[0].size: 0 is too small: 1 at least",
        "leaves[0].is_open: must be true or false, not “yes”",
        "leaves[1].size: must be a whole number, not “3”",
        "leaves[1].length: must be a number, not “long”",
        "from: must be an object",
        "“x y”: is no key that an import knows",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": 7}, "name: must be a text, not 7"),
        ({"name": None}, "name: is missing"),
        ({"name": "a", "leaves": {}}, "leaves: must be a list"),
        ({"name": "a", "leaves": [{"size": 1}] * 3}, "leaves: is too long: 2 entries at most"),
        ({"name": "", "from": {"siz": 1, "size": 1}}, "from.siz: is no key that an import knows; “size” may be meant"),
        ({"name": "a", "leafs": []}, "leafs: is no key that an import knows; “leaves” may be meant"),
        ({"name": "a", "from": {"size": 10}}, "from.size: 10 is too large: 9 at most"),
    ],
)  # fmt: skip
def test_the_words_are_plain(data, words):
    assert faults_of(data) == [words]


def test_an_error_that_has_no_sentence_is_still_told():
    class Odd(Row):
        letter: str = Field(pattern="^a$")

    _row, (found,) = checking.check(Odd, {"letter": "b"}, Context())

    assert str(found).startswith("letter: “b” is not understood (")
    assert fault("x", "fr").context == {"sentence": "x", "below": ("fr",)}


def test_names_that_look_alike_are_the_same():
    places = [("a[0]", "open-space"), ("a[1]", "open_space"), ("a[2]", 3), ("a[3]", 3), ("a[4]", "x")]

    assert [str(one) for one in checking.doubles(places)] == [
        "a[1]: “open_space” is at a[0] already",
        "a[3]: 3 is at a[2] already",
    ]


def test_words_are_taken_from_whatever_is_there():
    data = {"rooms": [{"id": "a"}, 7, {"id": 3}, {}], "tracks": "no"}

    assert list(checking.words_of(data, "rooms", "id")) == [("rooms[0].id", "a")]
    assert list(checking.words_of(data, "tracks", "id")) == list(checking.words_of(data, "none", "id")) == []


def test_notes_tell_what_is_taken_but_should_be_known():
    data = {"rows": [{"at": "2027-10-31T02:30"}, {"title": {"fr": "Un", "de": "Eins"}}, {"id": "x", "fr": 3}]}

    twice, language = checking.notes(data)

    assert str(twice).startswith("rows[0].at: “2027-10-31T02:30” happens twice that night; the first is taken, ")
    assert str(twice).endswith("2027-10-31T02:30+01:00 is the other")
    assert str(language) == "rows[1].title.de: is kept, but this site does not show that language"
