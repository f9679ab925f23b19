"""Reads a file as JSON, and finds what JSON lets pass but nobody means: keys twice, NaN, numbers without end."""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from festival.importing.faults import Fault, Faults, join, shown

LARGEST = 20_000_000  # bytes
DEEPEST = 40
_DIGITS = 18
_BROKEN = re.compile(r"[\x00\ud800-\udfff]")  # what JSON can escape and no database keeps
_OTHERS = {"UTF-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE), "UTF-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)}


@dataclass(frozen=True, slots=True)
class _NoNumber:
    """Stands where the file has a number that no program can keep; `text` is how it was written."""

    text: str

    def __repr__(self) -> str:
        return self.text


class _Object(dict[str, Any]):
    """An object of the file that remembers which keys it had twice."""

    doubles: tuple[str, ...] = ()


def read_file(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file. Raises Faults: whatever it is, it is a line or a few, never a traceback."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Faults([Fault(shown(str(path)).strip("“”"), reason)]) from error
    return parse(content)


def parse(content: bytes) -> dict[str, Any]:
    """Return the object that UTF-8 bytes hold, with or without a byte-order mark. Raises Faults."""
    text = _decoded(content)
    try:
        data = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=lambda digits: int(digits) if len(digits) <= _DIGITS else _NoNumber(digits[:30]),
            parse_float=_float,
            parse_constant=_NoNumber,
        )
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno, "reason": error.msg}
        raise _refused(_("is not JSON: line %(line)d, column %(column)d: %(reason)s") % place) from error
    except RecursionError as error:
        raise _refused(_("is nested too deeply")) from error
    if not isinstance(data, dict):
        raise _refused(_("must be an object, with keys such as “edition” and “sessions”"))
    if found := list(_oddities(data)):
        raise Faults(found)
    return data


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise _refused(_("is too large: %(limit)d MB at most") % {"limit": LARGEST // 1_000_000})
    for name, marks in _OTHERS.items():
        if content.startswith(marks):
            raise _refused(_("is written in %(encoding)s; save it as UTF-8") % {"encoding": name})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = {"line": before.count(b"\n") + 1, "byte": f"0x{content[error.start]:02x}"}
        raise _refused(_("is not UTF-8 (line %(line)d, byte %(byte)s); save it as UTF-8") % place) from error
    if not text.strip():
        raise _refused(_("is empty"))
    if "\0" in text:
        raise _refused(_("has bytes of value zero, so it is not a text in UTF-8; save it as UTF-8"))
    return text


def _refused(sentence: str) -> Faults:
    return Faults([Fault("file", sentence)])


def _float(text: str) -> float | _NoNumber:
    number = float(text)
    return number if abs(number) < 10**_DIGITS else _NoNumber(text[:30])


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        times = Counter(key for key, _value in pairs)
        found.doubles = tuple(key for key, count in times.items() if count > 1)
    return found


def _oddities(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each place; goes down without recursion, as deep as the file is."""
    waiting: list[tuple[str, Any, int]] = [("", data, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > DEEPEST:
            yield Fault(path, _("is nested too deeply"))
        elif isinstance(value, dict):
            yield from _odd_keys(value, path)
            waiting += [(join(path, key), inner, depth + 1) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(join(path, place), value[place], depth + 1) for place in reversed(range(len(value)))]
        elif isinstance(value, _NoNumber):
            yield Fault(path, _("%(value)s is a number that cannot be kept") % {"value": shown(value)})
        elif isinstance(value, str) and _BROKEN.search(value):
            yield Fault(path, _("has a character that is broken (half of a pair, or NUL)"))


def _odd_keys(value: dict[str, Any], path: str) -> Iterator[Fault]:
    for key in getattr(value, "doubles", ()):
        yield Fault(join(path, key), _("is there twice in the same object"))
    for key in filter(_BROKEN.search, value):
        yield Fault(join(path, key), _("has a character that is broken (half of a pair, or NUL)"))
