"""The small style sheet that a release brings: grid positions and track colours, so that no page has inline style."""

from collections.abc import Mapping

from festival.look.colours import readable

LIGHT_GROUND = "#f6f1e6"
DARK_GROUND = "#1a1e33"


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
