import json
from hashlib import sha256

import pytest

from festival.core import writing
from festival.models import AuditEntry
from program.exceptions import CannotRelease, NothingToRelease, VersionTaken
from program.models import Occurrence, Release
from program.published import queries
from program.release.publishing import release_programme
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import (
    BookFactory,
    ExhibitorFactory,
    OccurrenceFactory,
    PartnerFactory,
    RoomFactory,
    SessionFactory,
    SessionSpeakerFactory,
    SpeakerFactory,
    TagFactory,
    paris,
    released,
)

pytestmark = pytest.mark.django_db

NOW = paris("2027-03-01T12:00")


def body(release):
    return json.loads(release.snapshot)


def test_release_is_numbered_hashed_and_canonical():
    OccurrenceFactory()

    release = released()

    assert (release.number, release.version) == (1, "1")
    assert release.sha256 == sha256(release.snapshot.encode()).hexdigest()
    assert release.snapshot == json.dumps(body(release), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert body(release)["release"] == {
        "format": 1,
        "number": 1,
        "version": "1",
        "note": "",
        "published_at": "2027-03-08T09:00:00+01:00",
    }


def test_drafts_and_private_sessions_are_in_no_part():
    draft = SessionFactory(live=False, title="SECRET", tags=[TagFactory(slug="tag-secret")])
    private = SessionFactory(visibility="private", title="SECRET")
    for session in (draft, private):
        SessionSpeakerFactory(session=session, speaker=SpeakerFactory(name="SECRET"))
        OccurrenceFactory(session=session)
    BookFactory().sessions.add(draft, private)

    release = released()

    assert "SECRET" not in release.snapshot + release.unlisted
    assert draft.slug not in release.snapshot
    assert "tag-secret" not in release.snapshot


def test_unlisted_sessions_live_in_the_separate_part_alone():
    session = SessionFactory(visibility="unlisted", title="Pour la classe")
    SessionSpeakerFactory(session=session, speaker=SpeakerFactory(slug="gwenael"))
    OccurrenceFactory(session=session)

    release = released()

    assert session.slug not in release.snapshot
    assert "gwenael" not in release.snapshot
    assert [row["title"]["fr"] for row in json.loads(release.unlisted)["sessions"]] == ["Pour la classe"]
    published = queries.current_release(paris("2027-04-01T00:00"))
    assert published.programme.sessions == ()
    assert [s.slug for s in published.with_unlisted.sessions] == [session.slug]


def test_internal_facts_stay_inside():
    session = SessionFactory(internal_note="SECRET", capacity=10, registration="free")
    OccurrenceFactory(session=session)
    SessionSpeakerFactory(session=session, speaker=SpeakerFactory(internal_note="SECRET"))

    release = released()

    assert "SECRET" not in release.snapshot


@pytest.mark.parametrize(
    ("taken", "places"), [(0, ""), (17, ""), (18, "last"), (19, "last"), (20, "full"), (25, "full")]
)
def test_only_full_or_last_places_are_told(shop, taken, places):
    occurrence = OccurrenceFactory(session=SessionFactory(capacity=30, registration="free"))
    shop.STOCKS[occurrence.uuid] = (20, taken)

    assert body(released())["occurrences"][0]["places"] == places


@pytest.mark.parametrize("registration", ["none", "invitation"])
def test_places_are_not_told_where_nobody_registers(shop, registration):
    occurrence = OccurrenceFactory(session=SessionFactory(registration=registration))
    shop.STOCKS[occurrence.uuid] = (20, 20)

    assert body(released())["occurrences"][0]["places"] == ""


def test_without_a_shop_or_a_quota_places_are_not_told(shop, settings):
    OccurrenceFactory(session=SessionFactory(capacity=20, registration="free"))
    without_quota = body(released())["occurrences"][0]["places"]
    settings.OCCURRENCE_PLACES = settings.SESSION_PRODUCTS = ""
    OccurrenceFactory(session=SessionFactory(capacity=20, registration="free"))
    without_shop = [row["places"] for row in body(released("2027-04-01T09:00"))["occurrences"]]

    assert (without_quota, without_shop) == ("", ["", ""])


def test_products_of_a_session_come_from_the_shop(shop):
    session = OccurrenceFactory().session
    shop.PRODUCTS[session.uuid] = ["pass-fest", "jour-fest"]

    assert body(released())["sessions"][0]["products"] == ["pass-fest", "jour-fest"]


def test_unchanged_programme_is_not_released_again():
    OccurrenceFactory()
    released()

    with pytest.raises(NothingToRelease):
        released("2027-04-01T09:00")
    assert Release.objects.count() == 1


def test_version_name_is_taken_once():
    occurrence = OccurrenceFactory()
    released(version="1.0")
    Occurrence.objects.filter(pk=occurrence.pk).update(ends_at=paris("2027-05-02T15:30"))

    with pytest.raises(VersionTaken):
        released("2027-04-01T09:00", version="1.0")


@pytest.mark.parametrize("name", ["2027/05", "..", ".1", "-", "a b", "a\nb", "x" * 41, "ma version ?"])
def test_a_version_that_no_address_can_hold_is_refused(name):
    edition = EditionFactory()

    with pytest.raises(CannotRelease):
        release_programme(edition=edition, now=NOW, version=name)

    assert not Release.objects.exists()


@pytest.mark.parametrize("name", ["1", "1.0", "2027-05", "été_2", "x" * 40])
def test_a_version_that_an_address_can_hold_is_taken(name):
    assert release_programme(edition=EditionFactory(), now=NOW, version=f" {name} ").version == name


def test_moved_occurrence_keeps_its_identity_and_gets_a_higher_sequence():
    occurrence, other = OccurrenceFactory(), OccurrenceFactory()
    first = body(released())
    Occurrence.objects.filter(pk=occurrence.pk).update(room=RoomFactory(), starts_at=paris("2027-05-02T14:30"))

    second = body(released("2027-04-01T09:00"))

    before = {row["uuid"]: row for row in first["occurrences"]}
    after = {row["uuid"]: row for row in second["occurrences"]}
    moved, kept = after[str(occurrence.uuid)], after[str(other.uuid)]
    assert (moved["number"], moved["sequence"], moved["revised_at"]) == (
        occurrence.number,
        1,
        "2027-04-01T09:00:00+02:00",
    )
    assert kept == before[str(other.uuid)]
    occurrence.refresh_from_db()
    assert occurrence.sequence == 1


def test_cancelled_session_stays_with_its_status():
    occurrence = OccurrenceFactory()
    released()
    occurrence.session.cancelled_at = paris("2027-04-29T17:20")
    occurrence.session.save()

    rows = body(released("2027-04-29T17:30"))["occurrences"]

    assert [(row["status"], row["sequence"]) for row in rows] == [("cancelled", 1)]


def test_session_made_private_is_withdrawn_without_its_title():
    occurrence = OccurrenceFactory(session=SessionFactory(title="SECRET"))
    released()
    occurrence.session.visibility = "private"
    occurrence.session.save()

    release = released("2027-04-01T09:00")

    assert "SECRET" not in release.snapshot
    assert [row["uuid"] for row in body(release)["withdrawn"]] == [str(occurrence.uuid)]
    occurrence.refresh_from_db()
    assert occurrence.sequence == 1


def test_release_starts_a_new_generation():
    OccurrenceFactory()
    before = writing.site_generation()

    released()

    assert writing.site_generation() == str(int(before) + 1)


def test_release_costs_the_same_queries_for_one_and_for_three_sessions(django_assert_num_queries):
    edition = DayFactory().edition
    with writing.writing(public=True):
        SessionSpeakerFactory(session=OccurrenceFactory().session)
    with django_assert_num_queries(28):
        release_programme(edition=edition, now=paris("2027-03-08T09:00"))
    for _ in range(2):
        SessionSpeakerFactory(session=OccurrenceFactory().session)
    with django_assert_num_queries(28):
        release_programme(edition=edition, now=paris("2027-04-01T09:00"))


def test_a_release_is_in_the_audit_log():
    OccurrenceFactory()

    release = released(version="1.0")

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject_id, entry.edition) == ("programme.released", str(release.pk), "2027")
    assert entry.facts == {"version": "1.0", "sha256": release.sha256, "sessions": 1}


def test_a_release_carries_its_own_edition_alone():
    other = EditionFactory(number=2028, is_current=False)
    OccurrenceFactory(edition=other, session__title="AILLEURS", room__name="AILLEURS")
    for factory in (ExhibitorFactory, PartnerFactory):
        factory(edition=other, name="AILLEURS")
    BookFactory(edition=other, title="AILLEURS")
    OccurrenceFactory()

    assert "AILLEURS" not in released().snapshot
