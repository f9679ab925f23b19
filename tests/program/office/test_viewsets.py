"""The editors' screens: query counts, numbering, preview, release; and the commands."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from festival.models import AuditEntry
from program.models import Occurrence, Release, Session
from tests.factories import program as make
from tests.factories.festival import DayFactory, EditionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return client


LISTS = {
    "session": (make.SessionFactory, 15),
    "occurrence": (make.OccurrenceFactory, 15),
    "speaker": (make.SpeakerFactory, 8),
    "room": (make.RoomFactory, 13),
    "exhibitor": (make.ExhibitorFactory, 14),
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_for_one_row_and_three(editor, django_assert_num_queries, name, count):
    factory, queries = LISTS[name]
    factory.create_batch(count)
    path = reverse(f"wagtailsnippets_program_{name}:list")
    editor.get(path)

    with django_assert_num_queries(queries):
        response = editor.get(path)

    assert response.status_code == 200


@pytest.mark.parametrize(
    "name",
    ["session", "occurrence", "speaker", "room", "venue", "track", "format", "tag", "exhibitor", "partner", "book"],
)
def test_every_screen_opens_with_search_and_form(editor, name):
    assert editor.get(reverse(f"wagtailsnippets_program_{name}:list"), {"q": "xyz"}).status_code == 200
    assert editor.get(reverse(f"wagtailsnippets_program_{name}:add")).status_code == 200


def test_timetable_prints_day_and_time(editor):
    make.OccurrenceFactory()

    page = editor.get(reverse("wagtailsnippets_program_occurrence:list")).content.decode()

    assert "dimanche 2\xa0mai\xa02027, 14\xa0h" in page or "Sunday 2\xa0May\xa02027, 14:00" in page


@pytest.mark.parametrize("name", ["session", "occurrence", "speaker", "exhibitor"])
def test_lists_can_be_exported(editor, name):
    LISTS[name][0]()

    response = editor.get(reverse(f"wagtailsnippets_program_{name}:list"), {"export": "csv"})

    assert b"".join(response.streaming_content).count(b"\r\n") == 2


def fields(session, room, **changed):
    empty = (
        "room_note_fr",
        "room_note_en",
        "daily_from",
        "daily_to",
        "fallback_room",
        "slot_minutes",
        "cancelled_at",
        "moved_at",
        "moved_from_room",
        "moved_from_starts_at",
    )
    data = {"session": session.pk, "room": room.pk, "starts_at": "2027-05-02 14:00", "ends_at": "2027-05-02 15:00"}
    data |= {
        "blocks_room": "on",
        "kind": "timed",
        "capacity_mode": "seated",
        "slots_in_parallel": 1,
    }
    return dict.fromkeys(empty, "") | data | changed


def test_new_occurrence_gets_the_next_number_and_its_sessions_edition(editor):
    make.OccurrenceFactory(number=7)
    session, room = make.SessionFactory(), make.RoomFactory()

    editor.post(reverse("wagtailsnippets_program_occurrence:add"), fields(session, room))

    occurrence = Occurrence.objects.get(session=session)
    assert (occurrence.number, occurrence.edition) == (8, session.section.edition)
    assert occurrence.starts_at == make.paris("2027-05-02T14:00")


def test_the_number_of_a_deleted_occurrence_is_not_given_to_the_next(editor):
    make.OccurrenceFactory(number=7).delete()
    session, room = make.SessionFactory(), make.RoomFactory()

    editor.post(reverse("wagtailsnippets_program_occurrence:add"), fields(session, room))

    assert Occurrence.objects.get().number == 8


def test_a_session_is_found_by_its_title_in_any_language(editor):
    make.SessionFactory(title={"fr": "Réparer un grille-pain", "en": "Mending a toaster"})
    make.SessionFactory(title={"fr": "Levain", "en": "Sourdough"})
    path = reverse("wagtailsnippets_program_session:list")

    for words in ("grille-pain", "toaster"):
        page = editor.get(path, {"q": words}).content.decode()
        assert "Réparer" in page or "Mending" in page
        assert "Levain" not in page


def test_an_occurrence_is_found_by_its_sessions_title_in_any_language(editor):
    make.OccurrenceFactory(session__title={"fr": "Réparer un grille-pain", "en": "Mending a toaster"})
    path = reverse("wagtailsnippets_program_occurrence:list")

    assert "grille-pain" in editor.get(path, {"q": "toaster"}).content.decode()


def test_end_before_start_is_refused_with_a_sentence_and_nothing_is_lost(editor):
    session, room = make.SessionFactory(), make.RoomFactory()

    response = editor.post(
        reverse("wagtailsnippets_program_occurrence:add"), fields(session, room, ends_at="2027-05-02 13:00")
    )

    assert Occurrence.objects.count() == 0
    assert "2027-05-02 13:00" in response.content.decode()
    assert response.context["form"].non_field_errors()


def test_moving_an_occurrence_keeps_number_and_uuid(editor):
    occurrence = make.OccurrenceFactory()

    editor.post(
        reverse("wagtailsnippets_program_occurrence:edit", args=[occurrence.pk]),
        fields(occurrence.session, occurrence.room, starts_at="2027-05-02 14:30"),
    )

    moved = Occurrence.objects.get()
    assert (moved.uuid, moved.number, moved.starts_at) == (
        occurrence.uuid,
        occurrence.number,
        make.paris("2027-05-02T14:30"),
    )


def test_preview_shows_a_draft_as_its_page_would(rf, admin_user):
    session = make.SessionFactory(live=False, title="Brouillon à relire")
    make.OccurrenceFactory(session=session)
    DayFactory()

    response = session.make_preview_request()

    assert response.status_code == 200
    page = response.render().content.decode() if not response.is_rendered else response.content.decode()
    assert "Brouillon à relire" in page
    assert "noindex" in page


def test_release_screen_warns_and_releases(editor):
    room = make.RoomFactory()
    make.OccurrenceFactory.create_batch(2, room=room)
    DayFactory()
    path = reverse("program-release")

    warned = editor.get(path)
    done = editor.post(path, {"note": "Premier jet", "version": "1.0"})

    assert [clash.kind for clash, _ in warned.context["warnings"]] == ["room"]
    assert done.status_code == 302
    assert Release.objects.get().version == "1.0"


@pytest.mark.parametrize("version", ["1.0", "un nom/avec", "x" * 41])
def test_release_screen_refuses_in_words(editor, version):
    make.OccurrenceFactory()
    make.released(version="1.0")
    Occurrence.objects.update(ends_at=make.paris("2027-05-02T15:30"))

    response = editor.post(reverse("program-release"), {"note": "Gardez-moi", "version": version})

    assert response.context["form"].errors["version"]
    assert "Gardez-moi" in response.content.decode()
    assert Release.objects.count() == 1


def test_release_screen_prepares_an_edition_that_nobody_sees_yet(editor):
    EditionFactory()
    later = EditionFactory(number=2028, is_current=False)
    make.OccurrenceFactory(edition=later)
    DayFactory(edition=later)
    path = reverse("program-release")

    shown = editor.get(path, {"edition": later.pk}).content.decode()
    done = editor.post(path, {"edition": later.pk, "note": "", "version": "1.0"})

    assert f'name="edition" value="{later.pk}"' in shown
    assert done.status_code == 302
    assert Release.objects.get().edition == later
    assert editor.get("/schedule.json").status_code == 404
    assert AuditEntry.objects.get().actor.startswith("user:")


def test_release_screen_releases_the_edition_that_it_showed(editor):
    """Another tab may have gone on to another edition meanwhile."""
    make.OccurrenceFactory()
    shown = EditionFactory()
    DayFactory()
    other = EditionFactory(number=2028, is_current=False)
    editor.get(reverse("program-release"), {"edition": other.pk})

    editor.post(reverse("program-release"), {"edition": shown.pk, "note": "", "version": ""})

    assert Release.objects.get().edition == shown


def test_release_screen_says_what_cannot_be_released(editor):
    make.OccurrenceFactory(number=3)
    path = reverse("program-release")

    before = editor.get(path).content.decode()
    refused = editor.post(path, {"note": "Ma note", "version": ""})

    assert "occurrences[3].starts_at" in before
    assert refused.context["form"].non_field_errors()
    assert "Ma note" in refused.content.decode()
    assert not Release.objects.exists()


def test_release_command_says_what_cannot_be_released():
    make.OccurrenceFactory(number=3)

    with pytest.raises(CommandError, match=r"^occurrences\[3\]\.starts_at: "):
        call_command("release_programme")


def test_release_without_change_is_refused_in_words(editor):
    make.OccurrenceFactory()
    make.released()

    response = editor.post(reverse("program-release"), {"note": "", "version": ""})

    assert response.context["form"].non_field_errors()
    assert Release.objects.count() == 1


def test_release_screen_needs_the_right(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True))

    assert client.get(reverse("program-release")).status_code in {302, 403}
    assert client.post(reverse("program-release"), {}).status_code in {302, 403}
    assert Release.objects.count() == 0


def test_release_command(capsys):
    make.OccurrenceFactory()
    DayFactory()

    call_command("release_programme", note="Premier jet", name="1.0")
    call_command("release_programme")

    out = capsys.readouterr().out
    assert out.startswith("Released 1.0, sha256 ")
    assert "Nothing has changed" in out
    Occurrence.objects.update(ends_at=make.paris("2027-05-02T15:30"))
    with pytest.raises(CommandError, match=r"1\.0"):
        call_command("release_programme", name="1.0")


def test_release_command_of_another_edition():
    EditionFactory()
    later = EditionFactory(number=2028, is_current=False)
    make.OccurrenceFactory(edition=later)
    DayFactory(edition=later)

    call_command("release_programme", edition=2028)

    assert Release.objects.get().edition == later
    with pytest.raises(CommandError, match="2031"):
        call_command("release_programme", edition=2031)


def test_release_command_without_an_edition():
    with pytest.raises(CommandError, match="edition"):
        call_command("release_programme")


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": make.paris("2027-05-02T14:00")},
        {"number": 0},
        {"daily_from": dt.time(10), "daily_to": dt.time(11)},
        {"kind": "all_day"},
        {"kind": "all_day", "daily_from": dt.time(11)},
        {"moved_at": make.paris("2027-04-01T10:00")},
        {"moved_from_starts_at": make.paris("2027-05-02T10:00")},
        {"slot_minutes": 0},
    ],
)
def test_database_refuses_impossible_occurrences(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.OccurrenceFactory(**wrong)


def test_database_refuses_a_number_twice_and_a_capacity_of_none():
    make.OccurrenceFactory(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.OccurrenceFactory(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.SessionFactory(capacity=0)
    assert Session.objects.count() == 1


def test_exports_disarm_formulas(editor):
    make.ExhibitorFactory(name="=1+1")

    response = editor.get(reverse("wagtailsnippets_program_exhibitor:list"), {"export": "csv"})

    assert b"'=1+1" in b"".join(response.streaming_content)
