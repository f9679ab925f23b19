"""An import on PostgreSQL, which refuses what SQLite takes: long texts, NUL, half characters, large numbers."""

import copy
import json

import pytest
from django.db import connection
from django.utils.translation import override

from festival.importing import reading
from festival.importing.faults import Faults
from festival.models import Edition
from program.importing.programme import import_programme
from program.models import Occurrence, Session
from tests.factories.importing import FILE, another_session, small_file
from tests.factories.program import paris

NOW = paris("2031-01-01T10:00")


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_imported_again_and_changed_it_is_the_same_as_on_sqlite():
    data = small_file()
    data["sessions"].append(another_session("tisser", 8, all_day=True, daily_opening={"from": "18:00", "to": "01:00"}))
    assert connection.vendor == "postgresql"

    first = import_programme(copy.deepcopy(data), now=NOW)
    second = import_programme(copy.deepcopy(data), now=NOW)
    dry = import_programme(small_file(), now=NOW, is_dry_run=True)
    third = import_programme(small_file(("sessions", 0, "end"), "2031-03-29T16:00"), now=NOW)

    assert first.changes.tables["sessions"].created == ["reparer", "tisser"]
    assert not second.changes
    assert dry.changes.tables["sessions"].removed == third.changes.tables["sessions"].removed == ["tisser"]
    assert third.changes.tables["occurrences"].changed == {"7": {"ends_at"}}
    assert [session.live for session in Session.objects.order_by("slug")] == [True, False]
    assert Occurrence.objects.get(number=7).ends_at == paris("2031-03-29T16:00")


@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        (("sessions", 0, "title", "fr"), "é" * 301, "sessions[0].title.fr"),
        (("speakers", 0, "name"), "x" * 121, "speakers[0].name"),
        (("speakers", 0, "name"), "a\x00b", "speakers[0].name"),
        (("sessions", 0, "title", "fr"), "\ud800", "sessions[0].title.fr"),
        (("sessions", 0, "number"), 2**31, "sessions[0].number"),
        (("sessions", 0, "capacity"), 2**40, "sessions[0].capacity"),
        (("sessions", 0, "recording"), {"url": "https://example.org/" + "a" * 200}, "sessions[0].recording.url"),
        (("venues", 0, "lat"), 1e10, "venues[0].lat"),
    ],
)
def test_what_only_postgresql_refuses_is_a_fault_all_the_same(place, value, path):
    content = json.dumps(small_file(place, value)).encode()

    with pytest.raises(Faults) as caught:
        import_programme(reading.parse(content), now=NOW)

    assert [fault.path for fault in caught.value.faults] == [path]
    assert not Edition.objects.exists()


def test_texts_of_full_length_fit():
    data = copy.deepcopy(FILE)
    data["sessions"][0]["title"] = {"fr": "é" * 300}
    data["sessions"][0]["tags"] = ["音" * 60]
    data["speakers"][0] |= {"name": "𝄞" * 120, "website": "https://example.org/" + "a" * 180}

    assert import_programme(data, now=NOW).changes
