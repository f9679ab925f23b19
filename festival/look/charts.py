"""Where the marks of a chart stand: plain geometry; a template draws it as SVG, with a table behind.

Across, everything is a share of the width, so that a chart fits a phone and a sheet of paper without distortion and
without a script; down, it is pixels, so that words keep their size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT = 3.0, 97.0  # percent of the width: marks at the ends are not cut off
ROW, HEAD, FOOT = 44, 8, 26  # pixels: of a row with its label, above the rows, and for the axis
WORDS, MARK = 15, 28  # pixels below the top of a row: the foot of its label, and the middle of its mark
COLUMNS = 120  # pixels of the highest column
LONGEST = 46  # letters of a label, so that it stands on a phone


@dataclass(frozen=True, slots=True)
class Span:
    """What the width of a chart stands for, from `low` to `high`."""

    low: float
    high: float

    def at(self, value: float) -> str:
        """Return where a value stands; what lies outside stands at the end."""
        part = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return percent(LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, part)))


@dataclass(frozen=True, slots=True)
class Interval:
    """One row: a dot at `value` and a whisker from `low` to `high`; `kind` is the class that gives it its colour."""

    label: str
    value: float
    low: float
    high: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An interval with its place."""

    label: str
    kind: str
    words: int
    middle: int
    at: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line through the chart with its words: of the axis, or where something is decided. `side` is which they are."""

    at: str
    label: str
    side: str = "middle"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart over time, from its top left corner."""

    at: str
    width: str
    top: str
    height: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart to draw: `told` says in words what is seen, `head` and `table` are the same as a table."""

    name: str
    title: str
    told: str
    height: int
    marks: tuple[Mark, ...]
    head: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...] = ()
    columns: tuple[Column, ...] = ()
    cuts: tuple[Mark, ...] = ()

    @property
    def floor(self) -> int:
        """Where the axis is."""
        return self.height - FOOT


def percent(value: float) -> str:
    """Return a share of the width as SVG has it, with a point in every language."""
    return f"{value:.2f}%"


def ticks(low: float, high: float, *, most: int = 6, whole: bool = False) -> list[float]:
    """Return at most `most` round values from `low` to `high`, apart by 1, 2 or 5 times a power of ten.

    `whole` ones are at least 1 apart. Of a span without width there is one, where it lies inside.
    """
    if high <= low:
        return [low]
    step = next(step for step in _steps((high - low) / most, whole) if _count(low, high, step) <= most)
    return [number * step for number in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def _steps(least: float, whole: bool) -> list[float]:
    power = math.floor(math.log10(least))
    steps = [factor * 10.0**exponent for exponent in range(power, power + 3) for factor in (1, 2, 5)]
    return [step for step in steps if step >= 1 - 1e-9] if whole and steps[-1] >= 1 else [1.0] if whole else steps


def _count(low: float, high: float, step: float) -> int:
    return math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1


def short(label: str) -> str:
    """Return a label that stands on a phone, cut after a word where it must be."""
    if len(label) <= LONGEST:
        return label
    kept = label[: LONGEST - 1]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept else kept}…"


def rows(intervals: Sequence[Interval], span: Span) -> tuple[Row, ...]:
    """Return the intervals below each other, each under its label."""
    return tuple(
        Row(
            label=short(item.label),
            kind=item.kind,
            words=HEAD + ROW * number + WORDS,
            middle=HEAD + ROW * number + MARK,
            at=span.at(item.value),
            low=span.at(item.low),
            high=span.at(item.high),
        )
        for number, item in enumerate(intervals)
    )


def height_of(count: int) -> int:
    """Return how high a chart of so many rows is, with its axis."""
    return HEAD + ROW * count + FOOT


def columns(values: Sequence[float], most: float) -> tuple[Column, ...]:
    """Return a column for each value, side by side, as high as its part of `most`; negative ones are none."""
    width = (RIGHT - LEFT) / max(1, len(values))
    found = []
    for number, value in enumerate(values):
        high = COLUMNS * min(1.0, max(0.0, value / most)) if most > 0 else 0.0
        top = HEAD + COLUMNS - high
        found.append(Column(percent(LEFT + number * width), percent(width), f"{top:.1f}", f"{high:.1f}"))
    return tuple(found)


def stack(parts: Sequence[float]) -> list[tuple[int, str, str]]:
    """Return what fills one bar from left to right: number, start and width of each part that is not empty.

    Nothing where all are empty.
    """
    whole = sum(parts)
    found, before = [], 0.0
    for number, part in enumerate(parts):
        if part:
            found.append((number, percent(100 * before / whole), percent(100 * part / whole)))
        before += part
    return found
