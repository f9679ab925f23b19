"""The small style sheet that a release brings: grid positions and track colours, so that no page has inline style."""

from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls

LIGHT_GROUND = "#f6f1e6"
DARK_GROUND = "#1a1e33"
# WCAG 1.4.11 asks 3:1 for the edge that shows the track; we keep a reserve.
CONTRAST = 4.5


def grid_sheet(*, rows: int, columns: int, tracks: Mapping[str, str]) -> str:
    """Return the sheet for grids of at most so many rows and columns.

    Args:
        rows: Quarter-hours of the longest day.
        columns: Rooms (with their lanes) of the widest day.
        tracks: Colour `#rrggbb` by the track's short name.
    """
    position = [f".r-{n}{{grid-row-start:{n + 1}}}.d-{n}{{grid-row-end:span {n}}}" for n in range(1, rows + 1)]
    position += [
        f".c-{n}{{grid-column-start:{n + 1}}}.w-{n}{{grid-column-end:span {n}}}.cols-{n}{{--cols:{n}}}"
        for n in range(1, columns + 1)
    ]
    edges = "".join(
        f".t-{slug}{{--track:light-dark({readable(colour, LIGHT_GROUND)},{readable(colour, DARK_GROUND)})}}"
        for slug, colour in tracks.items()
    )
    return f"@layer parts{{{edges}@media (width >= 60rem){{{''.join(position)}}}}}\n"


def readable(colour: str, ground: str) -> str:
    """Return `colour`, made lighter or darker (same hue) until it stands out from `ground`."""
    hue, lightness, saturation = rgb_to_hls(*_channels(colour))
    step, limit = (0.02, 1.0) if _luminance(ground) < 0.2 else (-0.02, 0.0)
    while contrast(colour, ground) < CONTRAST and lightness != limit:
        lightness = min(1.0, max(0.0, lightness + step))
        colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in hls_to_rgb(hue, lightness, saturation))
    return colour.lower()


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]
