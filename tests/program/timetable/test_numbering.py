import pytest

from program.models import Occurrence
from program.timetable.numbering import next_number, reserve_number
from tests.factories.festival import EditionFactory
from tests.factories.program import OccurrenceFactory

pytestmark = pytest.mark.django_db


def test_numbers_begin_with_one_in_every_edition():
    first, second = EditionFactory(), EditionFactory(number=2028, is_current=False)

    assert [next_number(first), next_number(first), next_number(second)] == [1, 2, 1]


def test_the_number_of_a_deleted_occurrence_is_never_given_again():
    edition = EditionFactory()
    OccurrenceFactory.create_batch(2, edition=edition)
    Occurrence.objects.all().delete()

    assert next_number(edition) == 3


def test_a_reserved_number_is_passed_by():
    edition = EditionFactory()
    reserve_number(edition, 48)

    assert next_number(edition) == 49


@pytest.mark.parametrize("number", [-1, 0, 1, 5])
def test_reserving_what_was_given_changes_nothing(number):
    edition = EditionFactory()
    reserve_number(edition, 5)
    reserve_number(edition, number)

    assert next_number(edition) == 6
