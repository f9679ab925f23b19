"""Whatever happens, what it moves adds up to zero."""

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from tickets.catalogue import pricing
from tickets.payments import ledger

CENTS = st.integers(1, 10_000_000)
LINES = st.lists(st.tuples(st.integers(-100_000, 10_000_000), st.sampled_from([0, 210, 550, 1000, 2000])), max_size=12)


def taxed(lines):
    return [(cents, rate, pricing.included_vat(cents, rate)) for cents, rate in lines]


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        (
            ledger.sale([(5500, 550, 287), (1200, 1000, 109)]),
            {"receivable": 6700, "revenue": -6304, "vat:550": -287, "vat:1000": -109},
        ),
        (ledger.sale([(5500, 0, 0)]), {"receivable": 5500, "revenue": -5500}),
        (ledger.sale([]), {}),
        (ledger.sale([(0, 2000, 0)]), {}),
        (ledger.taken_back([(5500, 550, 287)]), {"receivable": -5500, "revenue": 5213, "vat:550": 287}),
        (ledger.payment("transfer", 5500), {"cash:transfer": 5500, "receivable": -5500}),
        (ledger.payment("pot", 5500), {"pot": 5500, "receivable": -5500}),
        (ledger.gift(1000), {"receivable": 1000, "pot": -1000}),
        (ledger.gift(-1000), {"receivable": -1000, "pot": 1000}),
        (ledger.gift(0), {}),
        (
            ledger.together(ledger.sale([(5500, 0, 0)]), ledger.gift(1000)),
            {"receivable": 6500, "revenue": -5500, "pot": -1000},
        ),
        (ledger.together(ledger.gift(1000), ledger.gift(-1000)), {}),
        (ledger.refund_begun(500), {"receivable": 500, "owed": -500}),
        (ledger.refund_done("stripe", 500), {"owed": 500, "cash:stripe": -500}),
        (ledger.refund_dropped(500), {"receivable": -500, "owed": 500}),
    ],
)
def test_what_each_fact_moves(moved, expected):
    assert moved == expected
    assert sum(moved.values()) == 0


@given(LINES)
def test_of_any_cart_net_and_tax_by_rate_are_what_is_charged(lines):
    moved = Counter(ledger.sale(taxed(lines)))

    assert sum(moved.values()) == 0
    rates = {rate for _cents, rate in lines}
    assert moved["receivable"] == sum(cents for cents, _rate in lines)
    assert -moved["revenue"] - sum(moved[ledger.vat(rate)] for rate in rates) == moved["receivable"]


@given(LINES, st.data())
def test_after_any_partial_cancellations_the_books_are_those_of_what_is_left(lines, data):
    sold = taxed(lines)
    books = Counter(ledger.sale(sold))
    left = list(sold)
    while left and data.draw(st.booleans()):
        gone = [left.pop(data.draw(st.integers(0, len(left) - 1)))]
        books.update(ledger.taken_back(gone))

    assert books == Counter(ledger.sale(left))


@given(CENTS, CENTS)
def test_what_comes_and_goes_leaves_nothing(came, part):
    part = min(part, came)
    books = Counter(ledger.payment("transfer", came))
    for step in (ledger.refund_begun(part), ledger.refund_done("transfer", part)):
        books.update(step)

    assert books == Counter({"cash:transfer": came - part, "receivable": part - came})
