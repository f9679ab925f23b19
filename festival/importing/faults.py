"""What is wrong in an imported file, each with the exact place of it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from festival.importing import times
from festival.text.languages import is_language_code, main_language

SHOWN = 60  # characters of a value that a sentence repeats
_JSON_WORDS = {"True": "true", "False": "false", "None": "null"}


class Fault(Exception):
    """Something in the file is wrong; `path` names the place, such as `sessions[3].room`."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class Faults(Exception):
    """All that is wrong in a file, in the order of the file. As a text: a line each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(value: object) -> str:
    """Return a value of the file as a sentence repeats it: short, on one line, printable everywhere."""
    if isinstance(value, dict | list):
        return _("an object") if isinstance(value, dict) else _("a list")
    text = f"“{value[: SHOWN + 1]}”" if isinstance(value, str) else _JSON_WORDS.get(repr(value), repr(value))
    text = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in text)


def join(path: str, *places: str | int) -> str:
    """Return the path of a place below `path`: keys after a dot, positions in brackets."""
    for place in places:
        if isinstance(place, int):
            path = f"{path}[{place}]"
        else:
            key = place if place.isascii() and place.replace("_", "").replace("-", "").isalnum() else shown(place)
            path = f"{path}.{key}" if path else key
    return path


def unknown(value: object, known: Iterable[str]) -> str:
    """Return the sentence about a word that is none of `known`: what may be meant, and what there is."""
    names = sorted(known)
    near = get_close_matches(value, names, n=1) if isinstance(value, str) else []
    words = {"value": shown(value), "known": _listed(names)}
    if near:
        return _("%(value)s is not known; “%(near)s” may be meant; known are %(known)s") % (words | {"near": near[0]})
    return _("%(value)s is not known; known are %(known)s") % words


# The readers below are for parts of a file that are loaded row by row; each stops at the first fault.


def read[T](convert: Callable[[Any], T], value: Any, path: str) -> T:
    """Return `convert(value)`; anything that it cannot take is a Fault at `path`."""
    try:
        return convert(value)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
        raise Fault(path, f"{shown(value)} is not understood ({error})") from error


def required(row: dict[str, Any], key: str, path: str) -> Any:
    """Return `row[key]`, or a Fault where it is missing or null."""
    if not isinstance(row, dict):
        raise Fault(path, _("must be an object"))
    if row.get(key) is None:
        raise Fault(f"{path}.{key}", _("is missing"))
    return row[key]


def rows(data: dict[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the objects of list `data[key]` with their paths, `sessions[0]` first."""
    listed = required(data, key, "file") if key not in data else data[key]
    if not isinstance(listed, list):
        raise Fault(key, _("must be a list"))
    for index, row in enumerate(listed):
        if not isinstance(row, dict):
            raise Fault(f"{key}[{index}]", _("must be an object"))
    return [(f"{key}[{index}]", row) for index, row in enumerate(listed)]


def translated(row: dict[str, Any], key: str, path: str, *, optional: bool = False) -> dict[str, dict[str, str]]:
    """Return `{key: texts by language}` of the object such as {"fr": …, "en": …} at `row[key]`.

    Without `optional` the main language must be there; other languages may come or not.
    """
    value = row.get(key)
    if value is None and optional:
        return {key: {}}
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise Fault(f"{path}.{key}", _("must be an object with a text for each language"))
    if strange := [code for code in value if not is_language_code(code)]:
        raise Fault(f"{path}.{key}.{strange[0]}", _("is not the code of a language"))
    if not optional and not value.get(main_language(), "").strip():
        raise Fault(f"{path}.{key}.{main_language()}", _("is missing"))
    return {key: value}


def one_of[T](known: dict[str, T], value: Any, path: str) -> T:
    """Return what the reference `value` points to; an unknown one is a Fault at `path`."""
    if not isinstance(value, str) or value not in known:
        raise Fault(path, unknown(value, known))
    return known[value]


def moment(value: Any, path: str) -> datetime:
    """Return an aware datetime; a naive one is in the festival's time zone."""
    return _timed(times.read_moment, value, path)


def day(value: Any, path: str) -> date:
    """Return a date from ISO 8601."""
    return _timed(times.read_day, value, path)


def clock_time(value: Any, path: str) -> time:
    """Return a time of day from ISO 8601."""
    return _timed(times.read_clock, value, path)


def _timed[T](reader: Callable[[object], T], value: object, path: str) -> T:
    try:
        return reader(value)
    except ValueError as error:
        raise Fault(path, f"{shown(value)} {error}") from error


def _listed(names: list[str]) -> str:
    shortened = [shown(name).strip("“”") for name in names[:8]]
    return (", ".join(shortened) or "–") + (", …" if len(names) > 8 else "")
