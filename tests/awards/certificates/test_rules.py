"""The number on a certificate."""

from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from awards.certificates.rules import bounds_of, number_of

ONE = UUID("1f0c93ab-77d2-4aaa-8bbb-0123456789ab")


def test_number_is_the_beginning_in_groups_of_four():
    assert number_of(ONE) == "1F0C-93AB-77D2"


@given(st.uuids())
def test_number_leads_back_to_what_it_is_of(identifier):
    low, high = bounds_of(number_of(identifier))
    assert low <= identifier <= high


@pytest.mark.parametrize("typed", ["1F0C-93AB-77D2", "1f0c93ab77d2", " If0c – 93ab 77d2"])
def test_number_is_known_however_it_is_typed(typed):
    assert bounds_of(typed) == (UUID("1f0c93ab77d2" + "0" * 20), UUID("1f0c93ab77d2" + "f" * 20))


@pytest.mark.parametrize("typed", ["", "1F0C-93AB", "1F0C-93AB-77D2-0", "G" * 12, "%%"])
def test_other_words_are_no_number(typed):
    assert bounds_of(typed) is None
