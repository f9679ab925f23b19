"""The style sheet of the organiser's own parts of the week, so that no page has inline style. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass

from festival.look.colours import DARK_PAPER, EDGE_CONTRAST, readable, written_on


@dataclass(frozen=True, slots=True)
class Paint:
    """The colour `#rrggbb` of the part with this short name; `dark` is the one for dark pages, or empty."""

    slug: str
    colour: str
    dark: str = ""


def section_sheet(paints: Iterable[Paint]) -> str:
    """Return rules that set `--c` (the colour) and `--on-c` (text on it) for everything inside `.s-SLUG`.

    A colour that would be lost on a dark page (less than 3:1) is made lighter there; text on it has at least 4.5:1.
    Where a short name comes twice, the later one counts.
    """
    rules = {paint.slug: _rule(paint) for paint in paints}
    return f"@layer tokens{{{''.join(rules.values())}}}\n"


def _rule(paint: Paint) -> str:
    light = paint.colour.lower()
    dark = paint.dark.lower() or readable(light, DARK_PAPER, EDGE_CONTRAST)
    ground, text = _pair(light, dark), _pair(written_on(light), written_on(dark))
    return f".s-{paint.slug}{{--c:{ground};--on-c:{text}}}"


def _pair(light: str, dark: str) -> str:
    return light if light == dark else f"light-dark({light},{dark})"
