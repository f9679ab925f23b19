"""`fsck` after every test that writes: the checks of the books that its writing can have made unsound."""

import re
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.core.cache import cache
from django.db import connections

WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
READS = re.compile(r'(?:FROM|JOIN) "(\w+)"')

type Check = Callable[[], Iterable[str]]
type Question = tuple[str, tuple]

# The tables that a check has read so far. An app checks what it writes itself; books that start sound stay so while
# none of these is written: what a check reads of a further table hangs on the rows that it found in these.
_read: dict[Check, set[str]] = {}


@dataclass
class _Asked:
    """What a check asks next, and what follows each answer given in sound books; without a question, the end."""

    question: Question | None = None
    then: dict[str, "_Asked"] = field(default_factory=dict)


# A check judges by nothing but what it reads: where all answers are as they were in sound books, the books are sound.
# To ask the same again costs little; to let the ORM word it again was a fifth of the time of all tests.
_sound: dict[Check, _Asked] = {}


@contextmanager
def kept(*, everything=False):
    """Assert at the end of the block that the books are sound.

    Args:
        everything: Run each check; for blocks that write through other connections than this thread's.
    """
    written = set()

    def note(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written.update(WRITES.findall(sql))
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note):
        yield
    apps = {table.partition("_")[0] for table in written}
    due = [
        check
        for name in settings.FSCK_CHECKS
        if everything or name.split(".")[0] in apps
        for check in import_module(name.rpartition(".")[0]).CHECKS
        if everything or check not in _read or written & _read[check]
    ]
    found = [line for check in due if not _is_known_to_be_sound(check) for line in _run(check)]
    assert not found, "\n".join(found)


def _is_known_to_be_sound(check: Check) -> bool:
    """Tell whether the database answers all that this check asks as it once did in sound books."""
    asked = _sound.get(check)
    with connections["default"].cursor() as cursor:
        while asked and asked.question:
            asked = asked.then.get(_answer(cursor, asked.question))
    return asked is not None


def _run(check: Check) -> list[str]:
    """Return what the check finds; where that is nothing, remember the way that it took."""
    questions: list[Question] = []

    def note(execute, sql, params, many, context):
        questions.append((sql, tuple(params or ())))
        return execute(sql, params, many, context)

    cache.clear()  # what stands in there is not asked
    with connections["default"].execute_wrapper(note):
        found = list(check())
    _read.setdefault(check, set()).update(*(READS.findall(sql) for sql, _params in questions))
    if not found:
        _remember(check, questions)
    return found


def _remember(check: Check, questions: list[Question]) -> None:
    asked = _sound.setdefault(check, _Asked())
    with connections["default"].cursor() as cursor:
        for question in questions:
            asked.question = question
            asked = asked.then.setdefault(_answer(cursor, question), _Asked())


def _answer(cursor, question: Question) -> str:
    cursor.execute(*question)
    return repr(cursor.fetchall())
