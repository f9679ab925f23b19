"""Films for Chromium's fake camera, made at test time: YUV4MPEG2, 4:2:0, 640 x 480, ten pictures a second."""

from pathlib import Path

import qrcode
from qrcode.constants import ERROR_CORRECT_M

WIDTH, HEIGHT, PER_SECOND = 640, 480, 10
GREY, MODULE = 150, 6
DARK, LIGHT = bytes([20]) * MODULE, bytes([235]) * MODULE


def film(path: Path, scenes: list[tuple[str | None, float]]) -> Path:
    """Write a film that loops: each scene is the text of a code (None for an empty desk) and its length in seconds."""
    chroma = bytes([128]) * (WIDTH * HEIGHT // 2)
    with path.open("wb") as out:
        out.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{PER_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
        for text, seconds in scenes:
            for index in range(round(seconds * PER_SECOND)):
                out.write(b"FRAME\n" + _picture(text, shift=index % 8 * 3) + chroma)
    return path


def _picture(text: str | None, *, shift: int) -> bytes:
    """Draw a code at 6 pixels a module on grey, moved down and right by `shift` pixels as a hand would."""
    empty = bytes([GREY]) * WIDTH
    if text is None:
        return empty * HEIGHT
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4, box_size=1)
    code.add_data(text, optimize=20)
    code.make(fit=True)
    rows = [b"".join((DARK if dark else LIGHT) for dark in row) for row in code.get_matrix()]
    side, left = len(rows) * MODULE, (WIDTH - len(rows) * MODULE) // 2 + shift
    top = (HEIGHT - side) // 2 + shift
    lines = [empty[:left] + row + empty[left + side :] for row in rows for _ in range(MODULE)]
    return empty * top + b"".join(lines) + empty * (HEIGHT - top - side)


def chromium_arguments(path: Path) -> list[str]:
    """Return what makes Chromium play the film as its camera."""
    return [
        "--no-sandbox",
        "--disable-gpu",
        "--mute-audio",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    ]
