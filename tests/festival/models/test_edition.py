"""What an edition refuses to be."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.festival import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["JPY", "KWD", "eur", "E", "€", "XQX"])
def test_prices_in_what_has_no_hundredths_or_is_no_currency(code):
    edition = EditionFactory()
    edition.currency = code

    with pytest.raises(ValidationError) as caught:
        edition.clean_fields()

    assert list(caught.value.message_dict) == ["currency"]


@pytest.mark.parametrize("code", ["EUR", "CHF", "GBP"])
def test_prices_in_the_currency_of_the_organiser(code):
    edition = EditionFactory()
    edition.currency = code

    edition.clean_fields()
