"""A world that is remembered is the one that its function builds, and never stands on other rows."""

import pytest
from django.db import transaction

from tests.factories.festival import EditionFactory
from tests.factories.tickets import ProductFactory, QuotaFactory
from tests.remembered import remembered, watched
from tickets.models import Product, Quota

pytestmark = pytest.mark.django_db

built = []


@remembered
def office():
    """A product with places."""
    product = ProductFactory()
    built.append(QuotaFactory(products=[product]))
    return product, built[-1]


def in_a_test(do):
    """Do something in a state of its own, as in a test; return the rows of the two tables at its end."""
    with watched(), transaction.atomic():
        result = do()
        rows = [list(model.objects.order_by("pk").values()) for model in (Product, Quota)]
        transaction.set_rollback(True)
    return result, rows


def test_the_second_time_the_same_rows_are_written_without_the_function():
    (first, first_rows), already = in_a_test(office), len(built)
    second, second_rows = in_a_test(office)

    assert second_rows == first_rows
    assert len(built) == already
    assert second == first
    assert second[0] is not first[0]


def test_what_is_made_after_it_bears_other_numbers():
    def one_more():
        product, _quota = office()
        return product.number, ProductFactory(slug="autre", edition=product.edition).number

    for _ in range(2):
        (known, new), _rows = in_a_test(one_more)
        assert new == known + 1


def test_it_is_built_where_its_tables_were_written_before():
    in_a_test(office)

    def later():
        EditionFactory(number=2028, is_current=False)
        return office()

    already = len(built)
    (product, _quota), _rows = in_a_test(later)

    assert len(built) == already + 1
    assert product.edition.number == 2027
