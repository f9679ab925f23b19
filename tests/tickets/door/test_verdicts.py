"""`tickets/verdicts.py`: the order of the checks, one table, and what must hold for any scan."""

import dataclasses

import pytest
from hypothesis import given, strategies as st

from tickets.door.verdicts import Claim, Direction, Facts, Reentry, Signature, Verdict, judge, passage
from tickets.models import Checkin, CheckinList

GOOD = Claim(edition=2027, issue=1, signature=Signature.GOOD)
SOUND = Facts(
    edition=2027, issue=1, is_cancelled=False, is_paid=True, is_listed=True, is_for_day=True, entries=0, exits=0
)


def _claim(**changes):
    return dataclasses.replace(GOOD, **changes)


def _facts(**changes):
    return dataclasses.replace(SOUND, **changes)


@pytest.mark.parametrize(
    ("claim", "facts", "verdict"),
    [
        (GOOD, SOUND, Verdict.ADMITTED),
        (None, SOUND, Verdict.ADMITTED),  # a short code that was typed
        (None, None, Verdict.UNKNOWN),  # nothing of ours, or a short code that nobody has
        (GOOD, None, Verdict.UNKNOWN),
        (_claim(edition=2026), None, Verdict.WRONG_EDITION),
        (_claim(edition=2026, signature=Signature.BAD), None, Verdict.WRONG_EDITION),
        (None, _facts(edition=2026), Verdict.WRONG_EDITION),
        (_claim(signature=Signature.BAD), SOUND, Verdict.FORGED),
        (_claim(signature=Signature.BAD), None, Verdict.FORGED),
        (_claim(signature=Signature.BAD), _facts(issue=2), Verdict.FORGED),
        (_claim(signature=Signature.RETIRED), SOUND, Verdict.FORGED),
        (_claim(signature=Signature.RETIRED), _facts(issue=2), Verdict.REPLACED),
        (_claim(signature=Signature.RETIRED, issue=3), _facts(issue=2), Verdict.FORGED),
        (GOOD, _facts(issue=2), Verdict.REPLACED),
        (GOOD, _facts(issue=2, is_cancelled=True), Verdict.REPLACED),  # says nothing about the new holder
        (None, _facts(issue=2), Verdict.ADMITTED),  # a short code has no issue
        (_claim(issue=2), SOUND, Verdict.UNKNOWN),  # signed by us, but the books do not know that issue
        (GOOD, _facts(is_cancelled=True), Verdict.CANCELLED),
        (GOOD, _facts(is_cancelled=True, is_paid=False), Verdict.CANCELLED),
        (GOOD, _facts(is_paid=False), Verdict.UNPAID),
        (GOOD, _facts(is_paid=False, is_for_day=False), Verdict.UNPAID),
        (GOOD, _facts(is_listed=False), Verdict.WRONG_PRODUCT),
        (GOOD, _facts(is_listed=False, is_for_day=False), Verdict.WRONG_PRODUCT),
        (GOOD, _facts(is_for_day=False), Verdict.WRONG_DAY),
        (GOOD, _facts(is_for_day=False, entries=1), Verdict.WRONG_DAY),
        (GOOD, _facts(entries=1), Verdict.ALREADY_IN),
        (None, _facts(entries=1), Verdict.ALREADY_IN),
    ],
)
def test_judge(claim, facts, verdict):
    assert judge(edition=2027, claim=claim, facts=facts) is verdict


any_claim = st.none() | st.builds(
    Claim, edition=st.sampled_from([2026, 2027]), issue=st.integers(1, 3), signature=st.sampled_from(Signature)
)
any_facts = st.none() | st.builds(
    Facts,
    edition=st.sampled_from([2026, 2027]),
    issue=st.integers(1, 3),
    entries=st.integers(0, 3),
    exits=st.integers(0, 3),
)


@given(claim=any_claim, facts=any_facts)
def test_admission_needs_everything_in_order(claim, facts):
    verdict = judge(edition=2027, claim=claim, facts=facts)

    everything = (
        facts is not None
        and dataclasses.replace(facts, issue=1, exits=0) == SOUND
        and (claim is None or claim == Claim(2027, facts.issue, Signature.GOOD))
    )
    assert (verdict is Verdict.ADMITTED) == everything


