"""What counts as an answer to a question, which questions are asked at all, and which answers exclude a project.

Values are what JSON holds; where they come from does not matter here.

| kind | value |
|---|---|
| text, link, video | a string |
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
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the rules see it; `unit` is `words` or `characters` where there is a limit.

    `least` and `most` bound a number; `excluding` are the options that exclude a project.
    """

    kind: str
    is_required: bool = False
    limit: int | None = None
    unit: str = ""
    options: Collection[str] = ()
    least: int | None = None
    most: int | None = None
    excluding: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked: in `categories`, or all where there is none, and with `options` of another question.

    `question` is the short name of that other one; empty where the question depends on no answer.
    """

    categories: Collection[str] = ()
    question: str = ""
    options: Collection[str] = ()


def visible(conditions: Mapping[str, Condition], answers: Mapping[str, Any], category: str) -> set[str]:
    """Return the short names of the questions that are asked of somebody who has answered so in that category.

    All by short name. What is answered to a question that is not asked opens nothing; neither does a question that is
    not there, nor one that, over others, depends on itself.
    """
    return {name for name in conditions if _is_asked(name, conditions, answers, category, frozenset())}


def _is_asked(
    name: str, conditions: Mapping[str, Condition], answers: Mapping[str, Any], category: str, above: frozenset[str]
) -> bool:
    condition = conditions.get(name)
    if condition is None or name in above or (condition.categories and category not in condition.categories):
        return False
    if not condition.question:
        return True
    chosen = _chosen(answers.get(condition.question))
    return bool(chosen & set(condition.options)) and _is_asked(
        condition.question, conditions, answers, category, above | {name}
    )


def excluded(value: Any, asked: Asked) -> set[str]:
    """Return the options that were chosen and that exclude the project; none for any other kind of question."""
    return _chosen(value) & set(asked.excluding) if asked.kind in {"choice", "choices"} else set()


def _chosen(value: Any) -> set[str]:
    items = [value] if isinstance(value, str) else value if isinstance(value, (list, tuple)) else []
    return {item for item in items if isinstance(item, str)}


def fault_of(value: Any, asked: Asked) -> Fault | None:
    """Return what is wrong with an answer, or None. An empty one is wrong where an answer is required."""
    if value is None or value == "" or value == []:
        return Fault.MISSING if asked.is_required else None
    if not _is_of_kind(value, asked.kind):
        return Fault.WRONG_KIND
    if asked.kind in {"choice", "choices"}:
        chosen = {value} if isinstance(value, str) else set(value)
        return None if chosen <= set(asked.options) else Fault.NOT_AN_OPTION
    if asked.kind == "number":
        return _fault_of_number(value, asked)
    if asked.limit is not None and length(value, asked.unit) > asked.limit:
        return Fault.TOO_LONG
    return None


def _fault_of_number(value: int, asked: Asked) -> Fault | None:
    if asked.least is not None and value < asked.least:
        return Fault.TOO_SMALL
    return Fault.TOO_LARGE if asked.most is not None and value > asked.most else None


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
        case "link" | "video":
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
