"""Fonts in a document hold the glyphs that are shown, at the weight in which they are shown."""

import io

import pikepdf
from fontTools.ttLib import TTFont

from festival.documents import pdf


def embedded(body):
    content = pdf.write_pdf(f"<html lang=fr><title>-</title>{body}", styles=pdf.COMMON)
    with pikepdf.open(io.BytesIO(content)) as document:
        return {
            str(entry.FontName).partition("+")[2]: bytes(entry.FontFile2.read_bytes())
            for entry in document.objects
            if isinstance(entry, pikepdf.Dictionary) and "/FontFile2" in entry
        }


def drawn(font):
    return sum(font["glyf"][name].numberOfContours != 0 for name in font.getGlyphOrder() if name != ".notdef")


def test_only_the_glyphs_that_are_shown_are_kept():
    (content,) = embedded("<p>aab").values()

    font = TTFont(io.BytesIO(content))
    assert drawn(font) == 2
    assert not {"GPOS", "GSUB", "fvar"} & set(font.keys())
    assert len(content) < 4096


def test_a_variable_font_is_fixed_at_the_weight_of_the_text():
    fonts = [TTFont(io.BytesIO(content)) for content in embedded("<p>א<b>א</b>").values()]

    assert ["fvar" in font for font in fonts] == [False, False]
    regular, bold = sorted(max(font["hmtx"].metrics.values()) for font in fonts)
    assert regular < bold
