"""The icons that browsers and phones ask for, drawn by code: the string of three shapes on ink, as in `icon.svg`."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from festival.documents.images import shape_outlines

INK, PAPER = "#131730", "#fffdf8"
SHAPES = (("half-disc", "#fbd226", 3), ("pennant", "#ff5b37", 12), ("star", "#7c98f8", 21))
GRID = 32  # the drawing's own units
DRAWN = 1024
FAVICON = (16, 32, 48)
# A maskable icon may be cut to a circle of 80 % of its width (W3C Web Application Manifest, "maskable").
SAFE = 0.62


@lru_cache(maxsize=16)
def png(size: int, *, maskable: bool = False) -> bytes:
    """Return the icon as a PNG of `size` pixels a side; `maskable` leaves room for a mask of any shape."""
    content = BytesIO()
    _drawn(maskable=maskable).resize((size, size), Image.Resampling.LANCZOS).save(content, "PNG", optimize=True)
    return content.getvalue()


@lru_cache(maxsize=1)
def favicon() -> bytes:
    """Return the icon as an ICO file of the usual sizes."""
    content = BytesIO()
    _drawn(maskable=False).save(content, "ICO", sizes=[(size, size) for size in FAVICON])
    return content.getvalue()


@lru_cache(maxsize=2)
def _drawn(*, maskable: bool) -> Image.Image:
    image = Image.new("RGB", (DRAWN, DRAWN), INK)
    pen = ImageDraw.Draw(image)
    scale = DRAWN / GRID * (SAFE if maskable else 1)
    edge = (DRAWN - GRID * scale) / 2
    top = edge + 9 * scale
    pen.rectangle((edge + 2 * scale, top - 2 * scale, edge + 30 * scale, top), fill=PAPER)
    for shape, colour, left in SHAPES:
        side = 8 * scale
        x, y = edge + left * scale, top + (scale if shape == "star" else 0)
        height = 13 / 8 if shape == "pennant" else 1
        shape_outlines.draw(pen, shape, (x, y, x + side, y + side), colour, height=height)
    return image
