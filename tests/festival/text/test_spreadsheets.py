import pytest

from festival.text.spreadsheets import disarmed


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-1", "@x", "\tx", "\rx", "\nx"])
def test_a_formula_is_disarmed(cell):
    assert disarmed(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Semis", "Zoé", "3,5", "a=b"])
def test_text_is_left_alone(cell):
    assert disarmed(cell) == cell
