"""What a scanner read, and what it may mean. Plain Python.

One rule for both sides: `scan-code.ts` follows it, and both are tried with `tests/tickets/delivery/readings.json`.

Our codes hold digits and capital letters without I, L, O and U, so nearly everything that readers do to a text can be
taken away again: identifiers in front (AIM `]Q1`, the separators of GS1), ends of line, an address around the code, the
keys of another keyboard, the same code read twice. What is left proves itself: a token by its version, its spare bits
and its signature, a short code by its check character and by the books.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tickets.delivery import tokens
from tickets.delivery.tokens import Token
from tickets.exceptions import MalformedCode

LONGEST = 4296  # characters: the most a QR code holds
_CUT_UP = 600  # a longer run of letters is no ticket with something around it
_CUT_UP_SHORT = 24  # in a longer text a short code would be found by chance
_AT_MOST = 12  # readings that are tried; a text of ours has one or two

_AIM = re.compile(r"^\s*\][A-Za-z][0-9A-Za-z]")
_AROUND = re.compile(r"[^0-9A-Za-z\s\-]+")
_OURS = re.compile(f"[{tokens.ALPHABET}]+")

# The sign that came -> the sign that was meant: a reader of US keys on a French, Belgian or German keyboard, and a
# reader of French keys on a US one.
_AZERTY = str.maketrans("aqzwAQZW,?&é\"'(-è_çà§!)$’ÉÈÇÀ", "qawzQAWZMM123456789068-]42790")
_QWERTZ = str.maketrans("yzYZß+", "zyZY-]")
_FROM_AZERTY = str.maketrans("aqzwAQZW;:!@#$%^&*()", "qawzQAWZMM1234567890")
_KEYBOARDS: tuple[dict[int, int], ...] = ({}, _AZERTY, _QWERTZ, _FROM_AZERTY)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text may mean, the likeliest first: tokens that are well formed, short codes whose check is right."""

    tokens: tuple[Token, ...] = ()
    short_codes: tuple[str, ...] = ()


def read(text: str) -> Reading:
    """Return what `text` may mean; nothing when it is none of our codes. Never fails, whatever the text is."""
    typed = [_AIM.sub("", plain(text).translate(keyboard)) for keyboard in _KEYBOARDS]
    found = list(dict.fromkeys(token for one in typed for token in _tokens(one)))
    short = [] if found else list(dict.fromkeys(code for one in typed for code in _short_codes(one)))
    return Reading(tuple(found[:_AT_MOST]), tuple(short[:_AT_MOST]))


def plain(text: str) -> str:
    """Return the text in usual letters: wide forms made narrow, controls made blanks, invisible signs taken out."""
    composed = unicodedata.normalize("NFKC", text[:LONGEST])
    return "".join(_plain(character) for character in composed)


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Pd":
        return "-"
    return " " if category in {"Cc", "Zl", "Zp", "Zs"} else "" if category in {"Cf", "Cs", "Co", "Cn"} else character


def _tokens(text: str) -> Iterator[Token]:
    for run in _runs(text):
        if len(run) <= _CUT_UP:
            for start in range(len(run) - tokens.TOKEN_LENGTH + 1):
                try:
                    yield tokens.parse(run[start : start + tokens.TOKEN_LENGTH])
                except MalformedCode:
                    continue


def _short_codes(text: str) -> Iterator[str]:
    for run in _runs(text):
        if len(run) == tokens.SHORT_LENGTH or len(text) <= _CUT_UP_SHORT:
            for start in range(len(run) - tokens.SHORT_LENGTH + 1):
                try:
                    yield tokens.parse_short_code(run[start : start + tokens.SHORT_LENGTH])
                except MalformedCode:
                    continue


def _runs(text: str) -> Iterator[str]:
    """Return what the signs of our alphabet spell: all of the text together, then each part of it."""
    seen = set()
    for part in (text, *_AROUND.split(text), *text.split()):
        for run in _OURS.findall(tokens.normalise(part)):
            if run not in seen:
                seen.add(run)
                yield run
