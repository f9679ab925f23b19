"""The loader of the demonstration: whole, repeatable, and exact about faults."""

import copy
import json

import pytest
from django.core.management import CommandError, call_command

from festival.importing import edition
from festival.importing.faults import Fault
from festival.models import Day, Edition, Phase, Section
from program import models
from program.importing import programme, release
from program.timetable import queries
from tests.factories.program import paris

pytestmark = [pytest.mark.django_db, pytest.mark.week]


def load(data):
    lines = []
    edition.load(data, lines.append)
    programme.load(data, lines.append)
    release.load(data, lines.append)
    return lines


def counts():
    tables = [Day, Section, Phase] + [getattr(models, name) for name in models.__all__]
    return {table.__name__: table.objects.count() for table in tables}


def test_everything_is_loaded_and_a_second_time_nothing_changes(demo_data):
    load(demo_data)
    first, uuids = counts(), set(models.Occurrence.objects.values_list("number", "uuid"))
    lines = load(demo_data)

    assert first == {
        "Day": 7, "Section": 3, "Phase": 9, "Venue": 2, "Room": 8, "Track": 7, "Format": 16, "Speaker": 40,
        "Session": 48, "Occurrence": 48, "Exhibitor": 10, "Partner": 6, "Book": 5, "Release": 1,
        "SessionSpeaker": first["SessionSpeaker"], "Tag": first["Tag"],
    }  # fmt: skip
    assert counts() == first
    assert set(models.Occurrence.objects.values_list("number", "uuid")) == uuids
    assert lines[-1] == "The programme has not changed."


def test_release_one_is_public_since_the_day_of_the_news(demo_data):
    load(demo_data)
    made = models.Release.objects.get()

    assert (made.version, made.published_at) == ("1.0", paris("2027-03-08T09:00"))
    assert Edition.objects.current().number == 2027


def test_changed_file_makes_a_second_release(demo_data):
    load(demo_data)
    changed = copy.deepcopy(demo_data)
    changed["sessions"][0]["title"]["fr"] = "Autre titre"

    load(changed)

    assert models.Release.objects.count() == 2


def test_the_only_warning_is_the_rain_plan(demo_data):
    load(demo_data)

    warnings = queries.timetable_warnings(Edition.objects.get(), paris("2027-05-02T11:30"))

    assert [(clash.kind, sorted(o.session.slug for o in about)) for clash, about in warnings] == [
        ("rain", ["covoiturage-du-quotidien", "gratiferia"])
    ]


@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        (("sessions", 3, "room"), "cave", "sessions[3].room"),
        (("sessions", 0, "start"), "demain", "sessions[0].start"),
        (("sessions", 0, "end"), "2027-05-01T09:00:00", "sessions[0].end"),
        (("sessions", 2, "daily_opening"), None, "sessions[2].daily_opening"),
        (("sessions", 5, "speakers"), [{"speaker": "personne", "role": "host"}], "sessions[5].speakers[0].speaker"),
        (("sessions", 1, "title"), "Titre", "sessions[1].title"),
        (("sessions", 1, "id"), "ouverture-du-village", "sessions[1].id"),
        (("sessions", 1, "registration"), {"mode": "maybe"}, "sessions[1].registration.mode"),
        (("rooms", 0, "venue"), "ailleurs", "rooms[0].venue"),
        (("speakers", 7, "type"), "robot", "speakers[7].type"),
        (("exhibitors", 1, "days"), ["2027-06-01"], "exhibitors[1].days[0]"),
        (("bookshelf", 0, "sessions"), ["rien"], "bookshelf[0].sessions[0]"),
        (("edition", "days", 0, "hours", 0, "opens"), "tôt", "edition.days[0].hours[0].opens"),
        (("edition", "end_date"), "2027-04-01", "edition.end_date"),
        (("venues",), {}, "venues"),
    ],
)
def test_a_fault_names_its_place(demo_data, place, value, path):
    data = copy.deepcopy(demo_data)
    target = data
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value

    with pytest.raises(Fault) as caught:
        load(data)

    assert caught.value.path == path


def test_a_file_in_another_encoding_is_refused_in_a_sentence(tmp_path):
    file = tmp_path / "programme.json"
    file.write_bytes('{"é": 1}'.encode("latin-1"))

    with pytest.raises(CommandError, match="utf-8"):
        call_command("import_programme", file)


def test_import_command_takes_all_or_nothing(demo_data, tmp_path, capsys):
    data = copy.deepcopy(demo_data)
    data["bookshelf"][4]["sessions"] = ["rien"]
    file = tmp_path / "programme.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(CommandError, match=r"bookshelf\[4\]\.sessions\[0\]"):
        call_command("import_programme", file)
    assert Edition.objects.count() == models.Session.objects.count() == 0

    file.write_text(json.dumps(demo_data), encoding="utf-8")
    call_command("import_programme", file)
    assert models.Session.objects.count() == 48
    assert "Release 1.0" in capsys.readouterr().out
