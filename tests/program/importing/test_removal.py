"""What disappeared since the last import: withdrawn, deleted, kept with a note, or refused."""

import pytest
from django.utils.translation import override

from festival.importing.faults import Faults
from program.importing import removal
from program.importing.programme import import_programme
from program.importing.validation import validate
from program.models import ImportedProgramme, Occurrence, Room, Session, Speaker
from program.published import queries
from tests.factories.festival import EditionFactory
from tests.factories.importing import BOTH, another_session, small_file
from tests.factories.program import OccurrenceFactory, SessionSpeakerFactory, paris

pytestmark = pytest.mark.django_db
NOW = paris("2031-01-01T10:00")
LATER = paris("2031-01-02T10:00")
ROOM = {"id": "cave", "venue": "halle", "name": BOTH, "colour": "#000000"}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def two(**changes):
    data = small_file()
    data["sessions"].append(another_session("tisser", 8, **changes))
    return data


def test_a_session_that_the_file_lacks_is_no_longer_public():
    import_programme(two(), now=NOW)

    done = import_programme(small_file(), now=LATER)

    assert done.changes.tables["sessions"].removed == ["tisser"]
    assert [row.slug for row in queries.current_programme(LATER).sessions] == ["reparer"]
    assert [row.number for row in queries.current_programme(LATER).withdrawn] == [8]
    withdrawn = Session.objects.get(slug="tisser")
    assert not withdrawn.live
    assert withdrawn.occurrences.get().number == 8


def test_it_comes_back_as_the_same_one():
    import_programme(two(), now=NOW)
    before = Occurrence.objects.get(number=8).uuid
    import_programme(small_file(), now=LATER)

    import_programme(two(), now=paris("2031-01-03T10:00"))

    (back,) = [row for row in queries.current_programme(paris("2031-01-04T10:00")).occurrences if row.number == 8]
    assert (back.uuid, back.sequence) == (str(before), 2)


def test_what_was_typed_by_hand_is_no_business_of_the_file():
    import_programme(small_file(), now=NOW)
    edition = ImportedProgramme.objects.get().edition
    times = {"starts_at": paris("2031-03-29T10:00"), "ends_at": paris("2031-03-29T11:00")}
    typed = OccurrenceFactory(edition=edition, session__section=edition.sections.get(), **times)

    data = small_file()
    data["sessions"].append(another_session("tisser", typed.number + 1))
    import_programme(data, now=LATER)
    done = import_programme(small_file(), now=LATER)

    assert done.changes.tables["sessions"].removed == ["tisser"]
    assert Session.objects.get(pk=typed.session_id).live


def test_it_can_be_kept():
    import_programme(two(), now=NOW)

    done = import_programme(small_file(), now=LATER, keep=True)

    assert not done.changes
    assert Session.objects.get(slug="tisser").live
    assert not import_programme(small_file(), now=LATER).changes


def test_what_nothing_refers_to_is_deleted():
    data = small_file()
    data["rooms"].append(ROOM)
    data["speakers"].append(data["speakers"][0] | {"id": "gone"})
    data["edition"]["phases"].append(data["edition"]["phases"][0] | {"id": "more"})
    import_programme(data, now=NOW)

    done = import_programme(small_file(), now=LATER)

    removed = {name: table.removed for name, table in done.changes.tables.items() if table.removed}
    assert removed == {"rooms": ["cave"], "speakers": ["gone"], "phases": ["more"]}
    assert not Room.objects.filter(slug="cave").exists()


def test_what_a_withdrawn_session_refers_to_stays_and_is_told_each_time():
    data = two(room="cave")
    data["rooms"].append(ROOM)
    import_programme(data, now=NOW)

    first = import_programme(small_file(), now=LATER)
    second = import_programme(small_file(), now=LATER)

    assert [str(note) for note in first.notes] == [
        "rooms: “cave” is not in the file but stays, as it is in use: 1 occurrence"
    ]
    assert first.notes[0].message == second.notes[0].message
    assert not second.changes


def test_another_number_is_another_placing():
    import_programme(small_file(), now=NOW)

    done = import_programme(small_file(("sessions", 0, "number"), 12), now=LATER)

    assert list(Occurrence.objects.values_list("number", flat=True)) == [12]
    assert done.changes.tables["occurrences"].removed == ["7"]


def test_a_session_in_which_people_have_places_is_not_taken_out(shop):
    import_programme(two(), now=NOW)
    shop.STOCKS[Occurrence.objects.get(number=8).uuid] = (20, 3)

    with pytest.raises(
        Faults, match=r"^sessions: “tisser” is not in the file, but 3 people have a place in it; cancel"
    ):
        import_programme(small_file(), now=LATER)
    assert Session.objects.get(slug="tisser").live

    cancelled = two(status="cancelled", cancelled_at="2031-01-02T09:00")
    assert import_programme(cancelled, now=LATER).changes


def test_a_list_that_the_file_lacks_keeps_its_names():
    file = validate(small_file())

    rows = removal.rows_of(file, {"partners": ["coop"]})

    assert (rows["partners"], rows["exhibitors"], rows["formats"]) == (["coop"], [], ["open-space"])
    assert (rows["numbers"], rows["days"]) == ([7], ["2031-03-29", "2031-03-30"])


def test_a_speaker_of_another_edition_stays():
    import_programme(small_file(), now=NOW)
    other = OccurrenceFactory(edition=EditionFactory(is_current=False))
    SessionSpeakerFactory(session=other.session, speaker=Speaker.objects.get(slug="bo"))
    data = small_file(("sessions", 0, "speakers"), [])
    data["speakers"].pop()

    done = import_programme(data, now=LATER)

    assert "1 speaker of a session" in str(done.notes[0])
    assert Speaker.objects.filter(slug="bo").exists()
