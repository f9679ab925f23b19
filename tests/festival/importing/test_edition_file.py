"""What is asked across the days, phases and parts of a file; `tests/program/importing` tries whole files."""

import datetime as dt

import pytest
from django.utils.translation import override

from festival.importing import edition_file
from tests.factories.importing import small_file


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_the_days_are_known_as_long_as_all_can_be_read():
    assert edition_file.days_of(small_file()) == {dt.date(2031, 3, 29), dt.date(2031, 3, 30)}
    for data in (
        small_file(("edition", "days", 0, "date"), "soon"),
        small_file(("edition", "days"), []),
        {},
        {"edition": []},
    ):
        assert edition_file.days_of(data) is None


def test_short_names_are_known_also_of_rows_with_faults():
    context = edition_file.context_of({"rooms": [{"id": "nef", "colour": 3}, 7]}, ["rooms", "tracks"])

    assert context.names == {"rooms": {"nef"}, "tracks": set()}


def test_what_stands_twice_or_outside_is_told():
    phase = small_file()["edition"]["phases"][0]
    data = small_file(("edition", "phases"), [phase, phase], ("edition", "days", 1, "date"), "2031-04-09")
    data["sections"] *= 2

    assert [str(fault) for fault in edition_file.across(data)] == [
        "sections[1].id: “markt” is at sections[0].id already",
        "edition.phases[1].id: “calls” is at edition.phases[0].id already",
        "edition.days[1].date: is not between the edition's first and last day",
    ]
    assert list(edition_file.across({"edition": 3})) == []
    assert list(edition_file.across({"edition": {"start_date": "soon", "days": [{"date": "x"}]}})) == []
