import pytest

from program.models import Session
from program.published.snapshot import Move, Recording
from program.release.objects import Objects, places
from program.release.shop import ShopFacts
from tests.factories import program as make
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import paris

NOW = paris("2027-03-08T09:00")


@pytest.fixture
def objects(db):
    return Objects(EditionFactory(), ShopFacts({}, {}), now=NOW)


def occurrence_of(objects, row):
    return objects.occurrence(row, row.session, objects.session(row.session))


@pytest.mark.parametrize(
    ("registration", "shop", "said"),
    [
        ("free", "", ""),
        ("free", "last", "last"),
        ("slots", "full", "full"),
        ("none", "full", ""),
        ("invitation", "last", ""),
    ],
)
def test_places_are_told_as_the_shop_says_them(registration, shop, said):
    assert places(Session(registration=registration), shop) == said


def test_a_row_is_made_once(objects):
    room = make.RoomFactory()

    assert objects.room(room) is objects.room(room)
    assert objects.room(room).venue is objects.venue(room.venue)


def test_what_is_internal_stays_inside(objects):
    session = make.SessionFactory(internal_note="Ne pas dire.")

    assert "Ne pas dire." not in repr(objects.session(session))


def test_texts_are_in_the_languages_of_the_site(objects):
    title = objects.session(make.SessionFactory(title={"fr": "Réparer", "en": "Mend", "ca": "Arreglar"})).title

    assert "Arreglar" not in repr(title)
    assert "Mend" in repr(title)


def test_a_moment_is_in_the_festivals_zone(objects):
    day = objects.day(DayFactory())

    assert (day.opens, day.closes) == (paris("2027-05-02T10:00"), paris("2027-05-02T19:00"))
    assert day.opens.tzinfo == objects.zone


def test_where_it_was_before_it_moved(objects):
    room = make.RoomFactory()
    start = paris("2027-05-02T10:00")
    moved = make.OccurrenceFactory(moved_at=NOW, moved_from_room=room, moved_from_starts_at=start)
    only_time = make.OccurrenceFactory(moved_at=NOW, moved_from_starts_at=start)
    only_room = make.OccurrenceFactory(moved_at=NOW, moved_from_room=room)

    assert occurrence_of(objects, moved).move == Move(NOW, objects.room(room), start)
    assert occurrence_of(objects, only_time).move == Move(NOW, None, start)
    assert occurrence_of(objects, only_room).move == Move(NOW, objects.room(room), None)
    assert occurrence_of(objects, make.OccurrenceFactory()).move is None


@pytest.mark.parametrize("fields", [{"cancelled_at": NOW}, {"session__cancelled_at": NOW}])
def test_what_is_cancelled_is_not_full(db, fields):
    row = make.OccurrenceFactory(session__registration="free", **fields)
    objects = Objects(row.edition, ShopFacts({}, {row.uuid: "full"}), now=NOW)

    compiled = occurrence_of(objects, row)

    assert (compiled.status, compiled.places) == ("cancelled", "")


def test_what_the_shop_says_goes_in(db):
    row = make.OccurrenceFactory(session__registration="free", fallback_room=make.RoomFactory())
    objects = Objects(row.edition, ShopFacts({row.session.uuid: ["pass"]}, {row.uuid: "full"}), now=NOW)

    compiled = occurrence_of(objects, row)

    assert (compiled.session.products, compiled.places) == (("pass",), "full")
    assert compiled.fallback_room.slug == row.fallback_room.slug


def test_a_new_occurrence_is_revised_now(objects):
    assert occurrence_of(objects, make.OccurrenceFactory()).revised_at == NOW
    earlier = paris("2027-02-01T09:00")
    assert occurrence_of(objects, make.OccurrenceFactory(revised_at=earlier)).revised_at == earlier


def test_a_recording_goes_out_when_there_is_one(objects):
    url = "https://video.example.org/1"

    assert objects.session(make.SessionFactory()).recording is None
    assert objects.session(make.SessionFactory(recording_url=url)).recording == Recording(url)


def test_a_venue_may_have_no_place_on_the_map(objects):
    somewhere = make.VenueFactory(slug="quai", latitude="48.1", longitude="2.3")

    assert (objects.venue(somewhere).latitude, objects.venue(somewhere).longitude) == (48.1, 2.3)
    assert objects.venue(make.VenueFactory()).latitude is None


def test_a_stand_names_its_days_in_order(objects):
    stand = make.ExhibitorFactory()
    stand.days.set([DayFactory(), DayFactory(date=paris("2027-05-01T00:00").date())])

    assert [day.day for day in objects.exhibitor(stand).days] == [1, 2]
