"""Which order money is for."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from tickets.statements.entries import Entry
from tickets.statements.matching import (
    Amount,
    Found,
    Match,
    Orders,
    Owed,
    is_one_off,
    look,
    named_together,
    same_amount,
)

CODES = "23456789BCDFGHJKMNPQRSTVWXZ"
PAID_IN = Entry(1, dt.date(2027, 5, 2), 5500, "EUR", "K7M4QX2V", "MME MARIE EXEMPLE")
MARIE = Owed("K7M4QX2V", 5500, "EUR", "Marie Exemple")
PAUL = Owed("B2C3D4F5", 5500, "EUR", "Paul Martin")
ORDERS = Orders([MARIE, PAUL])


def match(text, orders=ORDERS, **changes):
    return orders.match(replace(PAID_IN, text=text, **changes))


@pytest.mark.parametrize(
    "text",
    [
        "K7M4QX2V",
        "k7m4qx2v",
        "Billets K7M4-QX2V merci",
        "K7M4 QX2V",
        "K 7 M 4 Q X 2 V",
        "VIR SEPA K7M4\nQX2V",
        "K7M40X2V",  # 0 for Q
        "K7M4OX2V",  # O for Q
        "k7m4dxzv",
        "Ｋ７Ｍ４ＱＸ２Ｖ",
        "réf.K7M4/QX2V.",
        "XXK7M4QX2VXX",
        "K7M4QX2V K7M4QX2V",
    ],
)
def test_a_code_is_found_however_it_was_written(text):
    assert match(text) == Match(Found.CODE, "K7M4QX2V", Amount.EQUAL, is_sure=True)


@pytest.mark.parametrize(("cents", "amount"), [(5499, Amount.SHORT), (5501, Amount.OVER), (1, Amount.SHORT)])
def test_another_amount_is_never_sure(cents, amount):
    assert match("K7M4QX2V", cents=cents) == Match(Found.CODE, "K7M4QX2V", amount)


def test_another_currency_and_money_that_came_back_are_never_sure():
    assert not match("K7M4QX2V", currency="CHF").is_sure
    assert not match("K7M4QX2V", is_return=True).is_sure
    assert match("K7M4QX2V", currency="").is_sure


def test_money_for_an_order_that_was_paid_is_over():
    assert match("K7M4QX2V", Orders([replace(MARIE, due=0)])).amount is Amount.OVER


def test_two_codes_are_for_somebody_to_decide():
    assert match("K7M4QX2V et B2C3D4F5") == Match(Found.SEVERAL)


def test_codes_that_look_alike():
    twin = replace(MARIE, code="K7M4DX2V")
    both = Orders([MARIE, twin])
    assert match("K7M4DX2V", both).code == "K7M4DX2V"
    assert match("K7M40X2V", both) == Match(Found.SEVERAL)


@pytest.mark.parametrize("text", ["K7M4QXV", "K7M4QX2VX"[1:], "K7M4QX92V", "K7M4XQ2V", "KWM4QX2V"])
def test_one_character_off_is_only_proposed(text):
    assert match(text) == Match(Found.NEAR, "K7M4QX2V")


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "KWM4QW2V"},
        {"cents": 5501},
        {"counterparty": "Jean Autre"},
        {"currency": "CHF"},
        {"text": ""},
    ],
)
def test_further_off_is_nothing(changes):
    assert match(**{"text": "KWM4QX2V", **changes}) == Match(Found.NOTHING)


def test_many_orders_of_one_price_are_quick():
    """Three thousand orders of the same price and a page of lines without a code: words are made once."""
    names = [f"Nom{number} Exemple" for number in range(3000)]
    codes = (f"{number:08}".translate(str.maketrans("01", "BC")) for number in range(3000))
    orders = Orders(replace(MARIE, code=code, name=name) for code, name in zip(codes, names, strict=True))
    assert {match("merci pour tout " * 10, orders).found for _ in range(100)} == {Found.NOTHING}


def test_two_that_are_near_are_none():
    orders = Orders([MARIE, replace(MARIE, code="K7M4QX3V")])
    assert match("K7M4QX4V", orders) == Match(Found.NOTHING)


@pytest.mark.parametrize(
    ("theirs", "ours", "same"),
    [
        ("M OU MME MARTIN PAUL", "Paul Martin", True),
        ("PAUL MARTIN", "Paul Martin-Dupont", False),
        ("HELENE LEFEVRE", "Hélène Lefèvre", True),
        ("", "Paul Martin", False),
        ("PAUL MARTIN", "P", False),
    ],
)
def test_names(theirs, ours, same):
    assert named_together(theirs, ours) is same


def test_orders_that_owe_the_same_with_the_payers_first():
    found = same_amount(ORDERS.by_code, replace(PAID_IN, counterparty="PAUL MARTIN"))
    assert [order.code for order in found] == ["B2C3D4F5", "K7M4QX2V"]
    assert same_amount(ORDERS.by_code, replace(PAID_IN, cents=1)) == []


ORDER_CODES = st.text(CODES, min_size=8, max_size=8)


@given(
    ORDER_CODES, st.lists(st.sampled_from(["", " ", "-", "\n", ".", "\u00a0"]), min_size=8, max_size=8), st.booleans()
)
def test_any_code_is_found_in_spite_of_what_stands_between(code, between, small):
    text = "".join(letter + sign for letter, sign in zip(code, between, strict=True))
    orders = Orders([replace(MARIE, code=code)])
    assert match(text.lower() if small else text, orders).code == code


@given(ORDER_CODES, st.integers(0, 7), st.sampled_from(CODES))
def test_one_wrong_character_is_one_off(code, place, letter):
    assert is_one_off(code, code[:place] + letter + code[place + 1 :])
    assert is_one_off(code, code[:place] + letter + code[place:])
    assert is_one_off(code[:place] + code[place + 1 :], code)


@given(st.text(max_size=60))
def test_a_text_without_a_code_is_sure_of_nothing(text):
    found = match(text)
    assert not found.is_sure or look("K7M4QX2V") in look(text) or look("B2C3D4F5") in look(text)
