"""The code that fills in a transfer."""

import pytest

from tickets.payments import epc

IBAN = "FR1420041010050500013M02606"


def payload(**changes):
    values = {"holder": "L’âge des communs", "iban": IBAN, "bic": "", "cents": 13300, "reference": "B4KD 7QRX"}
    return epc.payload(**(values | changes)).split("\n")


def test_the_lines_of_version_2():
    assert payload() == ["BCD", "002", "1", "SCT", "", "L'age des communs", IBAN, "EUR133.00", "", "", "B4KD 7QRX"]


@pytest.mark.parametrize(("cents", "amount"), [(1, "EUR0.01"), (105, "EUR1.05"), (99_999_999_999, "EUR999999999.99")])
def test_amounts(cents, amount):
    assert payload(cents=cents)[7] == amount


@pytest.mark.parametrize("cents", [0, -5, 100_000_000_000])
def test_amounts_that_no_transfer_has(cents):
    with pytest.raises(ValueError, match="A transfer is of"):
        payload(cents=cents)


def test_names_are_short_and_plain_and_keep_to_their_line():
    assert payload(holder="Ø" * 80)[5] == "." * 70
    assert payload(holder="A\nB")[5] == "A.B"
    assert len(payload(reference="x" * 200)[10]) == 140


def test_a_code_as_people_type_it():
    assert epc.spell_code("B4KD7QRX") == "B4KD 7QRX"
