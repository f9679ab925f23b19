"""Draws the picture that goes with a page on social networks: its title, the festival, when and where.

What a card shows stands in its address, signed, so that only cards of our own pages are drawn, and a card that was
drawn once can be kept for ever.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core import signing
from PIL import Image, ImageDraw, ImageFont

from festival.documents.faces import Face, built, faces_for
from festival.documents.images import shape_outlines
from festival.documents.scripts import is_invisible
from festival.documents.sources import BUILT, Role
from festival.look.colours import written_on

SIZE = WIDTH, HEIGHT = 1200, 630
STUB = 300  # the coloured strip at the left
EDGE = 64
SIZES = (104, 88, 74, 62, 52)  # of the title, until it fits
LINES = 4
LONGEST = 140  # characters of a title
KEPT = 2000  # cards on disk
INK, PAPER = "#131730", "#fffdf8"
_SIGNER = signing.Signer(salt="social-card")


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. `colour` is `#rrggbb`, `shape` one of a part of the week (`Section.Shape`)."""

    title: str
    festival: str
    when_and_where: str
    colour: str
    shape: str


def sign(card: Card) -> str:
    """Return the card as the last part of its address."""
    short = {**asdict(card), "title": _shortened(card.title)}
    return _SIGNER.sign_object(list(short.values()), compress=True)


def read(signed: str) -> Card:
    """Return the card of an address. Raises django.core.signing.BadSignature for one that we did not write."""
    return Card(*cast("list[str]", _SIGNER.unsign_object(signed)))


def picture(card: Card) -> bytes:
    """Return the card as a PNG: drawn once, then read from the folder of the installation."""
    folder = Path(settings.VAR_DIR) / "social"
    path = folder / f"{sha256(repr(card).encode()).hexdigest()[:32]}.png"
    if path.exists():
        return path.read_bytes()
    drawn = draw(card)
    folder.mkdir(exist_ok=True)
    fresh = path.with_suffix(f".{id(drawn)}")
    fresh.write_bytes(drawn)
    fresh.replace(path)
    for oldest in sorted(folder.glob("*.png"), key=lambda kept: kept.stat().st_mtime)[:-KEPT]:
        oldest.unlink(missing_ok=True)
    return drawn


def draw(card: Card) -> bytes:
    """Draw the card as a PNG of 1200 by 630 pixels."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, STUB, HEIGHT), fill=card.colour)
    shape_outlines.draw(pen, card.shape, (EDGE, EDGE, STUB - EDGE, STUB - EDGE), written_on(card.colour))
    pen.rectangle((STUB - 3, 0, STUB + 3, HEIGHT), fill=INK)
    left, room = STUB + EDGE, WIDTH - STUB - 2 * EDGE
    _write(pen, (left, EDGE - 8), _cut(card.festival, 34, room), 34, Role.TEXT)
    size, lines = _fitting(card.title, room)
    top = (HEIGHT - len(lines) * size) // 2
    for number, line in enumerate(lines):
        _write(pen, (left, top + number * size), line, size, Role.DISPLAY)
    _write(pen, (left, HEIGHT - EDGE - 40), _cut(card.when_and_where, 38, room), 38, Role.TEXT)
    written = BytesIO()
    image.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"


def _fitting(title: str, room: int) -> tuple[int, list[str]]:
    for size in SIZES:
        lines = _lines(title, size, room)
        if len(lines) <= LINES and all(_length(line, size, Role.DISPLAY) <= room for line in lines):
            return size, lines
    lines = _lines(title, SIZES[-1], room)[: LINES + 1]
    return SIZES[-1], [_cut(line, SIZES[-1], room, Role.DISPLAY) for line in lines]


def _lines(title: str, size: int, room: int) -> list[str]:
    lines: list[str] = []
    for word in title.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _length(joined, size, Role.DISPLAY) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _cut(text: str, size: int, room: int, role: Role = Role.TEXT) -> str:
    short = text
    while short and _length(short, size, role) > room:
        short = f"{short.rstrip('…')[:-1].rstrip()}…" if len(short) > 1 else ""
    return short


def _write(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, role: Role) -> None:
    x: float = at[0]
    for face, run in _runs(text, role):
        font = _font(face.file, size)
        pen.text((x, at[1] + size), run, font=font, fill=INK, anchor="ls")
        x += font.getlength(run)


def _length(text: str, size: int, role: Role) -> float:
    return sum(_font(face.file, size).getlength(run) for face, run in _runs(text, role))


def _runs(text: str, role: Role) -> Iterator[tuple[Face, str]]:
    """Yield the text in pieces of one face; what no face draws is left out."""
    order: list[Role] = [role] if role == Role.DISPLAY else [Role.FIGURES, role]
    everyday = [face for face in built() if face.is_everyday]
    able = sorted(everyday, key=lambda face: (order.index(face.role) if face.role in order else 2, -face.weight))
    able += faces_for(text)
    current: Face | None = None
    run = ""
    for character in text:
        if is_invisible(character):
            continue
        face = next((face for face in able if face.draws(character)), None)
        if face is None:
            continue
        if run and face != current and current is not None:
            yield current, run
            run = ""
        current, run = face, run + character
    if run and current is not None:
        yield current, run


@lru_cache(maxsize=32)
def _font(file: str, size: int) -> Any:
    return ImageFont.truetype(str(BUILT / file), size)
