"""A fault in an imported file, with the exact place of it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from festival.text.languages import is_language_code, main_language
from festival.time import clock


class Fault(Exception):
    """Something in the file is wrong; `path` names the place, such as `sessions[3].room`."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


def read[T](convert: Callable[[Any], T], value: Any, path: str) -> T:
    """Return `convert(value)`; anything that it cannot take is a Fault at `path`."""
    try:
        return convert(value)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise Fault(path, f"{value!r} is not understood ({error})") from error


def required(row: dict[str, Any], key: str, path: str) -> Any:
    """Return `row[key]`, or a Fault where it is missing or null."""
    if not isinstance(row, dict):
        raise Fault(path, "must be an object")
    if row.get(key) is None:
        raise Fault(f"{path}.{key}", "is missing")
    return row[key]


def rows(data: dict[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the objects of list `data[key]` with their paths, `sessions[0]` first."""
    listed = required(data, key, "file") if key not in data else data[key]
    if not isinstance(listed, list):
        raise Fault(key, "must be a list")
    for index, row in enumerate(listed):
        if not isinstance(row, dict):
            raise Fault(f"{key}[{index}]", "must be an object")
    return [(f"{key}[{index}]", row) for index, row in enumerate(listed)]


def translated(row: dict[str, Any], key: str, path: str, *, optional: bool = False) -> dict[str, dict[str, str]]:
    """Return `{key: texts by language}` of the object such as {"fr": …, "en": …} at `row[key]`.

    Without `optional` the main language must be there; other languages may come or not.
    """
    value = row.get(key)
    if value is None and optional:
        return {key: {}}
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise Fault(f"{path}.{key}", "must be an object with a text for each language")
    if strange := [code for code in value if not is_language_code(code)]:
        raise Fault(f"{path}.{key}.{strange[0]}", "is not the code of a language")
    if not optional and not value.get(main_language(), "").strip():
        raise Fault(f"{path}.{key}.{main_language()}", "is missing")
    return {key: value}


def one_of[T](known: dict[str, T], value: Any, path: str) -> T:
    """Return what the reference `value` points to; an unknown one is a Fault at `path`."""
    if value not in known:
        raise Fault(path, f"{value!r} is not known; known are {_listed(known)}")
    return known[value]


def moment(value: Any, path: str) -> datetime:
    """Return an aware datetime; a naive one is in the festival's time zone."""
    parsed = read(datetime.fromisoformat, value, path)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=clock.zone())


def day(value: Any, path: str) -> date:
    """Return a date from ISO 8601."""
    return read(date.fromisoformat, value, path)


def clock_time(value: Any, path: str) -> time:
    """Return a time of day from ISO 8601."""
    return read(time.fromisoformat, value, path)


def _listed(known: Iterable[str]) -> str:
    names = sorted(known)
    return ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
