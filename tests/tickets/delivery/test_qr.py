"""QR codes: what is drawn can be read."""

import io

import zxingcpp
from PIL import Image, ImageDraw

from tests.tickets.delivery.test_tokens import VECTORS
from tickets.delivery import qr

TOKEN = VECTORS["tokens"][1]["text"]


def decode(image):
    return [found.text for found in zxingcpp.read_barcodes(image)]


def test_the_runs_are_the_code():
    image = Image.new("L", (qr.size() * 4, qr.size() * 4), 255)
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(qr.rows(TOKEN)):
        for x, length in row:
            left, top = (qr.QUIET + x) * 4, (qr.QUIET + y) * 4
            draw.rectangle([left, top, left + length * 4 - 1, top + 3], fill=0)

    assert decode(image) == [TOKEN]


def test_the_picture_is_the_code():
    assert decode(Image.open(io.BytesIO(qr.png(TOKEN, scale=3)))) == [TOKEN]


def test_it_is_a_version_5_code_with_a_quiet_zone_of_four():
    assert qr.size() == 45
    assert qr.path(TOKEN).startswith("M4 4h7v1h-7z")
