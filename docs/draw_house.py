"""Draw the house: floors, packages and rooms as the contracts of pyproject.toml have them, for `explanation/layers.md`.

Run by `make house`. The drawing says nothing that import-linter does not check.
"""

import re
import sys
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "docs" / "explanation" / "house.svg"

WIDTH, MARGIN = 1040, 24
HOUSE = 700  # of the width; the table of rooms has the rest
BRICK, TITLE, GAP = 30, 34, 12
LINE = 19
NAMES_A_LINE = 38

STYLE = """
svg {
  --paper: #fffdf8; --wash: #f6f1e6; --ink: #131730; --ink-2: #4a4f63;
  --sun: #fbd226; --coral: #ff5b37; --cobalt: #1d33cf;
}
@media (prefers-color-scheme: dark) {
  svg {
    --paper: #101325; --wash: #1a1e33; --ink: #f5f3ee; --ink-2: #babdcb;
    --sun: #fbd226; --coral: #fe6847; --cobalt: #7c98f8;
  }
}
text { fill: var(--ink); font: 14px ui-sans-serif, system-ui, "Segoe UI", sans-serif; }
.name { text-anchor: middle; font-size: 13px; }
.floor { font-weight: 700; font-size: 17px; }
tspan, .note, .label { fill: var(--ink-2); font-weight: 400; font-size: 14px; }
.files { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, monospace; white-space: pre; }
.label { font-weight: 700; }
.sheet { fill: var(--paper); }
.wall { fill: var(--wash); stroke: var(--ink); stroke-width: 2.5; stroke-linejoin: round; }
.brick { fill: var(--paper); stroke: var(--ink); stroke-width: 1; }
.parting, .string { stroke: var(--ink); stroke-width: 5; fill: none; }
.string { stroke-width: 1.5; }
.sun { fill: var(--sun); } .coral { fill: var(--coral); } .cobalt { fill: var(--cobalt); } .ground { fill: var(--ink); }
""".strip()


@dataclass(frozen=True)
class Floor:
    """One dwelling: its name, a word about it, its colour, its layers from top to bottom."""

    name: str
    note: str
    colour: str
    layers: list[str]

    @property
    def height(self) -> int:
        """Return what the floor needs for its title and its layers."""
        return TITLE + len(self.layers) * BRICK + GAP


def draw(project: str) -> str:
    """Return the drawing as SVG, from the text of pyproject.toml."""
    contracts = {entry["name"]: entry for entry in tomllib.loads(project)["tool"]["importlinter"]["contracts"]}
    roof, upper, middle, ground = _floors(contracts)
    inner, left = HOUSE - 2 * MARGIN, MARGIN
    parts, top = [_roof(roof, left, 56, inner)], 56 + roof.height + 40
    half = (inner - 5) // 2
    height = max(floor.height for floor in upper)
    for number, floor in enumerate(upper):
        parts.append(_floor(floor, left + number * (half + 5), top, half, height))
    top += height
    for floor in (middle, ground):
        parts.append(_floor(floor, left, top, inner, floor.height))
        top += floor.height
    parts.append(f'<rect class="ground" x="0" y="{top}" width="{HOUSE}" height="6"/>')
    table, end = _table(rooms(project), HOUSE + MARGIN, 40)
    foot = max(top + 6, end) + MARGIN
    return _sheet([*parts, table, *_legend(top + 30)], max(foot, top + 30 + 3 * LINE))


def _floors(contracts: dict) -> tuple[Floor, list[Floor], Floor, Floor]:
    """Read the four floors; the order of the apps comes from the first contract."""
    order = contracts["Top floor, apps, ground floor"]["layers"]
    apps = {entry["containers"][0]: entry["layers"] for name, entry in contracts.items() if name.startswith("Packages")}
    top = [name.removeprefix("festival.") for name in order[:2]]
    below = [layer for layer in contracts["The ground floor"]["layers"] if layer not in top]
    upper = [_split(layer)[0] for layer in order if "|" in layer]
    colours = ("sun", "cobalt")
    flats = [
        Floor(name, "sold, let in" if name == "tickets" else "entered, judged", colour, apps[name])
        for name, colour in zip(upper[0], colours, strict=True)
    ]
    middle = next(layer for layer in order[2:] if layer in apps)
    return (
        Floor("festival: top floor", "may know all", "ground", top),
        flats,
        Floor(middle, "what happens when and where", "coral", apps[middle]),
        Floor("festival: ground floor", "knows no app", "ground", below),
    )


def _split(layer: str) -> tuple[list[str], bool]:
    """Return the names of a layer, and whether a wall stands between them (`|`) or a door (`:`)."""
    names = [name.strip().removeprefix("(").removesuffix(")") for name in re.split(r"[|:]", layer)]
    return names, "|" in layer


