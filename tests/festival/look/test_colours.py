import pytest
from hypothesis import given, strategies as st

from festival.look.colours import DARK_PAPER, LIGHT_PAPER, TEXT_CONTRAST, contrast, readable, written_on

hexes = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_runs_from_1_to_21():
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#336699", "#336699") == 1


@given(hexes)
def test_text_on_any_colour_can_be_read(colour):
    assert contrast(written_on(colour), colour) >= TEXT_CONTRAST


@pytest.mark.parametrize(
    ("ground", "text"), [("#fbd226", "#131730"), ("#ff5b37", "#131730"), ("#1d33cf", "#ffffff"), ("#7c98f8", "#131730")]
)
def test_text_is_ink_or_white(ground, text):
    assert written_on(ground) == text


def test_text_is_black_where_neither_ink_nor_white_suffices():
    assert written_on("#008877") == "#000000"


@given(hexes, st.sampled_from([LIGHT_PAPER, DARK_PAPER]), st.sampled_from([3.0, 4.5]))
def test_a_colour_is_changed_until_it_stands_out(colour, ground, least):
    found = readable(colour, ground, least)

    assert contrast(found, ground) >= least
    if contrast(colour, ground) >= least:
        assert found == colour
