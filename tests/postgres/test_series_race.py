"""Numbers under a rush, on PostgreSQL, where careless code really gives one twice."""

from festival.core import series
from festival.core.writing import writing
from festival.models import Series
from tests.racing import abreast, at_once

WRITERS = 40


def careless_take(kind):
    """Read, then write: what a beginner writes. Nothing keeps two from reading the same number."""
    row = Series.objects.get_or_create(kind=kind)[0]
    abreast()
    row.last += 1
    row.save(update_fields=["last"])
    return range(row.last, row.last + 1)


def rush(take, *, spoiled=()):
    """Let many want a number of a series that does not exist yet; every transaction in `spoiled` is given up."""

    def one(number):
        with writing(public=False):
            taken = take("invoice")
            if number in spoiled:
                raise InterruptedError
            return list(taken)

    outcomes = at_once(WRITERS, one)
    assert [each for each in outcomes if not isinstance(each, (list, InterruptedError))] == []
    return sorted(number for each in outcomes if isinstance(each, list) for number in each)


def test_every_number_is_given_once_and_none_is_left_out():
    assert rush(series.take) == list(range(1, WRITERS + 1))
    assert series.last("invoice") == WRITERS


def test_transactions_that_are_given_up_leave_no_hole():
    spoiled = range(0, WRITERS, 3)

    given = rush(series.take, spoiled=spoiled)

    assert given == list(range(1, WRITERS - len(spoiled) + 1))


def test_control_careless_code_gives_numbers_twice():
    """The control: if this one is exact too, the tests above prove nothing."""
    Series.objects.create(kind="invoice")

    given = rush(careless_take)

    assert len(set(given)) < len(given)
