"""Pictures that are drawn straight into the page, sharp at any size, without a picture format in between."""

from collections.abc import Iterable, Sequence
from typing import Any


class BlackRuns:
    """A square of black runs on nothing: bar and QR codes. Has the methods that WeasyPrint calls on a picture."""

    def __init__(self, rows: Iterable[Sequence[tuple[int, int]]], *, side: int, margin: int) -> None:
        """Take for each row its runs as (first column, length); `side` counts columns, the margins included."""
        self.side = side
        rectangles = [
            f"{margin + start} {margin + row} {length} 1 re" for row, runs in enumerate(rows) for start, length in runs
        ]
        self._operators = " ".join(["0 0 0 rg", *rectangles, "f"]).encode()

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        """Return width, height and their ratio."""
        return self.side, self.side, 1

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Fill all runs as one shape, so that no line shows between two rows."""
        stream.transform(a=width / self.side, d=height / self.side)
        stream.stream.append(self._operators)
