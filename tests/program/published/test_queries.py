"""Which release is public where and when; the cache of those that were read."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from festival.core import writing
from festival.models import Edition
from program.models import Occurrence
from program.published import queries
from tests.factories.festival import EditionFactory
from tests.factories.program import OccurrenceFactory, paris, released

pytestmark = pytest.mark.django_db
NOW = paris("2027-05-02T11:30")


def past(number, **fields):
    """Make and release an edition of an earlier year."""
    days = {"start_date": dt.date(number, 5, 1), "end_date": dt.date(number, 5, 7)}
    edition = EditionFactory(number=number, is_current=False, **days)
    OccurrenceFactory(edition=edition)
    return released(edition=edition, **fields)


def test_current_release_is_the_newest_that_the_clock_has_reached():
    occurrence = OccurrenceFactory()
    released("2027-03-08T09:00", version="1.0")
    Occurrence.objects.filter(pk=occurrence.pk).update(ends_at=paris("2027-05-02T15:30"))
    released("2027-04-01T09:00", version="1.1")

    assert queries.current_release(paris("2027-03-08T08:59")) is None
    assert queries.next_publication(paris("2027-03-08T08:59")) == paris("2027-03-08T09:00")
    assert queries.current_release(paris("2027-03-31T09:00")).version == "1.0"
    assert queries.current_release(paris("2027-04-01T09:00")).version == "1.1"
    assert queries.next_publication(NOW) is None


def test_current_programme_costs_nothing_while_nothing_is_published(django_assert_num_queries):
    OccurrenceFactory()
    released()
    queries.current_programme(NOW)

    writing.forget_generation()
    with django_assert_num_queries(1):  # the site's generation
        queries.current_programme(NOW)


def test_archives_are_the_last_public_releases_of_earlier_editions_newest_first():
    older, newer = past(2025), past(2026)
    past(2024, now="2027-06-01T09:00")  # not public yet
    OccurrenceFactory()
    released()

    assert [(r.edition, r.pk) for r in queries.archived_releases(NOW)] == [(2026, newer.pk), (2025, older.pk)]
    assert queries.archived_release(2025, NOW).pk == older.pk
    assert queries.archived_release(2024, NOW) is None
    assert queries.archived_release(2027, NOW) is None
    assert queries.current_edition() == 2027


def test_a_later_edition_is_no_archive_even_on_the_same_days():
    EditionFactory()
    later = EditionFactory(number=2028, is_current=False)
    OccurrenceFactory(edition=later)
    released(edition=later)

    assert queries.archived_releases(NOW) == []


def test_without_a_current_edition_archives_are_those_that_are_over():
    made = past(2026, now="2026-03-01T09:00")
    Edition.objects.update(is_current=False)

    assert [r.pk for r in queries.archived_releases(NOW)] == [made.pk]
    assert queries.archived_releases(paris("2026-05-07T11:30")) == []
    assert queries.archived_releases(paris("2026-05-08T04:30")) == [], "the last night is still of the last day"
    assert len(queries.archived_releases(paris("2026-05-08T05:00"))) == 1
    assert queries.current_edition() is None


def test_a_version_is_an_editions_own():
    first = past(2026, version="1.0")
    OccurrenceFactory()
    second = released(version="1.0")

    assert queries.snapshot_of_version(2026, "1.0", NOW) == (first.snapshot, first.sha256)
    assert queries.snapshot_of_version(2027, "1.0", NOW) == (second.snapshot, second.sha256)
    assert queries.snapshot_of_version(2027, "1.0", paris("2027-01-01T00:00")) is None


@pytest.mark.django_db(transaction=True)
def test_many_threads_read_more_releases_than_are_kept():
    numbers = range(2027 - queries.KEPT - 2, 2027)
    for number in numbers:
        past(number)
    EditionFactory()

    def read(turn):
        number = numbers[turn % len(numbers)]
        return queries.archived_release(number, NOW).edition == number

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(200)))
