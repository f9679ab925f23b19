import pytest

from program.pages.preview import session_preview
from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory, RoomFactory, SessionFactory, paris, released

pytestmark = pytest.mark.django_db

NOW = paris("2027-05-02T11:30")


def test_a_session_is_shown_amid_the_published_programme():
    DayFactory()
    room = RoomFactory()
    public = OccurrenceFactory(room=room, starts_at=paris("2027-05-02T14:00"), ends_at=paris("2027-05-02T15:00"))
    released()
    draft = SessionFactory(live=False)
    OccurrenceFactory(session=draft, room=room, starts_at=paris("2027-05-02T15:00"), ends_at=paris("2027-05-02T16:00"))

    context = session_preview(draft, NOW)

    ((_, around),) = context["occurrences"]
    assert context["session"].slug == draft.slug
    assert around.before.uuid == str(public.uuid)


def test_before_the_first_release_a_session_stands_alone():
    draft = SessionFactory(live=False)

    context = session_preview(draft, NOW)

    assert ([session.slug for session in context["programme"].sessions], context["occurrences"]) == ([draft.slug], [])


def test_a_change_of_a_public_session_is_previewed_in_its_place():
    session = OccurrenceFactory().session
    released()
    session.audience = "schools"

    context = session_preview(session, NOW)

    assert [one.audience for one in context["programme"].sessions] == ["schools"]
    assert len(context["occurrences"]) == 1


def test_a_preview_compiles_one_session_and_not_the_week(django_assert_num_queries):
    draft = SessionFactory(live=False)
    OccurrenceFactory(session=draft)
    released()
    session_preview(draft, NOW)

    with django_assert_num_queries(8):
        session_preview(draft, NOW)
    for _ in range(3):
        OccurrenceFactory()
    released(version="2")
    session_preview(draft, NOW)
    with django_assert_num_queries(8):
        session_preview(draft, NOW)
