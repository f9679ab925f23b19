import pytest

from program.release.compiling import compile_programme, compile_session
from tests.factories import program as make
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import OccurrenceFactory, paris
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
NOW = paris("2027-03-08T09:00")


@pytest.fixture
@remembered
def edition():
    return DayFactory().edition


def test_only_what_is_published_goes_out_and_the_unlisted_apart(edition):
    shown = OccurrenceFactory()
    hidden = OccurrenceFactory(session__visibility="unlisted")
    OccurrenceFactory(session__visibility="private")
    OccurrenceFactory(session__live=False)
    OccurrenceFactory(edition=EditionFactory(number=2028, is_current=False))

    compiled = compile_programme(edition, now=NOW)

    assert [session.slug for session in compiled.public.sessions] == [shown.session.slug]
    assert [session.slug for session in compiled.unlisted.sessions] == [hidden.session.slug]
    assert [occurrence.uuid for occurrence in compiled.unlisted.occurrences] == [str(hidden.uuid)]


def test_people_and_labels_are_those_of_the_sessions_each_once(edition):
    speaker, stranger = make.SpeakerFactory(sort_name="Zola"), make.SpeakerFactory(sort_name="Élan")
    make.SpeakerFactory()
    tag = make.TagFactory(slug="velo")
    for visibility, people in (("public", [speaker]), ("unlisted", [speaker, stranger])):
        session = make.SessionFactory(visibility=visibility, tags=[tag])
        for person in people:
            make.SessionSpeakerFactory(session=session, speaker=person)

    compiled = compile_programme(edition, now=NOW)

    assert [person.slug for person in compiled.public.speakers] == [speaker.slug]
    assert [person.slug for person in compiled.unlisted.speakers] == [stranger.slug]
    assert ([tag.slug for tag in compiled.public.tags], compiled.unlisted.tags) == (["velo"], ())


def test_occurrences_stand_in_the_order_of_time(edition):
    late = OccurrenceFactory(starts_at=paris("2027-05-02T16:00"), ends_at=paris("2027-05-02T17:00"))
    early = OccurrenceFactory()

    public = compile_programme(edition, now=NOW).public

    assert [occurrence.uuid for occurrence in public.occurrences] == [str(early.uuid), str(late.uuid)]


def test_a_book_shows_its_public_sessions_only(edition):
    shown, hidden = OccurrenceFactory().session, OccurrenceFactory(session__visibility="unlisted").session
    make.BookFactory().sessions.set([shown, hidden])

    (book,) = compile_programme(edition, now=NOW).public.books

    assert [session.slug for session in book.sessions] == [shown.slug]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(edition, django_assert_num_queries, count):
    for _ in range(count):
        occurrence = OccurrenceFactory(session__tags=[make.TagFactory()])
        make.SessionSpeakerFactory(session=occurrence.session)

    with django_assert_num_queries(16):
        compile_programme(edition, now=NOW)


def test_one_session_is_compiled_into_the_published_programme(edition):
    occurrence, other = OccurrenceFactory(), OccurrenceFactory()
    published = compile_programme(edition, now=NOW).public
    occurrence.session.title = {"fr": "Autre titre"}

    programme, session = compile_session(occurrence.session, now=NOW, into=published)

    assert "Autre titre" in repr(session.title)
    assert {each.slug for each in programme.sessions} == {occurrence.session.slug, other.session.slug}
    assert programme.session_by_slug[session.slug] is session
    assert programme.occurrences_by_session[other.session.slug][0].uuid == str(other.uuid)


def test_before_the_first_release_a_session_stands_alone(edition):
    OccurrenceFactory()
    unsaved = make.SessionFactory.build(
        edition=edition,
        section=make.SectionFactory(edition=edition),
        format=make.FormatFactory(),
        track=make.TrackFactory(),
    )

    programme, session = compile_session(unsaved, now=NOW, into=None)

    assert (programme.sessions, programme.occurrences) == ((session,), ())
