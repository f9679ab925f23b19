"""The shapes of the parts of the week as pictures in a style sheet: `data:` addresses of SVG, drawn once a process."""

import base64
import re
from collections.abc import Iterable
from functools import lru_cache

from django.template.loader import render_to_string

LINE = "#131730"
# The garland: millimetres between two shapes, their width, and the size of the picture.
STEP, WIDTH, LENGTH, HEIGHT = 22, 18, 180, 12


@lru_cache(maxsize=64)
def shape_address(shape: str, colour: str) -> str:
    """Return the address of a shape (`Section.Shape`) in one colour, `#rrggbb`."""
    return _address(_drawing(shape, colour).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


def garland_address(parts: Iterable[tuple[str, str]]) -> str:
    """Return the address of the string of shapes with the shape and colour of each part of the week, in their order."""
    return _garland(tuple(parts))


@lru_cache(maxsize=16)
def _garland(parts: tuple[tuple[str, str], ...]) -> str:
    hung = [_hung(_drawing(shape, colour), place) for place, (shape, colour) in enumerate(parts[: LENGTH // STEP])]
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LENGTH} {HEIGHT}" stroke="{LINE}">'
    return _address(f"{opening}{''.join(hung)}</svg>")


def _hung(drawing: str, place: int) -> str:
    _, _, width, height = (float(number) for number in re.findall(r'viewBox="([^"]*)"', drawing)[0].split())
    scale = min(WIDTH / width, (HEIGHT - 1) / height)
    inner = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    colour = re.findall(r'fill="([^"]*)"', drawing)[0]
    move = f"translate({2 + place * STEP} 0) scale({scale:.4f})"
    return f'<g transform="{move}" fill="{colour}" stroke-width="{0.6 / scale:.2f}">{inner}</g>'


def _drawing(shape: str, colour: str) -> str:
    return render_to_string("components/shape.html", {"shape": shape, "fill": colour}).strip()


def _address(picture: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"
