"""Drawings: sharp squares in the right place, with a description like any picture."""

import pypdfium2

from festival.documents import pdf
from festival.documents.drawings import BlackRuns
from tests import pdf_ua

STYLE = "position: absolute; left: 0; top: 0; width: 100pt; height: 100pt"
PAGE = (
    '<html lang="fr"><head><title>-</title><style>@page { margin: 0 }</style></head>'
    f'<body><img style="{STYLE}" src="/drawings/code" alt="Un code"/></body></html>'
)


def test_the_runs_are_black_where_they_should_be():
    drawing = BlackRuns([[(0, 1), (2, 1)], [], [(0, 3)]], side=5, margin=1)

    content = pdf.write_pdf(PAGE, styles=pdf.COMMON, drawings={"code": drawing})

    image = pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil().convert("L")
    seen = [
        "".join("#" if image.getpixel((20 * x + 10, 20 * y + 10)) < 128 else "." for x in range(5)) for y in range(5)
    ]
    assert seen == [".....", ".#.#.", ".....", ".###.", "....."]
    assert pdf_ua.faults(content) == []
    assert pdf_ua.spoken(content) == [("Figure", "Un code")]


def test_no_line_shows_between_two_rows():
    drawing = BlackRuns([[(0, 7)]] * 7, side=7, margin=0)

    content = pdf.write_pdf(PAGE, styles=pdf.COMMON, drawings={"code": drawing})

    image = pypdfium2.PdfDocument(content)[0].render(scale=1.3).to_pil().convert("L")
    assert {image.getpixel((60, y)) for y in range(5, 125)} == {0}
