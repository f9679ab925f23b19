import pytest
from django.db import IntegrityError, transaction

from festival.core import series
from festival.core.writing import writing
from festival.models import Series
from tests.factories.festival import EditionFactory

pytestmark = pytest.mark.django_db


def take(*args, **kwargs):
    with writing(public=False):
        return series.take(*args, **kwargs)


def test_numbers_start_at_one_and_go_on():
    assert [take("ticket"), take("ticket", count=3), take("ticket")] == [range(1, 2), range(2, 5), range(5, 6)]
    assert series.last("ticket") == 5


def test_a_series_that_gave_nothing_ends_at_zero():
    assert series.last("ticket", year=2027) == 0


def test_kinds_editions_and_years_count_apart():
    first, second = EditionFactory(), EditionFactory(number=2028, is_current=False)
    scopes = [{}, {"edition": first}, {"edition": second}, {"year": 2027}, {"year": 2028}]

    assert [take(kind, **scope).start for kind in ("ticket", "invoice") for scope in scopes] == [1] * 10
    assert [take("ticket", **scope).start for scope in scopes] == [2] * 5
    assert [series.last("ticket", **scope) for scope in scopes] == [2] * 5
    assert [series.last("invoice", **scope) for scope in scopes] == [1] * 5


def test_taking_costs_two_statements(django_assert_num_queries):
    take("ticket")

    with transaction.atomic(), django_assert_num_queries(2):
        series.take("ticket", count=50)


@pytest.mark.django_db(transaction=True)
def test_a_number_of_a_transaction_that_is_given_up_is_given_again():
    def fail():
        with writing(public=False):
            assert series.take("invoice", year=2027, count=2) == range(1, 3)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert take("invoice", year=2027) == range(1, 2)


@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_in_a_transaction_only():
    with pytest.raises(RuntimeError, match="Numbers are given"):
        series.take("ticket")


@pytest.mark.parametrize("count", [0, -1])
def test_no_number_is_no_wish(count):
    with pytest.raises(ValueError, match="At least one"):
        take("ticket", count=count)
    assert not Series.objects.exists()


def test_a_series_has_one_scope():
    with pytest.raises(ValueError, match="not to both"):
        take("ticket", edition=EditionFactory(), year=2027)
    with pytest.raises(ValueError, match="not to both"):
        series.last("ticket", edition=EditionFactory(), year=2027)


@pytest.mark.parametrize("scope", [{}, {"year": 2027}, {"edition": 2027}, {"edition": 2027, "year": 2027}])
def test_the_database_keeps_one_row_a_series(scope):
    if "edition" in scope:
        scope = scope | {"edition": EditionFactory()}
    fresh = Series(kind="ticket", **scope)
    if "year" not in scope or "edition" not in scope:
        fresh.save()

    with pytest.raises(IntegrityError), transaction.atomic():
        Series.objects.create(kind="ticket", **scope)


def test_a_series_says_what_it_counts():
    assert str(Series(kind="invoice", year=2027, last=7)) == "invoice 2027 7"
    assert str(Series(kind="ticket")) == "ticket 0"