def _roof(floor: Floor, left: int, top: int, width: int) -> str:
    """Draw the gable with the top floor in it, and bunting below the eaves."""
    middle, foot = left + width / 2, top + floor.height + 40
    gable = f"M{left - 16} {foot} L{middle} {top - 40} L{left + width + 16} {foot} Z"
    narrow = width // 2 - 40
    inside = left + (width - narrow) // 2
    texts = [
        f'<text class="name floor" x="{middle}" y="{top + 40}">{escape(floor.name)}</text>',
        f'<text class="name note" x="{middle}" y="{top + 40 + LINE}">{escape(floor.note)}</text>',
    ]
    return "\n".join([f'<path class="wall" d="{gable}"/>', *texts, _bricks(floor.layers, inside, foot - 68, narrow)])


def _floor(floor: Floor, left: int, top: int, width: int, height: int) -> str:
    """Draw a storey: a wall, a band of its colour, its title, its layers as courses of bricks."""
    return "\n".join(
        [
            f'<rect class="wall" x="{left}" y="{top}" width="{width}" height="{height}"/>',
            _bunting(floor.colour, left + width - 97, top + 9),
            f'<text class="floor" x="{left + 14}" y="{top + 24}">{escape(floor.name)}'
            f'<tspan class="note" dx="12">{escape(floor.note)}</tspan></text>',
            _bricks(floor.layers, left + 14, top + TITLE, width - 28),
        ]
    )


def _bunting(colour: str, left: int, top: int) -> str:
    """Hang four pennants of the floor's colour at the right end of its title."""
    flags = "".join(f"M{left + 21 * n} {top} l16 0 l-8 16 Z " for n in range(4))
    return f'<path class="{colour}" d="{flags.strip()}"/><path class="string" d="M{left - 4} {top} h87"/>'


def _bricks(layers: list[str], left: int, top: int, width: int) -> str:
    """Draw each layer as a course as wide as the floor; what must not know each other is parted by a thick wall."""
    drawn = []
    for course, layer in enumerate(layers):
        names, parted = _split(layer)
        wide, y = width / len(names), top + course * BRICK
        for number, name in enumerate(names):
            x = left + number * wide
            drawn.append(f'<rect class="brick" x="{x:g}" y="{y}" width="{wide:g}" height="{BRICK}"/>')
            drawn.append(f'<text class="name" x="{x + wide / 2:g}" y="{y + 20}">{escape(name)}</text>')
        if parted:
            drawn += [
                f'<path class="parting" d="M{left + number * wide:g} {y} v{BRICK}"/>' for number in range(1, len(names))
            ]
    return "\n".join(drawn)


def rooms(project: str) -> list[tuple[str, list[str]]]:
    """Return the table of rooms as (what the comment above says, names); TOML itself forgets comments."""
    table = project.split('name = "The rooms of a package"', 1)[1].split("layers = [", 1)[1].split("\n]", 1)[0]
    found: list[tuple[str, list[str]]] = []
    for line in table.strip().splitlines():
        if comment := re.match(r"\s*# (.+)", line):
            found.append((comment[1], []))
        elif layer := re.match(r'\s*"(.+)",', line):
            found[-1][1].extend(_split(layer[1])[0])
    return found


def _table(rooms: list[tuple[str, list[str]]], left: int, top: int) -> tuple[str, int]:
    """Draw the table of rooms beside the house; return it and where it ends."""
    drawn, y = [f'<text class="floor" x="{left}" y="{top}">Inside each package</text>'], top + LINE
    drawn.append(f'<text class="note" x="{left}" y="{y}">those rooms that it needs, in this order</text>')
    for label, names in rooms:
        y += LINE + 10
        heading = label.split(":")[0].split(";")[0]
        drawn.append(f'<text class="label" x="{left}" y="{y}">{escape(heading[0].upper() + heading[1:])}</text>')
        for line in _wrapped(names):
            y += LINE
            drawn.append(f'<text class="files" x="{left}" y="{y}">{escape(line)}</text>')
    return "\n".join(drawn), y


def _wrapped(names: list[str]) -> list[str]:
    """Set names into lines."""
    lines = [""]
    for name in names:
        if len(lines[-1]) + len(name) + 2 > NAMES_A_LINE:
            lines.append("")
        lines[-1] += ("  " if lines[-1] else "") + name
    return lines


def _legend(top: int) -> list[str]:
    """Say how to read it."""
    return [
        f'<text class="note" x="{MARGIN}" y="{top}">Imports go down, never up.</text>',
        f'<text class="note" x="{MARGIN}" y="{top + LINE}">A thick wall: the neighbours do not know each other.</text>',
    ]


def _sheet(parts: list[str], height: int) -> str:
    """Put the parts on a sheet of paper that follows the reader's colour scheme."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            "<title>The house: floors, packages and rooms, from top to bottom</title>",
            f"<style>\n{STYLE}\n</style>",
            f'<rect class="sheet" width="{WIDTH}" height="{height}"/>',
            *parts,
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    DRAWING.write_text(draw((ROOT / "pyproject.toml").read_text()))
    sys.stdout.write(f"{DRAWING.relative_to(ROOT)} drawn\n")
