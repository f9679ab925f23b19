"""Account numbers: as people type them, and with one digit wrong."""

import pytest

from tickets.payments.iban import parse_iban, spell_iban

RIGHT = "FR1420041010050500013M02606"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (RIGHT, RIGHT),
        ("fr14 2004 1010 0505 0001 3m02 606", RIGHT),
        ("FR14-2004-1010-0505-0001-3M02-606", RIGHT),
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("BE68539007547034", "BE68539007547034"),
        ("FR1520041010050500013M02606", None),
        ("FR1420041010050500013M02660", None),
        ("FR14", None),
        ("", None),
        ("É" * 20, None),
        ("1420041010050500013M02606FR", None),
    ],
)
def test_numbers_as_they_are_typed(typed, read):
    assert parse_iban(typed) == read


@pytest.mark.parametrize("place", range(len(RIGHT)))
def test_one_wrong_character_is_found(place):
    wrong = "7" if RIGHT[place] != "7" else "8"
    assert parse_iban(RIGHT[:place] + wrong + RIGHT[place + 1 :]) is None


def test_it_is_spelled_in_fours():
    assert spell_iban(RIGHT) == "FR14 2004 1010 0505 0001 3M02 606"
