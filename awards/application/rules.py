"""What counts as an answer to a question. Values are what JSON holds; where they come from does not matter here.

| kind | value |
|---|---|
| text, link | a string |
| number | a whole number |
| choice, choices | the short name of an option; a list of them |
| date | `YYYY-MM-DD` |
| file | the uuid of an `EntryFile` |
| budget | a list of lines, `{"label": …, "cents": …}`; spending is negative |
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID


class Fault(StrEnum):
    """Why a value is no answer."""

    MISSING = "missing"
    WRONG_KIND = "wrong_kind"
    TOO_LONG = "too_long"
    NOT_AN_OPTION = "not_an_option"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the rules see it; `unit` is `words` or `characters` where there is a limit."""

    kind: str
    is_required: bool = False
    limit: int | None = None
    unit: str = ""
    options: Collection[str] = ()


def fault_of(value: Any, asked: Asked) -> Fault | None:
    """Return what is wrong with an answer, or None. An empty one is wrong where an answer is required."""
    if value is None or value == "" or value == []:
        return Fault.MISSING if asked.is_required else None
    if not _is_of_kind(value, asked.kind):
        return Fault.WRONG_KIND
    if asked.kind in {"choice", "choices"}:
        chosen = {value} if isinstance(value, str) else set(value)
        return None if chosen <= set(asked.options) else Fault.NOT_AN_OPTION
    if asked.limit is not None and length(value, asked.unit) > asked.limit:
        return Fault.TOO_LONG
    return None


def length(text: str, unit: str) -> int:
    """Return how long a text is: in words (what blanks and dashes part, with a letter or digit), or in characters.

    French blanks before `!` or within `1 000` make no words of their own; a line break is one character.
    """
    if unit == "words":
        return sum(1 for word in re.split(r"[\s–—]+", text) if re.search(r"\w", word))
    return len(text.replace("\r\n", "\n"))


def _is_of_kind(value: Any, kind: str) -> bool:
    match kind:
        case "text" | "choice":
            return isinstance(value, str)
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "choices":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case "link":
            return isinstance(value, str) and _is_link(value)
        case "date":
            return isinstance(value, str) and _parses(date.fromisoformat, value)
        case "file":
            return isinstance(value, str) and _parses(UUID, value)
        case "budget":
            return isinstance(value, list) and all(_is_budget_line(line) for line in value)
    raise ValueError(f"unknown kind of question: {kind!r}")


def _is_link(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_budget_line(line: Any) -> bool:
    if not isinstance(line, Mapping) or set(line) != {"label", "cents"}:
        return False
    cents = line["cents"]
    return isinstance(line["label"], str) and isinstance(cents, int) and not isinstance(cents, bool)


def _parses(convert: Any, value: str) -> bool:
    try:
        convert(value)
    except ValueError:
        return False
    return True
