"""The built faces: which of them a text needs, and how a style sheet names them.

Five faces are in every document and draw nearly every text. The other hundreds are read from disk when the first text
needs them; the index says which.

Each file has a family name of its own: WeasyPrint tells fonts apart by family and weight, and would print the letters
of one file with the glyphs of another.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from festival.documents.scripts import is_invisible, languages_of
from festival.documents.sources import INDEX, Role

_ORDER = {Role.FIGURES: 0, Role.TEXT: 1}


@dataclass(frozen=True, slots=True)
class Face:
    """One file. `starts` and `ends` bound the ranges of code points that it draws, in order; `weight` 0 is any."""

    file: str
    source: str
    subset: str
    role: Role
    weight: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def family(self) -> str:
        """The name for style sheets, without a quotation mark."""
        return f"Kermesse {self.source}-{self.subset}"

    @property
    def is_everyday(self) -> bool:
        """Whether it is in every document."""
        return self.role == Role.FIGURES or (self.role in {Role.DISPLAY, Role.TEXT} and self.subset == "latin")

    def draws(self, character: str) -> bool:
        """Whether it has a glyph for the character."""
        place = bisect_right(self.starts, ord(character)) - 1
        return place >= 0 and ord(character) <= self.ends[place]

    def characters(self) -> set[str]:
        """Return all that it draws."""
        bounds = zip(self.starts, self.ends, strict=True)
        return {chr(point) for first, last in bounds for point in range(first, last + 1)}


@lru_cache(maxsize=1)
def built() -> tuple[Face, ...]:
    """Return the faces in the order of preference; none where `festival.documents.fonts` has not been run."""
    if not INDEX.exists():
        return ()
    return tuple(
        Face(row["file"], row["source"], row["subset"], Role(row["role"]), row["weight"], *_bounds(row["characters"]))
        for row in json.loads(INDEX.read_text())
    )


@lru_cache(maxsize=1)
def everyday_characters() -> frozenset[str]:
    """Return the characters that need no further face: those of both text faces, line breaks and tabs."""
    drawn = [face.characters() for face in built() if face.is_everyday and face.role == Role.TEXT]
    return frozenset(set.intersection(*drawn) | set("\n\r\t")) if drawn else frozenset()


def faces_for(text: str) -> list[Face]:
    """Return the faces, beyond those of every document, that hold the characters of `text`.

    Chinese characters are taken from the face of the language that the text shows by its other letters (kana, hangul),
    and from the Chinese one, since a document may hold names of both.
    """
    rare = sorted(set(text) - everyday_characters())
    if not rare:
        return []
    return list(
        dict.fromkeys(
            face
            for language in sorted(languages_of(text) | {Role.CHINESE})
            for character in rare
            if not is_invisible(character)
            for face in _drawing(character, Role(language))
        )
    )


def stack(rare: Sequence[Face], *, display: bool = False, codes: bool = False, language: str = "") -> str:
    """Return the value of `font-family`: everyday faces, the given ones, then what the system has.

    `display` is for titles, `codes` for what is copied sign by sign, whose zero must not be an O; of the faces with
    Chinese characters those of `language` come first.
    """
    wanted = Role(language) if language else Role.CHINESE
    everyday = [face for face in built() if face.is_everyday]
    faces = [face for face in [*everyday, *rare] if face.role == Role.DISPLAY] if display else []
    left_out = {Role.DISPLAY, Role.FIGURES} if display or codes else {Role.DISPLAY}
    faces += sorted(
        (face for face in [*everyday, *rare] if face.role not in left_out),
        key=lambda face: (not face.is_everyday, _ORDER.get(face.role, len(_ORDER)), _rank(face, wanted)),
    )
    return ", ".join(dict.fromkeys([*(face.family for face in faces), "sans-serif"]))


@lru_cache(maxsize=4096)
def _drawing(character: str, language: Role) -> tuple[Face, ...]:
    """Return the faces of the first source that draws the character, and that of titles where it does, too.

    Of the sources with Chinese characters that of `language` comes first.
    """
    able = [face for face in built() if not face.is_everyday and face.draws(character)]
    titles = [face for face in able if face.role == Role.DISPLAY]
    others = sorted((face for face in able if face.role != Role.DISPLAY), key=lambda face: _rank(face, language))
    return (*titles, *(face for face in others if face.source == others[0].source))


def _rank(face: Face, language: Role) -> int:
    return 0 if not face.role.is_han else 1 if face.role == language else 2


def _bounds(ranges: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    pairs = [part.partition("-")[::2] for part in ranges.split(",")]
    return tuple(int(first, 16) for first, _ in pairs), tuple(int(last or first, 16) for first, last in pairs)
