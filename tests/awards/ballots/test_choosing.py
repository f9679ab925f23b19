"""Which pair comes next: the unseen first, then what teaches most, never one that is answered."""

from hypothesis import given, strategies as st

from awards.ballots.choosing import beliefs_of, gain, next_pair
from awards.counting.pairs import Belief, Care

NAMES = ("a", "b", "c", "d")
FRESH = {name: Belief() for name in NAMES}


def chosen(beliefs=FRESH, **changes):
    given = {"care": Care(), "views": {}, "least_views": 2, "done": set(), "seed": "s", "first": None} | changes
    return next_pair(beliefs, **given)


def test_next_pair_begins_with_what_was_seen_least():
    assert chosen(views={"a": 1, "b": 1, "c": 0, "d": 1})[0] == "c"


def test_next_pair_looks_at_what_is_known_least_once_all_were_seen_enough():
    known = FRESH | {name: Belief(0, 0.1) for name in "abc"}
    assert chosen(known, views=dict.fromkeys(NAMES, 5))[0] == "d"


def test_next_pair_takes_the_project_that_the_juror_stands_before():
    assert chosen(first="b")[0] == "b"
    assert chosen(first="unknown") is not None


def test_next_pair_is_with_the_nearest_rival():
    known = {"a": Belief(0, 1), "b": Belief(4, 1), "c": Belief(0.1, 1)}
    assert chosen(known, first="a") == ("a", "c")


def test_next_pair_is_none_when_all_are_answered():
    pairs = {frozenset((one, other)) for one in NAMES for other in NAMES if one != other}
    assert chosen(done=pairs) is None
    assert chosen(done=pairs - {frozenset("ab")}) in {("a", "b"), ("b", "a")}


@given(st.text(max_size=8), st.sets(st.sampled_from(["ab", "ac", "bc", "bd"])))
def test_next_pair_is_the_same_for_the_same_seed_and_never_an_answered_one(seed, done):
    answered = {frozenset(pair) for pair in done}
    pair = chosen(seed=seed, done=answered)
    assert pair == chosen(dict(reversed(FRESH.items())), seed=seed, done=answered)
    assert pair is not None
    assert frozenset(pair) not in answered


def test_beliefs_of_follow_the_answers_and_leave_out_what_has_gone():
    beliefs, cares = beliefs_of(NAMES, [("j", "a", "b"), ("j", "a", "gone")])
    assert beliefs["a"].mean > 0 > beliefs["b"].mean
    assert set(cares) == {"j"}


def test_gain_is_greatest_where_nothing_is_known():
    open_, settled = gain(Belief(), Belief(), Care()), gain(Belief(9, 0.01), Belief(-9, 0.01), Care())
    assert open_ > settled >= 0
