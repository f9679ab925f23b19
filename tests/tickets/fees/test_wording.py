"""What is said of fees, in sentences."""

import pytest
from django.utils.translation import override

from tests.factories.tickets import FeeFactory
from tickets.fees import wording
from tickets.models import OrderLine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Booking fee: €1.50 for each place."),
        ({"cents": 0, "percent": 250}, "Booking fee: 2.5 % for each place."),
        ({"percent": 200, "basis": "order"}, "Booking fee: €1.50 and 2 %, once for the order."),
    ],
)
def test_how_much_of_what(fields, sentence):
    fee = FeeFactory(**fields)

    with override("en"):
        said = [one.replace("\N{NO-BREAK SPACE}", " ") for one in wording.said_of_fees(fee.edition_id, "EUR")]

    assert said == [sentence]


@pytest.mark.parametrize(
    ("goes_back", "parent", "words"),
    [(False, None, "stays with us"), (True, 7, "goes back with its place"), (True, None, "when everything is given")],
)
def test_what_becomes_of_it(goes_back, parent, words):
    line = OrderLine(product_name={"en": "Booking fee"}, goes_back=goes_back, parent_id=parent)

    with override("en"):
        assert words in wording.of_refunds(line)
