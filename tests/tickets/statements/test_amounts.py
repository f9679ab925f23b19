"""Amounts and dates as banks write them."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tickets.statements.amounts import exact_cents, typed_cents, typed_date

AMOUNTS = {
    "1 234,56": 123456,
    "1\u00a0234,56": 123456,
    "1\u202f234,56 €": 123456,
    "1.234,56": 123456,
    "1,234.56": 123456,
    "1'234.56": 123456,
    "1’234.56": 123456,
    "1.234.567": 123456700,
    "1.234.567,8": 123456780,
    "12": 1200,
    "12,5": 1250,
    "+12,50": 1250,
    "-12,50": -1250,
    "\u221212,50": -1250,
    "12,50-": -1250,
    "12,50+": 1250,
    "EUR 12.50": 1250,
    "0,00": 0,
}
NO_AMOUNTS = [
    "",
    " ",
    "€",
    "-",
    "1,234",
    "1.234",
    "1.23.4",
    "1e3",
    "٣",
    "12,345,6",
    "NaN",
    "9" * 30,
    "--5",
    "12,50 ou 13",
    "1,2,3",
]


@pytest.mark.parametrize(("text", "cents"), AMOUNTS.items())
def test_amounts_are_read_as_people_write_them(text, cents):
    assert typed_cents(text) == cents


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_what_is_no_amount_or_could_be_two_is_refused(text):
    with pytest.raises(ValueError):
        typed_cents(text)


@given(st.integers(-(2**31) + 1, 2**31 - 1))
def test_every_amount_comes_back(cents):
    euros, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    assert typed_cents(f"{sign}{euros:,}".replace(",", " ") + f",{rest:02}") == cents
    assert typed_cents(f"{sign}{euros:,}.{rest:02}") == cents
    assert exact_cents(f"{euros}.{rest:02}", ".") == abs(cents)


@pytest.mark.parametrize(("text", "cents"), {"12": 1200, "12,": 1200, "12,5": 1250, "12,50000": 1250}.items())
def test_amounts_of_messages(text, cents):
    assert exact_cents(text, ",") == cents


@pytest.mark.parametrize("text", ["", ",5", "12,505", "-1,00", "12.5", "1 2,00", "9" * 15, "9" * 40, "٣,00"])
def test_messages_write_amounts_in_one_way(text):
    with pytest.raises(ValueError):
        exact_cents(text, ",")


DATES = [
    "02/05/2027",
    "2.5.27",
    "02-05-2027",
    "2027-05-02",
    "2027/5/2",
    "20270502",
    "2027-05-02T10:00:00Z",
    " 02/05/2027 10:31",
]


@pytest.mark.parametrize("text", DATES)
def test_days(text):
    assert typed_date(text) == dt.date(2027, 5, 2)


@pytest.mark.parametrize(
    "text", ["", " ", "31/02/2027", "2027-13-01", "05/2027", "mai", "٢/٥/٢٠٢٧", "0000-00-00", "1/2/3/4"]
)
def test_no_days(text):
    with pytest.raises(ValueError):
        typed_date(text)
