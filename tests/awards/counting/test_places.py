"""Competition ranking."""

from awards.counting.places import places, places_by


def test_equal_ones_share_a_place_and_the_next_are_skipped():
    assert places_by({"a": 3, "b": 5, "c": 3, "d": 1, "e": 5}) == {"b": 1, "e": 1, "a": 3, "c": 3, "d": 5}
    assert places_by({}) == {}


def test_what_hardly_differs_is_equal():
    values = {"a": 1.0, "b": 1.0 + 1e-12, "c": 0.9}

    assert places_by(values, apart=1e-9) == {"a": 1, "b": 1, "c": 3}
    assert places_by(values) == {"b": 1, "a": 2, "c": 3}


def test_any_comparison_will_do():
    assert places("ccabb", lambda one, other: ord(other) - ord(one)) == {"a": 1, "b": 2, "c": 4}
