"""A whole file: the demonstration's, imported, again, changed, dry, and by the command."""

import copy
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from festival.core.audit import Actor
from festival.importing import times
from festival.importing.faults import Faults
from festival.models import AuditEntry, Day, Edition, Phase, Section, SiteGeneration
from program import models
from program.importing import programme
from program.importing.programme import import_programme
from program.importing.validation import validate
from program.timetable import queries
from tests.factories.importing import put, small_file
from tests.factories.program import paris

pytestmark = [pytest.mark.django_db]
NOW = paris("2027-03-01T10:00")


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that imports data, or bytes, by the command and gives what it printed."""

    def run(content, *options):
        file = tmp_path / "programme.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        call_command("import_programme", file, *options)
        return capsys.readouterr().out.splitlines()

    return run


def counts():
    tables = [Day, Section, Phase] + [getattr(models, name) for name in models.__all__]
    return {table.__name__: table.objects.count() for table in tables}


@pytest.mark.week
def test_everything_is_imported_and_a_second_time_nothing_changes(demo_data):
    first_time = import_programme(demo_data, now=NOW)
    first, uuids = counts(), set(models.Occurrence.objects.values_list("number", "uuid"))
    second_time = import_programme(demo_data, now=NOW)

    assert first == {
        "Day": 7, "Section": 3, "Phase": 9, "Venue": 2, "Room": 8, "Track": 7, "Format": 16, "Speaker": 40,
        "Session": 48, "Occurrence": 48, "Exhibitor": 10, "Partner": 6, "Book": 5, "Release": 1, "ImportedProgramme": 1,
        "SessionSpeaker": first["SessionSpeaker"], "Tag": first["Tag"],
    }  # fmt: skip
    assert counts() == first
    assert set(models.Occurrence.objects.values_list("number", "uuid")) == uuids
    assert first_time.changes
    assert not second_time.changes
    assert second_time.released == "The programme has not changed."


@pytest.mark.week
def test_release_one_is_public_since_the_day_of_the_news(demo_data):
    import_programme(demo_data, now=paris("2027-03-10T10:00"))
    made = models.Release.objects.get()

    assert (made.version, made.published_at) == ("1.0", paris("2027-03-08T09:00"))
    assert Edition.objects.current().number == 2027


@pytest.mark.week
def test_changed_file_changes_one_row_and_makes_a_second_release(demo_data):
    import_programme(demo_data, now=NOW)
    changed = copy.deepcopy(demo_data)
    changed["sessions"][0]["title"]["fr"] = "Autre titre"

    done = import_programme(changed, now=NOW)

    happened = {name: table for name, table in done.changes.tables.items() if table}
    assert list(happened) == ["sessions"]
    assert happened["sessions"].changed == {"ouverture-du-village": {"title"}}
    assert models.Release.objects.count() == 2


@pytest.mark.week
def test_the_only_warning_is_the_rain_plan(demo_data):
    import_programme(demo_data, now=NOW)

    warnings = queries.timetable_warnings(Edition.objects.get(), paris("2027-05-02T11:30"))

    assert [(clash.kind, sorted(o.session.slug for o in about)) for clash, about in warnings] == [
        ("rain", ["covoiturage-du-quotidien", "gratiferia"])
    ]


@pytest.mark.week
@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        (("sessions", 3, "room"), "cave", "sessions[3].room"),
        (("sessions", 2, "daily_opening"), None, "sessions[2].daily_opening"),
        (("sessions", 5, "speakers"), [{"speaker": "personne", "role": "host"}], "sessions[5].speakers[0].speaker"),
        (("sessions", 1, "title"), "Titre", "sessions[1].title"),
        (("sessions", 1, "id"), "ouverture-du-village", "sessions[1].id"),
        (("speakers", 7, "type"), "robot", "speakers[7].type"),
        (("exhibitors", 1, "days"), ["2027-06-01"], "exhibitors[1].days[0]"),
        (("bookshelf", 0, "sessions"), ["rien"], "bookshelf[0].sessions[0]"),
        (("edition", "days", 0, "hours", 0, "opens"), "tôt", "edition.days[0].hours[0].opens"),
        (("venues",), {}, "venues"),
    ],
)
def test_a_fault_names_its_place(demo_data, place, value, path):
    data = copy.deepcopy(demo_data)
    put(data, place, value)

    with pytest.raises(Faults) as caught:
        import_programme(data, now=NOW)

    assert path in [fault.path for fault in caught.value.faults]
    assert not Edition.objects.exists()


def test_a_dry_run_says_what_would_happen_and_writes_nothing(run):
    said = run(small_file(), "--dry-run")

    assert said[0] == "Nothing is written. An import would do this:"
    assert "edition: 1 created (2031)" in said
    assert "days: 2 created (2031-03-29; 2031-03-30)" in said
    assert "rooms: 2 created (nef; etabli)" in said
    assert "sessions: 1 created (reparer)" in said
    assert "occurrences: 1 created (7)" in said
    assert said[-1].startswith("Release 1.0, ")
    assert not any(counts().values())
    assert not AuditEntry.objects.exists()
    assert not SiteGeneration.objects.exists()


def test_a_dry_run_names_what_changes_and_what_disappears(run):
    run(small_file())
    data = small_file(("sessions", 0, "title", "en"), "Mending", ("sessions", 0, "speakers"), [])
    data["speakers"].pop()

    said = run(data, "--dry-run")

    assert "sessions: 1 changed (reparer: speakers, title)" in said
    assert "speakers: 1 removed (bo)" in said
    assert models.Speaker.objects.count() == 2
    assert run(data)[0] != said[0]
    assert models.Speaker.objects.count() == 1


def test_a_second_time_the_file_changes_nothing_and_says_so(run):
    run(small_file())
    entries = AuditEntry.objects.count()

    assert run(small_file()) == ["The file changes nothing.", "The programme has not changed."]
    assert AuditEntry.objects.count() == entries


def test_what_is_not_imported_is_said(run):
    said = run(small_file() | {"awards": {}, "faq": []} | {"meta": {"notice": {"de": "Demo"}}})

    assert "Note: awards: is not a part of the programme; it is not imported" in said
    assert "Note: faq: is not a part of the programme; it is not imported" in said


def test_every_fault_is_a_line_and_nothing_is_written(run):
    data = small_file(("rooms", 0, "colour"), "red", ("sessions", 0, "capacity"), "env. 420")

    with pytest.raises(CommandError) as caught:
        run(data)

    assert [line.split(": ")[0] for line in str(caught.value).splitlines()] == [
        "rooms[0].colour", "sessions[0].capacity"
    ]  # fmt: skip
    assert not any(counts().values())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"é": 1}'.encode("latin-1"), "file: is not UTF-8"),
        (b"", "file: is empty"),
        (b"{", "file: is not JSON: line 1, column 2"),
    ],
)
def test_what_is_no_json_is_one_line(run, content, words):
    with pytest.raises(CommandError, match=words):
        run(content)


def test_a_byte_order_mark_is_no_fault(run):
    assert "sessions: 1 created (reparer)" in run(b"\xef\xbb\xbf" + json.dumps(small_file()).encode())


def test_half_a_character_in_a_place_can_be_printed(run):
    with pytest.raises(CommandError) as caught:
        run(small_file() | {"\ud800": 1})

    assert str(caught.value).encode().startswith(b"\xe2\x80\x9c\\ud800")


def test_the_schema_is_printed(capsys):
    call_command("import_programme", "--schema")

    schema = json.loads(capsys.readouterr().out)
    assert schema["properties"]["sessions"]["items"] == {"$ref": "#/$defs/SessionRow"}
    with pytest.raises(CommandError, match="Name a file"):
        call_command("import_programme")


def test_a_row_that_the_tables_refuse_is_one_line(monkeypatch):
    """The validator knows every column; should it ever know less than the table, nobody sees a traceback."""
    monkeypatch.setattr(programme, "validate", lambda data, **_options: lenient(data))

    with pytest.raises(Faults, match=r"^speakers\[0\]\.name: "):
        import_programme(small_file(("speakers", 0, "name"), "x" * 121), now=NOW)
    with pytest.raises(Faults, match=r"^file: the database refuses it: "):
        import_programme(small_file(("sessions", 0, "end"), "2031-03-29T14:00"), now=NOW)
    assert not any(counts().values())


def lenient(data):
    sound = validate(small_file())
    speaker = sound.speakers[0].model_copy(update={"name": data["speakers"][0]["name"]})
    session = sound.sessions[0].model_copy(update={"end": times.read_moment(data["sessions"][0]["end"])})
    return sound.model_copy(update={"speakers": [speaker, sound.speakers[1]], "sessions": [session]})


def test_a_part_of_a_larger_file_is_written_without_a_release():
    lines = []

    programme.load(small_file(), lines.append)

    assert lines == ["Edition 2031: 1 sessions, 2 rooms, 2 speakers."]
    assert not models.Release.objects.exists()


def test_it_is_told_who_imported():
    import_programme(small_file(), now=NOW, actor=Actor("user:7", "Ana"))

    by_hand = AuditEntry.objects.exclude(actor__startswith="system:").order_by("pk")
    assert [entry.verb for entry in by_hand] == ["programme.imported", "programme.released"]
    assert {entry.actor for entry in by_hand} == {"user:7"}


def test_the_edition_decides_when_its_days_begin():
    import_programme(small_file(), now=NOW)
    Edition.objects.update(day_starts_at="03:00")

    assert import_programme(small_file(("sessions", 0, "start"), "2031-03-29T04:00"), now=NOW).changes
    with pytest.raises(Faults, match=r"edition\.year"):
        import_programme(small_file(("edition", "year"), 10**12), now=NOW)
