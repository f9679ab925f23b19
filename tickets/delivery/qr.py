"""QR codes of tickets: version 5, level M, as runs of dark modules (ISO/IEC 18004); of longer texts, as they need.

Choosing the mask is most of the cost of making a code; a fixed mask is allowed and decodes as well (measured).
"""

import io
from functools import lru_cache

import qrcode
from qrcode.image.pil import PilImage
from qrcode.util import MODE_ALPHA_NUM, QRData

from festival.documents.drawings import BlackRuns

QUIET = 4
_VERSION = 5
_MASK = 3


@lru_cache(maxsize=256)
def rows(text: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return for each row the dark runs as (first column, length), without the quiet zone.

    `text` is a token: at most 122 characters of the alphanumeric mode (else the code would need a higher version).
    """
    matrix = _code(text).modules
    return tuple(tuple(_runs(row)) for row in matrix)


def size() -> int:
    """Return the side in modules, quiet zone included."""
    return 17 + 4 * _VERSION + 2 * QUIET


def path(text: str) -> str:
    """Return the code as SVG path data of filled runs, for a view box of `size()` modules."""
    return "".join(
        f"M{QUIET + x} {QUIET + y}h{length}v1h-{length}z" for y, row in enumerate(rows(text)) for x, length in row
    )


def drawing(text: str) -> BlackRuns:
    """Return the code for a document; a picture would cost five times as much there, a path ten times."""
    return BlackRuns(rows(text), side=size(), margin=QUIET)


def png(text: str, *, scale: int = 6) -> bytes:
    """Return the code as a black and white PNG, `scale` pixels a module, quiet zone included."""
    file = io.BytesIO()
    _code(text, scale=scale).make_image(image_factory=PilImage).save(file, format="PNG", optimize=True)
    return file.getvalue()


def free_size(text: str) -> int:
    """Return the side in modules of the code of a longer `text`, quiet zone included."""
    return len(_free_code(text).modules) + 2 * QUIET


def free_path(text: str) -> str:
    """Return the code of a longer text, such as a bank transfer, as `path` does, for `free_size` modules."""
    rows = [_runs(row) for row in _free_code(text).modules]
    return "".join(f"M{QUIET + x} {QUIET + y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in row)


def free_drawing(text: str) -> BlackRuns:
    """Return the code of a longer text for a document."""
    rows = tuple(tuple(_runs(row)) for row in _free_code(text).modules)
    return BlackRuns(rows, side=free_size(text), margin=QUIET)


def free_png(text: str, *, scale: int = 5) -> bytes:
    """Return the code of a longer text as a black and white PNG, `scale` pixels a module."""
    file = io.BytesIO()
    _free_code(text, scale=scale).make_image(image_factory=PilImage).save(file, format="PNG", optimize=True)
    return file.getvalue()


def _free_code(text: str, *, scale: int = 1) -> qrcode.QRCode:
    """Return a code as large as the text needs, at level M, which banks ask for (EPC069-12)."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET, box_size=scale)
    code.add_data(text.encode())
    code.make()
    return code


def _code(text: str, *, scale: int = 1) -> qrcode.QRCode:
    code = qrcode.QRCode(
        version=_VERSION,
        error_correction=qrcode.constants.ERROR_CORRECT_M,
        mask_pattern=_MASK,
        border=QUIET,
        box_size=scale,
    )
    code.add_data(QRData(text, mode=MODE_ALPHA_NUM))
    code.make(fit=False)
    return code


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
