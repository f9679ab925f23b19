"""What boxes send."""

import pytest

from awards.grid.forms import pairs_in


@pytest.mark.parametrize(
    ("values", "pairs"),
    [
        ([], set()),
        (["12-34", "5-6", "12-34"], {(12, 34), (5, 6)}),
        (["12", "a-b", "1-2-3", "-", "1-", "1--2", "٣-4", "9" * 40 + "-1", ""], set()),
    ],
)
def test_pairs_in(values, pairs):
    assert pairs_in(values) == pairs
