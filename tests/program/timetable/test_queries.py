import pytest

from program.timetable import queries
from program.timetable.rules import Kind
from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory, paris

NOW = paris("2027-03-08T09:00")


@pytest.mark.django_db
def test_a_warning_comes_with_what_it_is_about():
    edition = DayFactory().edition
    first = OccurrenceFactory()
    second = OccurrenceFactory(room=first.room)
    OccurrenceFactory(starts_at=paris("2027-05-02T21:00"), ends_at=paris("2027-05-02T22:00"))

    found = queries.timetable_warnings(edition, NOW)

    assert [(clash.kind, [o.session.slug for o in about]) for clash, about in found][1:] == [
        (Kind.ROOM, [first.session.slug, second.session.slug])
    ]
    assert [(found[0][0].kind, len(found[0][1]))] == [(Kind.HOURS, 1)]
