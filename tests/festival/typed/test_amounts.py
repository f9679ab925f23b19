"""Amounts as people type them."""

import pytest

from festival.typed.amounts import parse_amount


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12", 1200),
        ("12,5", 1250),
        ("12.50 €", 1250),
        ("1 200", 120_000),
        ("1\N{NARROW NO-BREAK SPACE}200,05 EUR", 120_005),
        ("0", 0),
        ("12.", 1200),
        ("12,- eur", 1200),
        ("€1'200.50", 120_050),
        ("1’200", 120_000),
        ("１２，５０", 1250),
        ("٧٠", 7000),
        ("", None),
        ("€", None),
        ("12 CHF", None),
        ("€12€", 1200),
        ("1'2", None),
        ("-5", None),
        ("12,505", None),
        ("1,000.00", None),
        ("1234567", None),
        ("²", None),
        ("beaucoup", None),
    ],
)
def test_amounts_as_people_type_them(typed, cents):
    assert parse_amount(typed) == cents


@pytest.mark.parametrize("typed", ["60 CHF", "chf 60.00", "60.-", "CHF60", "60,–"])
def test_amounts_beside_the_marks_of_another_currency(typed):
    assert parse_amount(typed, ("CHF",)) == 6000
    assert parse_amount("60 €", ("CHF",)) is None


@pytest.mark.parametrize("typed", ["5,5", "5.5 %", "5,50%", "5,5\N{NO-BREAK SPACE}%"])
def test_a_percentage_beside_its_sign(typed):
    assert parse_amount(typed, ("%",)) == 550