@given(claim=any_claim, facts=any_facts)
def test_being_inside_changes_a_yes_only(claim, facts):
    if facts is None:
        return
    outside = judge(edition=2027, claim=claim, facts=dataclasses.replace(facts, entries=0, exits=0))
    inside = judge(edition=2027, claim=claim, facts=dataclasses.replace(facts, entries=1, exits=0))

    assert inside is (Verdict.ALREADY_IN if outside is Verdict.ADMITTED else outside)


@given(claim=any_claim.filter(lambda claim: claim is not None), facts=any_facts)
def test_a_bad_signature_is_never_believed(claim, facts):
    claim = dataclasses.replace(claim, signature=Signature.BAD)

    assert judge(edition=2027, claim=claim, facts=facts) in {Verdict.FORGED, Verdict.WRONG_EDITION}


def test_the_list_is_the_one_that_is_stored():
    assert {verdict.value for verdict in Verdict} == set(Checkin.Verdict.values)


@pytest.mark.parametrize(
    ("reentry", "entries", "exits", "verdict"),
    [
        (Reentry.NO, 0, 0, Verdict.ADMITTED),
        (Reentry.NO, 1, 0, Verdict.ALREADY_IN),
        (Reentry.NO, 1, 1, Verdict.ALREADY_IN),
        (Reentry.ONCE_OUT, 1, 0, Verdict.ALREADY_IN),
        (Reentry.ONCE_OUT, 1, 1, Verdict.ADMITTED),
        (Reentry.ONCE_OUT, 2, 1, Verdict.ALREADY_IN),
        (Reentry.FREE, 5, 0, Verdict.ADMITTED),
    ],
)
def test_coming_in_again(reentry, entries, exits, verdict):
    facts = _facts(entries=entries, exits=exits)

    assert judge(edition=2027, claim=GOOD, facts=facts, reentry=reentry) is verdict


@pytest.mark.parametrize(
    ("claim", "facts", "verdict"),
    [
        (GOOD, _facts(), Verdict.NOT_IN),
        (GOOD, _facts(entries=1), Verdict.LEFT),
        (GOOD, _facts(entries=1, exits=1), Verdict.NOT_IN),
        (GOOD, _facts(entries=1, is_cancelled=True, is_for_day=False), Verdict.LEFT),
        (None, _facts(edition=2026, entries=1), Verdict.WRONG_EDITION),
        (_claim(signature=Signature.BAD), _facts(entries=1), Verdict.FORGED),
        (None, None, Verdict.UNKNOWN),
    ],
)
def test_going_out(claim, facts, verdict):
    assert judge(edition=2027, claim=claim, facts=facts, direction=Direction.OUT) is verdict


@pytest.mark.parametrize(
    ("verdict", "facts", "number"),
    [
        (Verdict.ADMITTED, _facts(), 1),
        (Verdict.ADMITTED, _facts(entries=2, exits=2), 3),
        (Verdict.LEFT, _facts(entries=2, exits=1), 2),
        (Verdict.ALREADY_IN, _facts(entries=1), None),
        (Verdict.UNKNOWN, None, None),
    ],
)
def test_passage(verdict, facts, number):
    assert passage(verdict, facts) == number


@given(ways=st.lists(st.sampled_from(Direction), max_size=12), reentry=st.sampled_from(Reentry))
def test_nobody_leaves_more_often_than_they_came(ways, reentry):
    entries = exits = 0
    for way in ways:
        facts = _facts(entries=entries, exits=exits)
        verdict = judge(edition=2027, claim=GOOD, facts=facts, direction=way, reentry=reentry)
        entries += verdict is Verdict.ADMITTED
        exits += verdict is Verdict.LEFT
        assert 0 <= exits <= entries
        assert entries <= 1 or reentry is not Reentry.NO


def test_the_words_are_the_ones_that_are_stored():
    assert {one.value for one in Direction} == set(Checkin.Direction.values)
    assert {one.value for one in Reentry} == set(CheckinList.Reentry.values)
