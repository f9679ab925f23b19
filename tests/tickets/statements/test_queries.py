"""What the review shows."""

import pytest

from tests.factories.tickets import NOW, LineFactory, OrderFactory
from tests.tickets.statements.conftest import BANKER
from tickets.models import StatementLine
from tickets.statements import crediting, queries, wording

pytestmark = pytest.mark.django_db


def shown():
    return queries.proposals(StatementLine.objects.open().order_by("pk"))


def test_a_code_and_just_what_is_owed_is_sure(waiting, came):
    came()
    [one] = shown()
    assert (one.order, one.due, one.is_sure, wording.found(one)) == (waiting, 11000, True, "")
    assert "payée" in wording.consequence(one) or "paid" in wording.consequence(one)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"cents": 10000}, "10"),
        ({"cents": 12000}, "10"),
        ({"currency": "CHF"}, "CHF"),
    ],
)
def test_other_amounts_and_currencies_are_not_sure(waiting, came, fields, words):
    came(**fields)
    [one] = shown()
    assert (one.order, one.is_sure) == (waiting, False)
    assert words in wording.consequence(one)


def test_an_order_that_was_paid_owes_nothing(waiting, came):
    crediting.credit(line=came(), order=waiting, due=11000, now=NOW, actor=BANKER)
    came()
    [one] = shown()
    assert (one.due, one.is_sure) == (0, False)
    assert wording.consequence(one)


def test_two_lines_for_the_same_order_are_for_somebody_to_look_at(waiting, came):
    came()
    came()
    assert [one.is_sure for one in shown()] == [False, False]
    assert all(map(wording.found, shown()))


def test_near_several_nothing_and_returned(village, waiting, came):
    other = OrderFactory(edition=village.edition, code="B2C3D4F5", state="pending", expires_at=waiting.expires_at)
    LineFactory(order=other, product=village, cents=1)
    came(text="K7M4QX2W MARIE EXEMPLE")
    came(text="K7M4QX2V B2C3D4F5")
    came(text="merci")
    came(is_return=True)

    found = shown()

    assert [one.match.found.value for one in found] == ["near", "several", "nothing", "code"]
    assert not any(one.is_sure for one in found)
    assert len({wording.found(one) for one in found[:3]}) == 3
    assert [bool(wording.consequence(one)) for one in found] == [True, False, False, True]


def test_an_expired_order_comes_late(waiting, came):
    waiting.lines.update(cancelled_at=None)
    type(waiting).objects.update(state="expired")
    from tests.factories.tickets import recount

    recount(waiting.lines.first().product)
    came()
    [one] = shown()
    assert one.is_sure
    assert wording.consequence(one)


def test_suggestions_by_amount_and_by_search(waiting, came):
    line = came(text="sans code")
    assert queries.suggestions(line) == [waiting]
    assert queries.suggestions(came(1, text="x")) == []
    for words in ("k7m4qx2v", "marie", "EXEMPLE mar", waiting.email):
        assert queries.suggestions(line, words) == [waiting]
    assert queries.suggestions(line, "marie personne") == []


def test_a_page_of_a_hundred_lines_costs_a_few_queries(waiting, came, django_assert_max_num_queries):
    for _ in range(3):
        came()
    with django_assert_max_num_queries(2):
        shown()


def test_no_lines_ask_for_no_orders(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.proposals([]) == []
