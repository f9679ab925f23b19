"""Cut from each font the glyphs that a document shows, with the same library on every machine.

The PDF library does this with a system library where that is installed, and otherwise with one that takes a tenth of a
second more and complains in the log. HarfBuzz from a package is always there, and pins the weight of variable fonts.
"""

from typing import Any

import uharfbuzz
from weasyprint.pdf.fonts import Font

_FLAGS = (
    uharfbuzz.SubsetFlags.RETAIN_GIDS
    | uharfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
    | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    | uharfbuzz.SubsetFlags.NO_HINTING
)
# Of no use once the text is laid out.
_LAYOUT_TABLES = "BASE DSIG EBDT EBLC EBSC GDEF GPOS GSUB JSTF LTSH PCLT SVG_"
_DROPPED = [int.from_bytes(tag.replace("_", " ").encode()) for tag in _LAYOUT_TABLES.split()]


class CutFont(Font):
    """A font of a document that is cut by HarfBuzz."""

    file_content: bytes
    index: int

    def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Keep the glyphs of `to_unicode` under their numbers, at the weight in which they are set."""
        if not to_unicode:
            return
        face = uharfbuzz.Face(self.file_content, self.index)
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.update(glyph for glyph in to_unicode if glyph < self.glyph_count)
        wanted.drop_table_tag_set.update(_DROPPED)
        wanted.flags = _FLAGS | (uharfbuzz.SubsetFlags.NOTDEF_OUTLINE if self.missing else 0)
        if "fvar" in self.tables:
            wanted.pin_all_axes_to_default(face)
            wanted.pin_axis_location(face, "wght", self.variations.get("wght", self.weight))
            self.tables.remove("fvar")
        self.file_content = bytes(uharfbuzz.subset(face, wanted).blob.data)
        self.index = 0


class CutFonts(dict[int, Font]):
    """The fonts of one document, each as a `CutFont`; takes the place of `Document.fonts`."""

    def __setitem__(self, key: int, font: Any) -> None:
        font.__class__ = CutFont
        super().__setitem__(key, font)
