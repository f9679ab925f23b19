"""What the name of a person may be, typed by anybody and written on tickets and in mails. Plain Python.

A name that holds an address would make our mails carry a stranger's link to a stranger. What mail programs turn into a
link is looked for as they read it: in full-width forms, with the ideographic full stop, with or without `www`.
"""

import re
import unicodedata
from enum import StrEnum

from festival.typed import cleaning

LONGEST = 120

# What browsers and mail programs read as a dot between the labels of a host (UTS 46, section 2.3; UTS 39).
_DOTS = str.maketrans(dict.fromkeys("\u3002\u2024\u0701\u0702\u06d4\ua4f8", "."))
_SCHEME = re.compile(r"://|\bwww\b|(?:https?|ftp|mailto|javascript|data|tel|sms)\s*:")
# Two letters or more after a dot without a space; `J.Smith` and `M.Sc` are initials before a capital.
_HOST = re.compile(r"(?P<label>[^\W_](?:[\w-]*[^\W_])?)\.(?=(?P<end>[^\W\d_]{2,}|xn--\w+))")
_NUMBERED_HOST = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_PATH = re.compile(r"\w\.\w+[/?#:]\w")


class NameFault(StrEnum):
    """What is wrong with a name."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    ADDRESS = "address"


def cleaned(name: str) -> str:
    """Return the name as one line with ordinary spaces."""
    return " ".join(cleaning.line(name).split())


def fault_of(name: str, *, longest: int = LONGEST) -> NameFault | None:
    """Return what is wrong with a cleaned name of `longest` characters at most, None where nothing is."""
    if not name:
        return NameFault.EMPTY
    if len(name) > longest:
        return NameFault.TOO_LONG
    return NameFault.ADDRESS if holds_address(name) else None


def holds_address(text: str) -> bool:
    """Return whether a program may turn a part of the text into a link or a mail address."""
    plain = unicodedata.normalize("NFKC", text).translate(_DOTS)
    if "@" in plain or _SCHEME.search(plain.casefold()) or _NUMBERED_HOST.search(plain) or _PATH.search(plain):
        return True
    return any(not _is_initial(host["label"], host["end"]) for host in _HOST.finditer(plain))


def _is_initial(label: str, end: str) -> bool:
    return len(label) == 1 and label.isupper() and end[0].isupper() and not end.isupper()
