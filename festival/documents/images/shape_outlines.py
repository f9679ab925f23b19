"""The shapes of the parts of the week for pictures made of pixels. Each fills the width of its box from the top.

The same shapes as in `components/shape.html`, which browsers and documents draw.
"""

from math import cos, pi, sin
from typing import Any

Box = tuple[float, float, float, float]
Points = list[tuple[float, float]]
# In a box of 1 by 1.
_POLYGONS: dict[str, Points] = {
    "pennant": [(0, 0), (1, 0), (0.5, 0.62)],
    "square": [(0, 0), (1, 0), (1, 0.84), (0, 0.84)],
    "diamond": [(0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)],
    "swallowtail": [(0, 0), (1, 0), (1, 0.84), (0.5, 0.5), (0, 0.84)],
    "star": [
        (0.5 + cos((index / 8 - 0.5) * pi) * reach, 0.5 + sin((index / 8 - 0.5) * pi) * reach)
        for index, reach in enumerate([0.5, 0.31] * 8)
    ],
    "wave": [(0, 0), (1, 0), *((1 - x / 60, 0.54 - 0.08 * cos(x / 60 * 6 * pi)) for x in range(61))],
}


def draw(pen: Any, shape: str, box: Box, colour: str, *, height: float = 1) -> None:
    """Draw a shape (`Section.Shape`) into a square box (left, top, right, bottom); `pen` is Pillow's ImageDraw.

    `height` stretches a polygon below its box.
    """
    left, top, right, bottom = box
    if shape == "circle":
        pen.ellipse(box, fill=colour)
    elif shape in _POLYGONS:
        side = right - left
        pen.polygon([(left + x * side, top + y * side * height) for x, y in _POLYGONS[shape]], fill=colour)
    else:  # the half-disc, which also stands for no shape
        pen.pieslice((left, top - (bottom - top) / 2, right, top + (bottom - top) / 2), 0, 180, fill=colour)
