"""How well colours stand out from each other (WCAG 2.2). Plain Python; a colour is `#rrggbb`."""

from colorsys import hls_to_rgb, rgb_to_hls

# The grounds and inks of the look; `tokens.css` has the same.
LIGHT_PAPER = "#fffdf8"
DARK_PAPER = "#101325"
INK = "#131730"
WHITE = "#ffffff"
BLACK = "#000000"

TEXT_CONTRAST = 4.5  # WCAG 1.4.3, text
EDGE_CONTRAST = 3.0  # WCAG 1.4.11, what must be seen but is not read


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, ground: str, least: float = TEXT_CONTRAST) -> str:
    """Return `colour`, made lighter or darker (same hue) until it stands out from `ground` by the ratio `least`."""
    hue, lightness, saturation = rgb_to_hls(*_channels(colour))
    step, limit = (0.02, 1.0) if _luminance(ground) < 0.2 else (-0.02, 0.0)
    while contrast(colour, ground) < least and lightness != limit:
        lightness = min(1.0, max(0.0, lightness + step))
        colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in hls_to_rgb(hue, lightness, saturation))
    return colour.lower()


def written_on(ground: str) -> str:
    """Return the colour of text on `ground`: ink or white, whichever is read better; black where neither suffices."""
    best = max((INK, WHITE), key=lambda text: contrast(text, ground))
    return best if contrast(best, ground) >= TEXT_CONTRAST else BLACK


def _luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]
