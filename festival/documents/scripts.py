"""What the characters of a name tell: its language in East Asia, and the script of what cannot be drawn."""

import unicodedata

from fontTools import unicodedata as scripts

_KANA = {"Hira", "Kana"}
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def language_of(text: str) -> str:
    """Return `ja`, `ko`, `zh-Hant` or `zh` for a text with letters of East Asia, else an empty string.

    Kana is Japanese, hangul is Korean, bopomofo is written in Taiwan; Chinese characters alone are taken as Chinese.
    """
    found = languages_of(text)
    return next((language for language in ("ja", "ko", "zh-Hant", "zh") if language in found), "")


def languages_of(text: str) -> set[str]:
    """Return the languages of East Asia whose letters are in the text."""
    if text.isascii():
        return set()
    found = {scripts.script(character) for character in set(text) if ord(character) >= 0x1100}
    languages = {"Hang": "ko", "Bopo": "zh-Hant", "Hani": "zh"} | dict.fromkeys(_KANA, "ja")
    return {languages[script] for script in found if script in languages}


def script_of(character: str) -> str:
    """Return the English name of the script by the Unicode standard (UAX 24): `Cuneiform`, `Common`."""
    return str(scripts.script_name(scripts.script(character)))


def is_invisible(character: str) -> bool:
    """Whether nothing is drawn for it: controls, joiners, marks of direction, selectors of a variant."""
    return unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} or any(
        ord(character) in selectors for selectors in _SELECTORS
    )
