"""The drawing of the house is what the contracts say today."""

from docs import draw_house

PROJECT = (draw_house.ROOT / "pyproject.toml").read_text()


def test_the_drawing_is_up_to_date():
    assert draw_house.DRAWING.read_text() == draw_house.draw(PROJECT), "run `make house`"


def test_a_new_room_is_drawn():
    drawn = draw_house.draw(PROJECT.replace('"(views) :', '"(cellar) : (views) :'))

    assert "cellar" not in draw_house.draw(PROJECT)
    assert "cellar" in drawn
