"""The release that follows an import, on the factories' small edition."""

import pytest

from festival.models import AuditEntry
from program.importing import release
from program.models import Occurrence, Release
from tests.factories.program import OccurrenceFactory, paris

pytestmark = pytest.mark.django_db
FILE = {"edition": {"year": 2027}, "posts": [{"published": "2027-03-08T09:00"}, {"published": "2027-04-01T09:00"}]}


def test_the_first_release_is_as_old_as_the_first_news():
    OccurrenceFactory()
    lines = []

    release.load(FILE, lines.append)

    made = Release.objects.get()
    assert (made.version, made.published_at) == ("1.0", paris("2027-03-08T09:00"))
    assert lines[0].startswith("Release 1.0, ")
    assert AuditEntry.objects.get().actor == "system:import"


def test_without_a_change_there_is_no_second_release():
    OccurrenceFactory()
    lines = []
    release.load(FILE, lines.append)

    release.load(FILE, lines.append)

    assert lines[1] == "The programme has not changed."
    assert Release.objects.count() == 1


def test_a_change_is_released_now(settings):
    settings.FESTIVAL_CLOCK = "2027-05-02T11:30"
    occurrence = OccurrenceFactory()
    release.load(FILE, lambda _line: None)
    Occurrence.objects.filter(pk=occurrence.pk).update(ends_at=paris("2027-05-02T15:30"))

    release.load(FILE, lambda _line: None)

    assert Release.objects.get(number=2).published_at == paris("2027-05-02T11:30")
