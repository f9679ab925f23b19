"""Which questions are asked, which answers count, and what may still change once there are answers (decision 0038).

Answers are texts: a number in digits, `yes` or `no`, the short name of an option (several with blanks between), a day
as 2027-05-06, two letters of a country, a phone number as it is dialled, the key of a file and its name.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

YES, NO = "yes", "no"
LONGEST_LINE, LONGEST_TEXT = 200, 2_000
OLDEST = 120  # years

_SPACING = re.compile(r"[\s().\-/\u2010-\u2015\u2212]+")
_DIALLED = re.compile(r"\+?[0-9]{6,15}")  # ITU-T E.164: at most 15 digits


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the rules see it: `parent` is the question (primary key) before it, `values` what that must say."""

    pk: int
    is_required: bool = False
    parent: int | None = None
    values: frozenset[str] = field(default_factory=frozenset)


class Frozen(StrEnum):
    """What cannot change any more once there are answers; a closed list."""

    KIND = "kind"
    SUBJECT = "subject"
    HEALTH = "is_health"
    WORDING = "wording"
    OPTION = "option"
    PRODUCT = "products"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an answer was given to: kind, subject, whether it is about health, the words, and those of each option.

    `products` are primary keys.
    """

    kind: str
    subject: str
    is_health: bool
    text: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    products: frozenset[int] = frozenset()


def parts(answer: str) -> list[str]:
    """Return the short names that an answer holds."""
    return answer.split()


def in_order[T: Asked](questions: Sequence[T]) -> list[T]:
    """Return the questions in their order, each followed at once by those that depend on it.

    One whose parent is not among them comes in its own place; a circle is cut where it is met first.
    """
    known = {one.pk for one in questions}
    done: dict[int, T] = {}

    def add(one: T) -> None:
        if one.pk not in done:
            done[one.pk] = one
            for follower in questions:
                if follower.parent == one.pk:
                    add(follower)

    for one in questions:
        if one.parent not in known:
            add(one)
    for one in questions:
        add(one)
    return list(done.values())


def applies(question: Asked, answers: Mapping[int, str]) -> bool:
    """Return whether a question is asked, given the answers that count so far (by primary key)."""
    return question.parent is None or not question.values.isdisjoint(parts(answers.get(question.parent, "")))


def kept(
    questions: Sequence[Asked], typed: Mapping[int, str], before: Mapping[int, str] | None = None
) -> dict[int, str]:
    """Return the answers that count: to questions that are asked. What follows one that does not, does not either.

    `before` are answers that stand already, to questions that are not among these.
    """
    counting: dict[int, str] = dict(before or {})
    for one in in_order(questions):
        counting.pop(one.pk, None)
        if typed.get(one.pk) and applies(one, counting):
            counting[one.pk] = typed[one.pk]
    return {one.pk: counting[one.pk] for one in questions if one.pk in counting}


def missing(
    questions: Sequence[Asked], answers: Mapping[int, str], before: Mapping[int, str] | None = None
) -> list[int]:
    """Return the questions (primary keys) that are asked, have to be answered, and are not."""
    counting = {**(before or {}), **answers}
    asked = [one for one in questions if one.is_required and not answers.get(one.pk)]
    return [one.pk for one in asked if applies(one, counting)]


def ancestors(pk: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """Return `pk` and the questions before it, the nearest first. A circle ends where it closes."""
    found: list[int] = []
    while pk is not None and pk not in found:
        found.append(pk)
        pk = parents.get(pk)
    return found


def phone(typed: str) -> str | None:
    """Return a phone number as it is dialled, `+33612345678` or `0612345678`; None for what cannot be one."""
    number = _SPACING.sub("", typed)
    if number.startswith("00"):
        number = "+" + number[2:]
    return number if _DIALLED.fullmatch(number) else None


def file_answer(key: str, name: str) -> str:
    """Return the answer that a file is: its key (32 hexadecimal digits) and what its sender called it."""
    return f"{key} {name}"


def file_key(answer: str) -> str:
    """Return the key of the file that an answer is."""
    return answer.partition(" ")[0]


def file_name(answer: str) -> str:
    """Return what the sender called the file that an answer is."""
    return answer.partition(" ")[2]


def refuse_change(
    before: Meaning, after: Meaning, *, chosen: Collection[str], answered_by: Collection[int], is_wording_only: bool
) -> Frozen | None:
    """Return what of a question that has answers would change its sense; None if nothing does.

    Args:
        before: As it was answered.
        after: As it would be.
        chosen: The short names that stand in answers.
        answered_by: The products (primary keys) whose buyers have answered.
        is_wording_only: Whether the organiser has said that the new words mean the same.
    """
    checks = (
        (before.kind != after.kind, Frozen.KIND),
        (before.subject != after.subject, Frozen.SUBJECT),
        (before.is_health and not after.is_health, Frozen.HEALTH),
        (not set(chosen) & set(before.options) <= set(after.options), Frozen.OPTION),
        (not set(answered_by) & before.products <= after.products, Frozen.PRODUCT),
        (not is_wording_only and is_reworded(before, after, chosen), Frozen.WORDING),
    )
    return next((what for fails, what in checks if fails), None)


def is_reworded(before: Meaning, after: Meaning, chosen: Collection[str]) -> bool:
    """Return whether the question, or an option that was chosen, reads otherwise in a language that it had."""
    pairs = [(before.text, after.text)]
    pairs += [(before.options[slug], after.options.get(slug, {})) for slug in chosen if slug in before.options]
    return any(_differs(old, new) for old, new in pairs)


def _differs(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """A language that is added changes nothing for those who have answered."""
    return any(new.get(language, "") != words for language, words in old.items() if words)


def count(answers: Iterable[str]) -> dict[str, int]:
    """Return how often each short name stands in answers; one that chose several counts for each."""
    found: dict[str, int] = {}
    for answer in answers:
        for part in parts(answer):
            found[part] = found.get(part, 0) + 1
    return found
