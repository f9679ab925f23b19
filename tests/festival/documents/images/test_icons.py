import io

import pytest
from PIL import Image

from festival.documents.images import icons


@pytest.mark.parametrize("size", [16, 180, 512])
def test_an_icon_has_the_size_that_is_asked_for(size):
    assert Image.open(io.BytesIO(icons.png(size))).size == (size, size)


def test_the_favicon_holds_the_usual_sizes():
    icon = Image.open(io.BytesIO(icons.favicon()))

    assert icon.format == "ICO"
    assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_a_maskable_icon_keeps_its_edge_free():
    """W3C manifest: what matters lies within a circle of 80 % of the width."""
    icon = Image.open(io.BytesIO(icons.png(512, maskable=True))).convert("RGB")
    ink = icon.getpixel((0, 0))

    outside = [
        (x, y)
        for x in range(0, 512, 4)
        for y in range(0, 512, 4)
        if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2 and icon.getpixel((x, y)) != ink
    ]
    assert outside == []
