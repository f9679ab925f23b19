"""The one rule of what a text may hold, whoever typed, pasted, imported or sent it. Plain Python.

Taken out, because nobody sees them and readers stumble over them (XML 1.0 section 2.2, Unicode TR 36 and 39):
controls, halves of surrogate pairs, noncharacters, format and bidirectional characters, letters that draw nothing.
Kept where writing needs them: joiners in the words of scripts that have them and in emoji, variation selectors, and
the tags of flags. What is left is in NFC, so that what looks the same is the same.

Every function gives back the same when it is given its own answer.
"""

import re
import unicodedata
from collections.abc import Callable

ZWNJ, ZWJ = "\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"
NO_BREAK = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"

# Controls that stand for a space or for the end of a line: they part words, so a space stays in their place.
_SPACING_CONTROLS = re.compile(r"[\x0b\x0c\x1c-\x1f]")
_LINE_ENDS = re.compile(r"\r\n|[\r\x85\u2028\u2029]")

_NEVER = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls, C0 and C1
    "\u00ad\u034f\u061c\u070f\u180e"  # soft hyphen, grapheme joiner, Arabic, Syriac and Mongolian marks
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # fillers and vowels that draw nothing
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width space, directions, invisible operators
    "\ufeff\ufff9-\ufffb"  # byte order mark, annotations
    "\ud800-\udfff"  # halves of surrogate pairs
    "\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))  # noncharacters
    + "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"  # layout of hieroglyphs, of music
    "]"
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What is kept or not by what stands beside it: joiners, variation selectors, the tags of a flag.
_BESIDE = re.compile("[\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]")
_SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# UTS 51, ED-14a: the black flag, the tags of a region, the tag that ends them.
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f")
_TAGS = re.compile("[\U000e0020-\U000e007f]+")
_FIRST_JOINED_SCRIPT = "\u0590"  # Hebrew, Arabic and all that follow; European letters are never joined by hand
_VIRAMA = 9  # the canonical combining class
_DRAWS_NOTHING = re.compile("[\\s\u2800\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0020-\U000e007f]*")

_RUN = re.compile(r"\s+")
_AROUND_BREAK = re.compile(r"[^\S\n]*\n")
_MANY_BREAKS = re.compile(r"\n{4,}")


def legible(text: str) -> str:
    """Return the text without what nobody can see, in NFC; spaces and line ends stay as they are."""
    return _until_it_stays(_legible, text)


def line(text: str) -> str:
    """Return the text as one line: legible, each run of white space one space, none around it.

    A no-break space stays one, because it was typed for a reason: `15 h 30`, `12 €`. A text that draws nothing is
    empty.
    """
    return _until_it_stays(_line, text)


def paragraphs(text: str) -> str:
    """Return the text with its lines: legible, each ended by a line feed, two left free at most, none around it.

    What stands within a line stays as it is. A text that draws nothing is empty.
    """
    return _until_it_stays(_paragraphs, text)


def writable(text: str) -> str:
    """Return a finished file without what XML 1.0 and iCalendar forbid (RFC 5545, CONTROL); nothing else changes."""
    return _FORBIDDEN.sub("", text)


def is_legible(text: str) -> bool:
    """Return whether the text is what `legible` makes of it."""
    return legible(text) == text


def draws_nothing(text: str) -> bool:
    """Return whether a reader would see an empty text."""
    return _DRAWS_NOTHING.fullmatch(text) is not None


def _until_it_stays(clean: Callable[[str], str], text: str) -> str:
    """Clean again what the cleaning has brought together; each turn takes something away, so there is a last one."""
    if text.isascii() and text.isprintable() and clean is _legible:
        return text
    while (cleaned := clean(text)) != text:
        text = cleaned
    return text


def _legible(text: str) -> str:
    text = _NEVER.sub("", _SPACING_CONTROLS.sub(" ", text))
    if _BESIDE.search(text):
        text = _with_kept(text)
    return unicodedata.normalize("NFC", text)


def _line(text: str) -> str:
    text = _RUN.sub(_one_space, _legible(text)).strip()
    return "" if draws_nothing(text) else text


def _paragraphs(text: str) -> str:
    text = _AROUND_BREAK.sub("\n", _LINE_ENDS.sub("\n", _legible(text)))
    text = _MANY_BREAKS.sub("\n\n\n", text).strip()
    return "" if draws_nothing(text) else text


def _one_space(run: re.Match[str]) -> str:
    return next((space for space in run[0] if space in NO_BREAK), " ")


def _with_kept(text: str) -> str:
    """Return the text with those joiners, selectors and tags alone that change what is drawn."""
    flags = {place for flag in _FLAG.finditer(text) for place in range(flag.start() + 1, flag.end())}
    kept: list[str] = []
    for place, character in enumerate(text):
        before, after = kept[-1] if kept else "", text[place + 1 : place + 2]
        if character == ZWNJ:
            keep = _joins(before) and _joins(after)
        elif character == ZWJ:
            keep = _is_virama(before) or (_joins(before) and _joins(after)) or (_draws(before) and _is_symbol(after))
        elif _SELECTORS.match(character):
            keep = _has_variants(before)
        else:
            keep = not _TAGS.match(character) or place in flags
        if keep:
            kept.append(character)
    return "".join(kept)


def _joins(character: str) -> bool:
    """Return whether this is a letter or a mark of a script whose letters take other shapes side by side."""
    is_of_such_a_script = character > _FIRST_JOINED_SCRIPT and not _BESIDE.match(character)
    return is_of_such_a_script and unicodedata.category(character)[0] in "LM"


def _is_virama(character: str) -> bool:
    return character != "" and unicodedata.combining(character) == _VIRAMA


def _has_variants(character: str) -> bool:
    """Return whether a selector may follow: European letters have no variants (Unicode, StandardizedVariants)."""
    is_european = character < _FIRST_JOINED_SCRIPT and character.isalpha()
    return character != "" and not (is_european or character.isspace() or _BESIDE.match(character))


def _draws(character: str) -> bool:
    """Return whether a symbol may be joined to this: something that is drawn, or the selector that says how."""
    if _BESIDE.match(character):
        return character in "\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}"
    return character != "" and not character.isspace()


def _is_symbol(character: str) -> bool:
    return character != "" and unicodedata.category(character) == "So"
