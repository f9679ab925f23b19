"""Draws the demonstration's one picture: the string of shapes, as on the poster."""

from io import BytesIO

from django.core.files.images import ImageFile

from festival.models import FestivalImage

TITLE = "Affiche 2027"
CREDIT = "Les Jours Communs, CC BY-SA 4.0"
INK, PAPER = "#131730", "#fffdf8"
VILLAGE, FEST, PRIX = "#fbd226", "#ff5b37", "#1d33cf"


def poster() -> FestivalImage:
    """Return the picture of the media library, drawn once."""
    picture = FestivalImage.objects.filter(title=TITLE).first()
    if picture is None:
        drawn = ImageFile(BytesIO(draw(1600, 900)), name="affiche-2027.png")
        picture = FestivalImage.objects.create(title=TITLE, credit=CREDIT, file=drawn)
    return picture


def draw(width: int, height: int) -> bytes:
    """Return a PNG of seven flags on a string: four half-discs, three pennants, and the star of the awards below."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- slow import

    scale = 3  # drawn large, then reduced, for smooth edges
    image = Image.new("RGB", (width * scale, height * scale), PAPER)
    pen = ImageDraw.Draw(image)
    step, top = width * scale / 8, height * scale * 0.2
    pen.rectangle((0, top - height * scale * 0.012, width * scale, top), fill=INK)
    for index in range(7):
        left = step * (index + 0.5)
        right, middle = left + step * 0.92, left + step * 0.46
        if index < 4:
            pen.pieslice((left, top - step * 0.46, right, top + step * 0.46), 0, 180, fill=VILLAGE)
        else:
            pen.polygon([(left, top), (right, top), (middle, top + step * 0.9)], fill=FEST)
    _star(pen, width * scale * 0.78, height * scale * 0.7, height * scale * 0.2)
    written = BytesIO()
    image.resize((width, height), Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()


def _star(pen: object, x: float, y: float, radius: float) -> None:
    from math import cos, pi, sin  # noqa: PLC0415 -- only here

    points = [
        (x + cos(index * pi / 8) * reach, y + sin(index * pi / 8) * reach)
        for index, reach in enumerate([radius, radius * 0.62] * 8)
    ]
    pen.polygon(points, fill=PRIX)  # type: ignore[attr-defined]
