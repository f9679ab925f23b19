from hypothesis import given, strategies as st

from festival.look import colours
from program.release import grid_sheet


@given(st.text("0123456789abcdef", min_size=6, max_size=6))
def test_track_colours_stand_out_from_both_grounds(digits):
    for ground in (grid_sheet.LIGHT_GROUND, grid_sheet.DARK_GROUND):
        assert colours.contrast(colours.readable(f"#{digits}", ground), ground) >= colours.TEXT_CONTRAST


def test_sheet_has_every_position_once_and_nothing_else():
    sheet = grid_sheet.grid_sheet(rows=2, columns=1, tracks={"soin": "#2F6B4F"})

    assert sheet == (
        "@layer parts{.t-soin{--track:light-dark(#2f6b4f,#42966e)}@media (width >= 60rem){"
        ".r-1{grid-row-start:2}.d-1{grid-row-end:span 1}.r-2{grid-row-start:3}.d-2{grid-row-end:span 2}"
        ".c-1{grid-column-start:2}.w-1{grid-column-end:span 1}.cols-1{--cols:1}}}\n"
    )
