"""What a holder may do with a ticket: the table, and what holds for every case that can be thought of."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from tickets.catalogue.terms import (
    LAST_ISSUE,
    Facts,
    Refusal,
    choices,
    refuse_passing_on,
    refuse_renaming,
    refuse_return,
)

FREE = Facts(is_live=True, is_used=False, is_over=False, is_refundable=True, is_named=True, is_transferable=True)
ANY = st.builds(
    Facts,
    is_live=st.booleans(),
    is_used=st.booleans(),
    is_over=st.booleans(),
    is_asked_for=st.booleans(),
    is_named=st.booleans(),
    is_transferable=st.booleans(),
    is_refundable=st.booleans(),
    issue=st.integers(1, LAST_ISSUE),
)


@pytest.mark.parametrize(
    ("changes", "back", "name", "on"),
    [
        ({}, None, None, None),
        ({"is_live": False}, "ended", "ended", "ended"),
        ({"is_used": True}, "used", "used", "used"),
        ({"is_over": True}, "over", "over", "over"),
        ({"is_refundable": False}, "money", None, None),
        ({"is_asked_for": True}, "asked", "asked", "asked"),
        ({"is_named": False}, None, "no_name", None),
        ({"is_transferable": False}, None, "one_person", "one_person"),
        ({"is_named": False, "is_transferable": False}, None, "no_name", "one_person"),
        ({"issue": 254}, None, None, None),
        ({"issue": 255}, None, None, "too_often"),
        ({"is_used": True, "is_over": True, "is_asked_for": True}, "used", "used", "used"),
        ({"is_live": False, "is_used": True}, "ended", "ended", "ended"),
    ],
)
def test_what_a_holder_may_do(changes, back, name, on):
    facts = replace(FREE, **changes)

    assert (refuse_return(facts), refuse_renaming(facts), refuse_passing_on(facts)) == (back, name, on)
    offered = choices(facts)
    assert (offered.give_back, offered.rename, offered.pass_on) == (back is None, name is None, on is None)
    assert offered.any == (None in {back, name, on})


@given(ANY)
def test_money_keeps_nobody_from_passing_a_ticket_on(facts):
    assert refuse_passing_on(facts) == refuse_passing_on(replace(facts, is_refundable=not facts.is_refundable))


@given(ANY)
def test_what_was_used_or_ended_is_never_touched(facts):
    bound = facts.is_used or facts.is_over or facts.is_asked_for or not facts.is_live

    assert not bound or not choices(facts).any


@given(ANY)
def test_what_was_paid_goes_back_by_the_rule_of_its_product_alone(facts):
    bound = facts.is_used or facts.is_over or facts.is_asked_for or not facts.is_live

    assert (refuse_return(facts) is not None) == (bound or not facts.is_refundable)


@given(ANY)
def test_what_is_for_one_person_never_reaches_another(facts):
    one = replace(facts, is_transferable=False)

    assert refuse_passing_on(one) is not None
    assert refuse_renaming(one) is not None


@given(ANY)
def test_each_refusal_is_one_of_the_list(facts):
    for refuse in (refuse_return, refuse_renaming, refuse_passing_on):
        assert refuse(facts) in {None, *Refusal}
