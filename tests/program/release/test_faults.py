"""What a release refuses, whoever wrote it into the tables."""

import pytest
from django.utils.translation import override

from program.exceptions import CannotRelease
from program.models import Release, Session, Speaker
from program.release import queries
from tests.factories.festival import DayFactory
from tests.factories.program import (
    ExhibitorFactory,
    OccurrenceFactory,
    SessionFactory,
    SessionSpeakerFactory,
    VenueFactory,
    paris,
    released,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def refused(**fields):
    with pytest.raises(CannotRelease) as caught:
        released(**fields)
    assert not Release.objects.exists()
    return [str(fault) for fault in caught.value.faults]


def test_a_sound_programme_is_released():
    OccurrenceFactory()

    assert released(version="1.0-bêta_2").pk


def test_a_short_name_that_no_address_takes_is_named():
    occurrence = OccurrenceFactory()
    billing = SessionSpeakerFactory(session=occurrence.session)
    Session.objects.update(slug="Ouverture_Été")
    Speaker.objects.filter(pk=billing.speaker_id).update(slug="a b")

    sentence = "the short name stands in addresses: a to z, 0 to 9, hyphens and underscores only"
    assert refused() == [f"speakers[a b].slug: {sentence}", f"sessions[Ouverture_Été].slug: {sentence}"]


@pytest.mark.parametrize("visibility", ["public", "unlisted"])
def test_a_placing_on_a_date_without_a_day_is_named(visibility):
    session = SessionFactory(title="Réparer", visibility=visibility)
    times = {"starts_at": paris("2027-05-12T10:00"), "ends_at": paris("2027-05-12T11:00")}
    OccurrenceFactory(session=session, number=3, **times)

    (found,) = refused()

    assert found.startswith("occurrences[3].starts_at: “Réparer” is on a date that is no day of the edition")
    assert "2027-05-12 10:00" in found


def test_a_night_counts_for_the_day_before():
    OccurrenceFactory(starts_at=paris("2027-05-03T01:00"), ends_at=paris("2027-05-03T02:00"))

    assert released().pk


def test_a_draft_keeps_nobody_from_releasing():
    OccurrenceFactory()
    draft = SessionFactory(live=False)
    OccurrenceFactory(session=draft, starts_at=paris("2027-05-12T10:00"), ends_at=paris("2027-05-12T11:00"))

    assert released().pk


def test_websites_places_and_versions_are_looked_at():
    OccurrenceFactory()
    ExhibitorFactory(slug="a1", website="javascript:alert(1)")
    VenueFactory(slug="pole", latitude=120)
    SessionFactory(slug="film", recording_url="ftp://example.org/a")
    DayFactory()

    assert [fault.split(":")[0] for fault in refused(version="1/2")] == [
        "version",
        "venues[pole].latitude",
        "sessions[film].recording",
        "exhibitors[a1].website",
    ]


def test_obstacles_are_told_before():
    OccurrenceFactory(number=3)

    (found,) = queries.obstacles(SessionFactory().edition, paris("2027-04-01T10:00"))

    assert found.place == "occurrences[3].starts_at"
