"""`tickets/verdicts.py`: the order of the checks, one table, and what must hold for any scan."""

import dataclasses

import pytest
from hypothesis import given, strategies as st

from tickets.door.verdicts import (
    Claim,
    Direction,
    Facts,
    Move,
    Reentry,
    Signature,
    Standing,
    Verdict,
    judge,
    move,
    move_back,
)
from tickets.models import Checkin, CheckinList

GOOD = Claim(edition=2027, issue=1, signature=Signature.GOOD)
IN, OUT_AGAIN = Standing(1, is_counted=True, is_inside=True), Standing(2, is_counted=True)
SOUND = Facts(
    edition=2027,
    issue=1,
    is_cancelled=False,
    is_paid=True,
    is_listed=True,
    is_valid_today=True,
    is_list_today=True,
    standing=Standing(),
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
        (_claim(edition=2026, signature=Signature.RETIRED), None, Verdict.WRONG_EDITION),
        (_claim(edition=2026, signature=Signature.BAD), None, Verdict.FORGED),  # another festival numbers alike
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
        (GOOD, _facts(is_paid=False, is_valid_today=False), Verdict.UNPAID),
        (GOOD, _facts(is_listed=False), Verdict.WRONG_PRODUCT),
        (GOOD, _facts(is_listed=False, is_valid_today=False), Verdict.WRONG_PRODUCT),
        (GOOD, _facts(is_valid_today=False), Verdict.WRONG_DAY),
        (GOOD, _facts(is_valid_today=False, standing=IN), Verdict.WRONG_DAY),
        (GOOD, _facts(is_valid_today=False, is_list_today=False), Verdict.WRONG_DAY),
        (GOOD, _facts(is_list_today=False), Verdict.WRONG_LIST),
        (GOOD, _facts(is_list_today=False, standing=IN), Verdict.WRONG_LIST),
        (GOOD, _facts(standing=IN), Verdict.ALREADY_IN),
        (None, _facts(standing=IN), Verdict.ALREADY_IN),
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
    standing=st.sampled_from([Standing(), IN, OUT_AGAIN]),
)


@given(claim=any_claim, facts=any_facts)
def test_admission_needs_everything_in_order(claim, facts):
    verdict = judge(edition=2027, claim=claim, facts=facts)

    everything = (
        facts is not None
        and dataclasses.replace(facts, issue=1) == SOUND
        and (claim is None or claim == Claim(2027, facts.issue, Signature.GOOD))
    )
    assert (verdict is Verdict.ADMITTED) == everything


@given(claim=any_claim, facts=any_facts)
def test_being_inside_changes_a_yes_only(claim, facts):
    if facts is None:
        return
    outside = judge(edition=2027, claim=claim, facts=dataclasses.replace(facts, standing=Standing()))
    inside = judge(edition=2027, claim=claim, facts=dataclasses.replace(facts, standing=IN))

    assert inside is (Verdict.ALREADY_IN if outside is Verdict.ADMITTED else outside)


@given(claim=any_claim.filter(lambda claim: claim is not None), facts=any_facts)
def test_a_bad_signature_is_never_believed(claim, facts):
    claim = dataclasses.replace(claim, signature=Signature.BAD)

    assert judge(edition=2027, claim=claim, facts=facts) is Verdict.FORGED


def test_the_list_is_the_one_that_is_stored():
    assert {verdict.value for verdict in Verdict} == set(Checkin.Verdict.values)


@pytest.mark.parametrize(
    ("reentry", "standing", "verdict"),
    [
        (Reentry.NO, Standing(), Verdict.ADMITTED),
        (Reentry.NO, Standing(2), Verdict.ADMITTED),  # what let it in was taken back
        (Reentry.NO, IN, Verdict.ALREADY_IN),
        (Reentry.NO, OUT_AGAIN, Verdict.ALREADY_IN),
        (Reentry.ONCE_OUT, IN, Verdict.ALREADY_IN),
        (Reentry.ONCE_OUT, OUT_AGAIN, Verdict.ADMITTED),
        (Reentry.FREE, IN, Verdict.ADMITTED),
    ],
)
def test_coming_in_again(reentry, standing, verdict):
    assert judge(edition=2027, claim=GOOD, facts=_facts(standing=standing), reentry=reentry) is verdict


@pytest.mark.parametrize(
    ("claim", "facts", "verdict"),
    [
        (GOOD, _facts(), Verdict.NOT_IN),
        (GOOD, _facts(standing=IN), Verdict.LEFT),
        (GOOD, _facts(standing=OUT_AGAIN), Verdict.NOT_IN),
        (GOOD, _facts(standing=IN, is_cancelled=True, is_valid_today=False, is_list_today=False), Verdict.LEFT),
        (None, _facts(edition=2026, standing=IN), Verdict.WRONG_EDITION),
        (_claim(signature=Signature.BAD), _facts(standing=IN), Verdict.FORGED),
        (None, None, Verdict.UNKNOWN),
    ],
)
def test_going_out(claim, facts, verdict):
    assert judge(edition=2027, claim=claim, facts=facts, direction=Direction.OUT) is verdict


@pytest.mark.parametrize(
    ("verdict", "standing", "moved"),
    [
        (Verdict.ADMITTED, Standing(), Move(1, 1, 1)),
        (Verdict.ADMITTED, OUT_AGAIN, Move(3, 0, 1)),
        (Verdict.ADMITTED, IN, Move(2, 0, 0)),  # everybody, as often as they like
        (Verdict.ADMITTED, Standing(2), Move(3, 1, 1)),
        (Verdict.LEFT, IN, Move(2, 0, -1)),
        (Verdict.ALREADY_IN, IN, None),
        (Verdict.UNKNOWN, Standing(), None),
    ],
)
def test_what_the_books_get(verdict, standing, moved):
    assert move(verdict, standing) == moved


@given(ways=st.lists(st.sampled_from([*Direction, "undo"]), max_size=14), reentry=st.sampled_from(Reentry))
def test_a_visitor_is_counted_once_at_most_whatever_is_taken_back(ways, reentry):
    moves, standing, history = [], Standing(), [Standing()]
    for way in ways:
        if way == "undo":
            if not moves:
                continue
            moved = move_back(moves.pop(), standing)
            history.pop()
        else:
            verdict = judge(edition=2027, claim=GOOD, facts=_facts(standing=standing), direction=way, reentry=reentry)
            moved = move(verdict, standing)
            if moved is None:
                continue
            moves.append(moved)
        counted, inside = standing.is_counted + moved.counts, standing.is_inside + moved.inside
        assert {counted, inside} <= {0, 1}
        assert moved.step == standing.steps + 1
        standing = Standing(moved.step, bool(counted), bool(inside))
        if way != "undo":
            history.append(standing)
        assert (standing.is_counted, standing.is_inside) == (history[-1].is_counted, history[-1].is_inside)


def test_the_words_are_the_ones_that_are_stored():
    assert {one.value for one in Direction} == set(Checkin.Direction.values)
    assert {one.value for one in Reentry} == set(CheckinList.Reentry.values)
