"""What a code takes off: never more than there is, to the cent, for any cart."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tests.factories.tickets import NOW
from tickets.catalogue import pricing
from tickets.vouchers import rules
from tickets.vouchers.rules import Effect, Place, Refusal, Terms

DAY = dt.timedelta(days=1)
TWENTY = Terms(Effect.PERCENT, 2000)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("AMAP27", "AMAP27"),
        (" amap 27 ", "AMAP27"),
        ("amap-27", "AMAP27"),
        ("AMAP\N{NO-BREAK SPACE}27", "AMAP27"),
        ("\uff21\uff2d\uff21\uff3027", "AMAP27"),  # wide letters, from a Japanese keyboard
        ("\u0410\u041c\u0410\u042027", "AMAP27"),  # Cyrillic letters that look the same
        ("\u0391\u039c\u0391\u03a127", "AMAP27"),  # Greek ones
        ("Été", "ETE"),
        ("straße", "STRASSE"),
        ("O0-lI1", "00111"),
        ("", ""),
        ("– ·", ""),
    ],
)
def test_spellings_of_a_code_that_are_the_same(typed, folded):
    assert rules.fold(typed) == folded


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(code):
    assert rules.fold(rules.fold(code)) == rules.fold(code)


def test_no_two_signs_of_random_codes_look_alike():
    assert rules.fold(rules.ALPHABET) == rules.ALPHABET
    assert not set("01OILAEU") & set(rules.ALPHABET)


@pytest.mark.parametrize(
    ("effect", "value", "cents", "off"),
    [
        (Effect.PERCENT, 2000, 11000, 2200),
        (Effect.PERCENT, 1250, 5500, 688),  # 687.5
        (Effect.PERCENT, 10_000, 11000, 11000),
        (Effect.PERCENT, 1, 1, 0),
        (Effect.PERCENT, 5000, 1, 1),
        (Effect.AMOUNT, 1500, 11000, 1500),
        (Effect.AMOUNT, 1500, 1200, 1200),
        (Effect.PRICE, 3000, 11000, 8000),
        (Effect.PRICE, 3000, 2800, 0),
        (Effect.PRICE, 0, 5500, 5500),
        (Effect.NONE, 0, 5500, 0),
    ],
)
def test_what_is_taken_off_one_place(effect, value, cents, off):
    assert rules.cut(effect, value, cents) == off


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, None),
        ({"starts": NOW}, None),
        ({"starts": NOW + DAY}, Refusal.NOT_YET),
        ({"until": NOW + DAY}, None),
        ({"until": NOW}, Refusal.EXPIRED),
        ({"uses_left": 1, "budget_left": 1}, None),
        ({"uses_left": 0}, Refusal.USED_UP),
        ({"budget_left": 0}, Refusal.SPENT),
        ({"uses_left": 0, "until": NOW - DAY}, Refusal.EXPIRED),
    ],
)
def test_when_nobody_can_use_it(changes, refusal):
    assert rules.refuse(Terms(Effect.PERCENT, 2000, **changes), now=NOW) is refusal


@pytest.mark.parametrize(
    ("products", "reveals", "needs_code", "fits"),
    [
        ((), False, False, True),
        ((1,), False, False, True),
        ((2,), False, False, False),
        ((), False, True, False),
        ((), True, True, False),
        ((1,), False, True, False),
        ((1,), True, True, True),
        ((2,), True, True, False),
    ],
)
def test_which_places_it_fits(products, reveals, needs_code, fits):
    terms = Terms(Effect.PERCENT, 2000, frozenset(products), reveals=reveals)

    assert rules.fits(terms, Place(1, 5500, needs_code)) is fits


@pytest.mark.parametrize(
    ("terms", "places", "offs", "refusal"),
    [
        (TWENTY, [Place(1, 11000), Place(2, 1200)], [2200, 240], None),
        (TWENTY, [Place(1, 0)], [None], Refusal.NOT_FOR_THIS),
        (Terms(Effect.PERCENT, 2000, frozenset({2})), [Place(1, 11000)], [None], Refusal.NOT_FOR_THIS),
        (Terms(Effect.PERCENT, 2000, uses_left=1), [Place(1, 100), Place(1, 100)], [20, 20], Refusal.TOO_FEW),
        (Terms(Effect.PERCENT, 2000, uses_left=2), [Place(1, 100), Place(1, 100)], [20, 20], None),
        (Terms(Effect.AMOUNT, 500, budget_left=700), [Place(1, 900)] * 3, [500, 200, None], None),
        (Terms(Effect.NONE, 0, frozenset({1}), reveals=True), [Place(1, 0, needs_code=True)], [0], None),
        (
            Terms(Effect.AMOUNT, 500, frozenset({1}), reveals=True, budget_left=500),
            [Place(1, 900, needs_code=True)] * 2,
            [500, 0],
            None,
        ),
        (TWENTY, [Place(1, 900), Place(2, 900, needs_code=True)], [180, None], Refusal.NOT_FOR_THIS),
        (Terms(Effect.NONE, 0, frozenset({1}), keeps_places=True), [Place(1, 900), Place(2, 900)], [0, None], None),
    ],
)
def test_what_a_code_takes_off_what_was_chosen(terms, places, offs, refusal):
    assert rules.take_off(terms, places) == offs
    assert rules.refuse_places(terms, places, offs) is refusal


@given(
    effect=st.sampled_from(Effect),
    value=st.integers(0, 10_000),
    budget=st.none() | st.integers(0, 100_000),
    cart=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 10_000_000), st.sampled_from([0, 550, 1000, 2000]))),
    products=st.frozensets(st.integers(1, 3)),
)
def test_of_any_cart_lines_add_up_and_hold_their_tax(effect, value, budget, cart, products):
    terms = Terms(effect, value, products, budget_left=budget)

    offs = [off or 0 for off in rules.take_off(terms, [Place(product, cents) for product, cents, _rate in cart])]

    paid = [cents - off for (_product, cents, _rate), off in zip(cart, offs, strict=True)]
    taxes = [pricing.included_vat(cents, rate) for cents, (*_, rate) in zip(paid, cart, strict=True)]
    nets = [cents - tax for cents, tax in zip(paid, taxes, strict=True)]
    assert all(off >= 0 for off in offs)
    assert all(0 <= tax <= cents for tax, cents in zip(taxes, paid, strict=True))
    assert sum(nets) + sum(taxes) == sum(paid) == sum(cents for _, cents, _ in cart) - sum(offs)
    assert budget is None or sum(offs) <= budget
