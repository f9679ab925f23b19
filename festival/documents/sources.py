"""Which fonts documents are set in, and the packages that bring them. Plain data; the order is the order of preference.

Nothing here is drawn by us: the packages carry Bricolage Grotesque, Atkinson Hyperlegible Next and Noto, all under the
SIL Open Font License.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

BUILT = Path(__file__).resolve().parent / "built"
INDEX = BUILT / "faces.json"


class Role(StrEnum):
    """What a source is for. The last four are the ways of writing the same Chinese characters, by language."""

    DISPLAY = "display"
    FIGURES = "figures"
    TEXT = "text"
    WORLD = "world"
    CHINESE = "zh"
    JAPANESE = "ja"
    KOREAN = "ko"
    TAIWANESE = "zh-Hant"

    @property
    def is_han(self) -> bool:
        """Whether it holds Chinese characters."""
        return self in {Role.CHINESE, Role.JAPANESE, Role.KOREAN, Role.TAIWANESE}


@dataclass(frozen=True, slots=True)
class Source:
    """The wanted cuts of one package.

    `weight` is 0 for a face that can be any weight. `subsets` names the cuts; empty stands for the numbered ones, into
    which large fonts are divided. `axes` are pinned when the faces are built, which makes drawing much cheaper.
    `only` are the characters to keep, all of them where it is empty.
    `is_plain` leaves out the rules that replace glyphs: they would take ị apart into i and a dot, which some programs
    then set askew.
    """

    package: str
    role: Role
    subsets: tuple[str, ...] = ()
    cut: str = "wght-normal"
    weight: int = 0
    axes: dict[str, float] = field(default_factory=dict)
    only: str = ""
    is_plain: bool = False

    @property
    def prefix(self) -> str:
        """How the names of its files begin."""
        return self.package.rpartition("/")[2]


_LATIN = ("latin", "latin-ext")
_BRICOLAGE = "@fontsource-variable/bricolage-grotesque"
_FIGURES = " 0123456789"
_ATKINSON = "@fontsource-variable/atkinson-hyperlegible-next"
_SCRIPTS = (
    "adlam",
    "arabic",
    "armenian",
    "bengali",
    "canadian-aboriginal",
    "cherokee",
    "devanagari",
    "ethiopic",
    "georgian",
    "gujarati",
    "gurmukhi",
    "hebrew",
    "kannada",
    "khmer",
    "lao",
    "malayalam",
    "oriya",
    "sinhala",
    "syriac",
    "tamil",
    "telugu",
    "thaana",
    "thai",
)
_SINGLE_WEIGHTS = (("mongolian", 400), ("nko", 400), ("tifinagh", 400), ("myanmar", 400), ("myanmar", 700))

SOURCES = (
    Source(_BRICOLAGE, Role.DISPLAY, (*_LATIN, "vietnamese"), "wdth-normal", 800, {"wdth": 78, "wght": 800}),
    # The figures of prose, as on the pages: Atkinson's zero has a slash, which belongs into codes.
    # With the space, which the library takes from the font of what stands before it.
    *(
        Source(
            _BRICOLAGE, Role.FIGURES, ("latin",), "wdth-normal", weight, {"wdth": 100, "wght": weight}, " 0123456789"
        )
        for weight in (400, 700)
    ),
    Source(_ATKINSON, Role.TEXT, _LATIN, weight=400, axes={"wght": 400}),
    Source(_ATKINSON, Role.TEXT, _LATIN, weight=700, axes={"wght": 700}),
    Source(
        "@fontsource-variable/noto-sans",
        Role.WORLD,
        ("vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "latin-ext", "latin"),
        is_plain=True,
    ),
    *(Source(f"@fontsource-variable/noto-sans-{script}", Role.WORLD, (script,)) for script in _SCRIPTS),
    Source("@fontsource-variable/noto-serif-tibetan", Role.WORLD, ("tibetan",)),
    *(
        Source(f"@fontsource/noto-sans-{script}", Role.WORLD, (script,), f"{weight}-normal", weight)
        for script, weight in _SINGLE_WEIGHTS
    ),
    Source("@fontsource-variable/noto-sans-sc", Role.CHINESE),
    Source("@fontsource-variable/noto-sans-jp", Role.JAPANESE),
    Source("@fontsource-variable/noto-sans-kr", Role.KOREAN),
    Source("@fontsource-variable/noto-sans-tc", Role.TAIWANESE),
    Source("@fontsource-variable/noto-emoji", Role.WORLD),
    Source("@fontsource-variable/noto-sans-symbols", Role.WORLD, ("symbols",)),
)
