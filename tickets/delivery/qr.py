"""QR codes of tickets: version 5, level M, as runs of dark modules (ISO/IEC 18004); of longer texts, as they need.

Choosing the mask is most of the cost of making a code; a fixed mask is allowed and decodes as well (measured).
"""

import io
from functools import lru_cache

import qrcode
from PIL import Image
from qrcode.util import MODE_ALPHA_NUM, QRData

from festival.documents.drawings import BlackRuns

QUIET = 4
_VERSION = 5
_MASK = 3

Rows = tuple[tuple[tuple[int, int], ...], ...]


@lru_cache(maxsize=256)
def rows(text: str) -> Rows:
    """Return for each row the dark runs as (first column, length), without the quiet zone.

    `text` is a token: at most 122 characters of the alphanumeric mode (else the code would need a higher version).
    """
    code = qrcode.QRCode(version=_VERSION, error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=_MASK)
    code.add_data(QRData(text, mode=MODE_ALPHA_NUM))
    code.make(fit=False)
    return tuple(tuple(_runs(row)) for row in code.modules)


def size() -> int:
    """Return the side in modules, quiet zone included."""
    return 17 + 4 * _VERSION + 2 * QUIET


def path(text: str) -> str:
    """Return the code as SVG path data of filled runs, for a view box of `size()` modules."""
    return _path(rows(text))


def drawing(text: str) -> BlackRuns:
    """Return the code for a document; a picture would cost five times as much there, a path ten times."""
    return BlackRuns(rows(text), side=size(), margin=QUIET)


def png(text: str, *, scale: int = 6) -> bytes:
    """Return the code as a black and white PNG, `scale` pixels a module, quiet zone included."""
    return _png(rows(text), scale)


def free_size(text: str) -> int:
    """Return the side in modules of the code of a longer `text`, quiet zone included."""
    return len(_free_rows(text)) + 2 * QUIET


def free_path(text: str) -> str:
    """Return the code of a longer text, such as a bank transfer, as `path` does, for `free_size` modules."""
    return _path(_free_rows(text))


def free_drawing(text: str) -> BlackRuns:
    """Return the code of a longer text for a document."""
    return BlackRuns(_free_rows(text), side=free_size(text), margin=QUIET)


def free_png(text: str, *, scale: int = 5) -> bytes:
    """Return the code of a longer text as a black and white PNG, `scale` pixels a module."""
    return _png(_free_rows(text), scale)


@lru_cache(maxsize=256)
def _free_rows(text: str) -> Rows:
    """Return the runs of a code as large as the text needs, at level M, which banks ask for (EPC069-12)."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=_MASK)
    code.add_data(text.encode())
    code.make()
    return tuple(tuple(_runs(row)) for row in code.modules)


def _path(rows: Rows) -> str:
    return "".join(f"M{QUIET + x} {QUIET + y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in row)


def _png(rows: Rows, scale: int) -> bytes:
    side = len(rows) + 2 * QUIET
    picture = Image.new("1", (side, side), color=1)
    for y, row in enumerate(rows, start=QUIET):
        for x, length in row:
            picture.paste(0, (QUIET + x, y, QUIET + x + length, y + 1))
    file = io.BytesIO()
    picture.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(file, format="PNG")
    return file.getvalue()


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start = None
    for column, dark in enumerate([*row, False]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            runs.append((start, column - start))
            start = None
    return runs
