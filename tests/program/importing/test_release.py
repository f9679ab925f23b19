"""The release that follows an import, on the factories' small edition."""

import pytest
from django.utils.translation import override

from festival.importing.faults import Fault, Faults
from festival.models import AuditEntry, Edition
from program.importing import release
from program.importing.programme import import_programme
from program.models import Occurrence, Release, Session
from tests.factories.importing import BOTH, small_file
from tests.factories.program import paris

pytestmark = pytest.mark.django_db
NOW = paris("2031-01-01T10:00")
POSTS = [{"id": f"p{n}", "published": f"2030-1{n}-08T09:00", "title": BOTH} for n in (2, 1)]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_the_first_release_is_as_old_as_the_first_news():
    done = import_programme(small_file() | {"posts": POSTS}, now=NOW)

    made = Release.objects.get()
    assert (made.version, made.published_at) == ("1.0", paris("2030-11-08T09:00"))
    assert done.released.startswith("Release 1.0, ")
    assert {entry.actor for entry in AuditEntry.objects.all()} >= {"system:import"}


def test_without_news_it_is_of_now():
    import_programme(small_file(), now=NOW)

    assert Release.objects.get().published_at == NOW


def test_news_that_lie_ahead_do_not_put_the_first_release_off():
    ahead = [POSTS[0] | {"published": "2032-01-01T09:00"}]
    import_programme(small_file() | {"posts": ahead}, now=NOW)

    assert Release.objects.get().published_at == NOW


def test_without_a_change_there_is_no_second_release():
    import_programme(small_file(), now=NOW)

    said = release.release(Edition.objects.get(), now=NOW)

    assert said == "The programme has not changed."
    assert Release.objects.count() == 1


def test_a_change_is_released_now():
    import_programme(small_file() | {"posts": POSTS}, now=NOW)
    Occurrence.objects.update(ends_at=paris("2031-03-29T15:30"))

    release.release(Edition.objects.get(), now=NOW)

    assert Release.objects.get(number=2).published_at == NOW


def test_what_cannot_be_released_is_a_fault_with_its_place():
    import_programme(small_file(), now=NOW)
    Session.objects.update(slug="été")

    with pytest.raises(Faults, match=r"^sessions\[été\]\.slug: the short name stands in addresses"):
        release.release(Edition.objects.get(), now=NOW)


def test_a_part_of_a_larger_file_is_released_when_the_rest_is_loaded(settings):
    settings.FESTIVAL_CLOCK = "2031-01-01T10:00"
    lines = []
    with pytest.raises(Fault, match=r"edition\.year: there is no edition 2031 yet"):
        release.load(small_file(), lines.append)
    import_programme(small_file(), now=NOW)

    release.load(small_file(), lines.append)

    with override("fr"):
        release.load(small_file(), lines.append)

    assert lines == ["The programme has not changed."] * 2
