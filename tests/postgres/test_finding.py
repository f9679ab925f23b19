"""Spellings of a mailbox are found alike by PostgreSQL, whose regular expressions are not Python's."""

import pytest

from tests.factories.tickets import OrderFactory
from tickets.retrieval import queries


@pytest.mark.parametrize(
    ("ordered", "typed"),
    [
        ("camille@example.org", "Camille+x@EXAMPLE.org"),
        ("ca.mille+x@googlemail.com", "c.amille@gmail.com"),
        ("a&b-c_d~e#f$g'h*i/j=k?l^m`n{o|p}q!r%s@example.org", "a&b-c_d~e#f$g'h*i/j=k?l^m`n{o|p}q!r%s+t@example.org"),
        ("a-b.c@xn--bcher-kva.example", "a-b.c@bücher.example"),
    ],
)
def test_spellings(ordered, typed):
    order = OrderFactory(email=ordered)
    OrderFactory(email="another@example.org")

    assert [(one.email, one.order) for one in queries.spellings(typed)] == [(order.email, order)]
