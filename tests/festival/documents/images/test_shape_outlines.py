import pytest
from PIL import Image, ImageDraw

from festival.documents.images import shape_outlines
from festival.models import Section


@pytest.mark.parametrize("shape", [*Section.Shape.values, ""])
def test_every_shape_of_a_part_is_drawn_inside_its_box(shape):
    image = Image.new("1", (120, 120))

    shape_outlines.draw(ImageDraw.Draw(image), shape, (10, 10, 110, 110), 1)

    left, top, right, bottom = image.getbbox()
    assert (left, top) >= (9, 9)
    assert right - left >= 90
    assert bottom <= 112
