"""The fees of an edition, read once."""

import pytest

from festival.core.writing import forget_generation, writing
from tests.factories.festival import EditionFactory
from tests.factories.tickets import FeeFactory
from tickets.fees import queries
from tickets.fees.rules import Terms
from tickets.models import Fee

pytestmark = pytest.mark.django_db


def test_the_fees_of_an_edition_cost_no_query_when_warm(django_assert_num_queries):
    fee = FeeFactory()
    FeeFactory(edition=EditionFactory(number=2028, is_current=False))

    assert queries.fees_of(fee.edition_id) == (fee,)
    with django_assert_num_queries(0):
        assert [str(one.name) for one in queries.fees_of(fee.edition_id)] == ["Frais de réservation"]


def test_a_fee_that_changes_is_read_anew():
    fee = FeeFactory()
    queries.fees_of(fee.edition_id)

    with writing(public=True):
        Fee.objects.update(cents=200)
    forget_generation()

    assert [one.cents for one in queries.fees_of(fee.edition_id)] == [200]


@pytest.mark.parametrize(("basis", "is_per_place"), [("place", True), ("order", False)])
def test_its_terms_are_what_the_row_says(basis, is_per_place):
    fee = FeeFactory(basis=basis, percent=250, on_free=True)

    assert queries.terms_of(fee) == Terms(150, 250, is_per_place=is_per_place, on_free=True)
