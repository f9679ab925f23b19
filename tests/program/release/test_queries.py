import pytest

from program.release import queries
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import OccurrenceFactory, paris, released

pytestmark = pytest.mark.django_db
NOW = paris("2027-03-08T09:00")


def test_before_the_first_release_there_is_nothing_to_compare_with():
    assert queries.last_release(EditionFactory()) is None


def test_the_newest_release_is_read_with_what_only_a_link_opens():
    listed = OccurrenceFactory()
    released()
    hidden = OccurrenceFactory(session__visibility="unlisted")
    second = released(note="Une séance de plus.")

    last = queries.last_release(second.edition)

    assert (last.public.version, last.snapshot) == (second.version, second.snapshot)
    assert set(last.public.session_by_slug) == {listed.session.slug}
    assert set(last.with_unlisted.session_by_slug) == {listed.session.slug, hidden.session.slug}


def test_what_a_release_would_carry_is_not_kept():
    edition = DayFactory().edition
    occurrence = OccurrenceFactory()

    assert set(queries.working_programme(edition, NOW).session_by_slug) == {occurrence.session.slug}
    assert not edition.releases.exists()


def test_the_list_of_releases_leaves_their_texts_out(django_assert_num_queries):
    OccurrenceFactory()
    first = released()
    OccurrenceFactory()
    second = released()
    released_elsewhere = EditionFactory(number=2028, is_current=False)

    with django_assert_num_queries(1):
        assert [row.version for row in queries.releases(first.edition)] == [second.version, first.version]
    assert queries.releases(first.edition)[0].get_deferred_fields() >= {"snapshot", "unlisted"}
    assert [row.pk for row in queries.releases(first.edition, limit=1)] == [second.pk]
    assert queries.releases(released_elsewhere) == []
