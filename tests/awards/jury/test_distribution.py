"""Sharing out: everybody reads, nobody with a conflict, loads as even as can be, always the same."""

import itertools

from hypothesis import given, settings, strategies as st

from awards.jury.distribution import distribute

JURORS, ENTRIES = "uvwxyz", "abcdefg"


def plan(jurors="uvw", entries="abc", readers=2, taken=(), barred=(), seed="s"):
    return distribute(jurors=jurors, entries=entries, readers=readers, taken=taken, barred=barred, seed=seed)


def loads(pairs, jurors):
    return {juror: sum(pair[0] == juror for pair in pairs) for juror in jurors}


def test_each_project_gets_its_readers_and_each_juror_as_many():
    made = plan()
    assert made.lacking == ()
    assert loads(made.pairs, "uvw") == {"u": 2, "v": 2, "w": 2}
    assert all(sum(entry == each for _, each in made.pairs) == 2 for entry in "abc")


def test_pairs_that_exist_stay_and_count():
    taken = {("u", "a"), ("u", "b"), ("u", "c")}
    made = plan(taken=taken)
    assert not taken & set(made.pairs)
    assert loads(made.pairs, "uvw")["u"] == 0
    assert len(made.pairs) == 3


def test_a_project_that_has_enough_readers_gets_no_more():
    assert plan(entries="a", readers=1, taken={("u", "a"), ("v", "a")}).pairs == ()


def test_conflicts_are_never_made_and_what_is_lacking_is_said():
    made = plan(entries="a", readers=3, barred={("u", "a")})
    assert made.pairs == (("v", "a"), ("w", "a"))
    assert made.lacking == (("a", 1),)


def test_nobody_to_share_out_among():
    assert plan(jurors="").lacking == (("a", 2), ("b", 2), ("c", 2))
    assert plan(entries="").pairs == ()


def test_a_project_is_passed_on_over_others_where_that_is_fairer():
    """Only u and v may read a, b, c; only v and w the rest: w gets work through v."""
    barred = {("w", entry) for entry in "abc"} | {("u", entry) for entry in "defg"}
    made = plan(entries="abcdefg", readers=1, barred=barred)
    assert sorted(loads(made.pairs, "uvw").values()) == [2, 2, 3]


def test_another_seed_gives_another_plan_as_fair():
    plans = [plan("uvwx", "abcdef", 2, seed=seed) for seed in ("one", "two", "three")]
    assert len({made.pairs for made in plans}) > 1
    assert {tuple(sorted(loads(made.pairs, "uvwx").values())) for made in plans} == {(3, 3, 3, 3)}


PAIRS = st.sets(st.tuples(st.sampled_from(JURORS), st.sampled_from(ENTRIES)), max_size=15)


@settings(deadline=None)
@given(PAIRS, PAIRS, st.integers(1, 4), st.permutations(JURORS), st.permutations(ENTRIES))
def test_rules_hold_for_any_jury_and_the_order_of_rows_never_matters(taken, barred, readers, jurors, entries):
    given = {"readers": readers, "taken": taken, "barred": barred - taken}
    made = plan(JURORS, ENTRIES, **given)
    assert made == plan(jurors, entries, **given)
    assert not set(made.pairs) & (taken | barred)
    for entry in ENTRIES:
        has = sum(each == entry for _, each in {*taken, *made.pairs})
        able = sum((juror, entry) not in barred - taken for juror in JURORS)
        assert has >= min(readers, able)
        assert dict(made.lacking).get(entry, 0) == max(0, readers - has)


@settings(deadline=None, max_examples=60)
@given(st.sets(st.tuples(st.sampled_from("uvw"), st.sampled_from("abcd")), max_size=6))
def test_no_plan_has_smaller_loads(barred):
    """One reader each: every other way of choosing is tried."""
    made = plan("uvw", "abcd", 1, barred=barred)
    able = [[juror for juror in "uvw" if (juror, entry) not in barred] or [None] for entry in "abcd"]
    ways = itertools.product(*able)
    best = min(sum(way.count(juror) ** 2 for juror in "uvw") for way in ways)
    assert sum(load**2 for load in loads(made.pairs, "uvw").values()) == best
