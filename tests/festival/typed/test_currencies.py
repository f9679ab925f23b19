import pytest

from festival.typed import currencies


@pytest.mark.parametrize("code", ["EUR", "CHF", "GBP", "USD", "DKK", "PLN", "HUF"])
def test_counted_in_hundredths(code):
    assert currencies.is_counted_in_cents(code)


@pytest.mark.parametrize("code", ["JPY", "KRW", "XOF", "TND", "KWD", "eur", "", "EU", "XQX", "€", "EURO"])
def test_not_counted_in_hundredths_or_unknown(code):
    assert not currencies.is_counted_in_cents(code)


@pytest.mark.parametrize(
    ("code", "language", "sign"),
    [
        ("EUR", "fr", "€"),
        ("EUR", "pt-br", "€"),
        ("GBP", "en", "£"),
        ("CHF", "fr-ch", "CHF"),
        ("DKK", "da", "kr."),
        ("EUR", "zz", "€"),
        ("XQX", "fr", "XQX"),
    ],
)
def test_signs(code, language, sign):
    assert currencies.sign(code, language) == sign


def test_what_stands_beside_an_amount():
    assert currencies.marks("GBP", "fr") == ("GBP", "£GB", "£")
