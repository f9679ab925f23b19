"""Worlds that are built once: the next test that asks for one writes the same rows again, without factories and ORM."""

import pickle
import re
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.utils.translation import get_language
from factory.base import BaseFactory

from festival.core import writing

TABLES = re.compile(r'(?:FROM|JOIN|INTO|^UPDATE) "(\w+)"')


@dataclass
class _Test:
    """What the running test has written so far: its worlds, in order, and the tables that anything else wrote to."""

    worlds: list[tuple] = field(default_factory=list)
    strange: set[str] = field(default_factory=set)
    is_building: bool = False


@dataclass(frozen=True)
class _World:
    """How a world was written, what its function returned, and how far its factories had counted."""

    statements: list[tuple[str, Any, bool]]
    tables: set[str]
    result: bytes
    counters: dict[type, int]


_test = _Test()
_worlds: dict[tuple, _World] = {}


@contextmanager
def watched():
    """Notice within the block, which is one test, what is written beside the worlds."""
    global _test
    _test = _Test()

    def note(execute, sql, params, many, context):
        if not _test.is_building and sql.startswith(("INSERT", "UPDATE", "DELETE")):
            _test.strange.update(TABLES.findall(sql))
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note):
        yield


def remembered(build: Callable) -> Callable:
    """Make a fixture's function, or one that takes texts, write its rows from memory where they would be the same.

    They are the same when the test has made the same worlds before, at the same time and in the same language, and has
    written nothing else to a table that the world reads or writes. The function must return rows, or tuples or dicts of
    them, and do nothing else but write rows; each test gets rows of its own.
    """
    name = f"{build.__module__}.{build.__qualname__}"

    @wraps(build)
    def made(*args, **kwargs):
        connection = connections["default"]
        if _test.is_building or not (connection.in_atomic_block and connection.atomic_blocks[0]._from_testcase):
            return build(*args, **kwargs)
        key = (name, *(each for each in args if isinstance(each, str)), settings.FESTIVAL_CLOCK, get_language())
        key = (*key, *_test.worlds)
        _test.worlds.append(key)
        world = _worlds.get(key)
        _test.is_building = True
        try:
            if world and not world.tables & _test.strange:
                return _written_again(world)
            world = _built(build, args, kwargs)
        finally:
            _test.is_building = False
        if world.tables & _test.strange:
            _test.strange |= {table for sql, _params, _many in world.statements for table in TABLES.findall(sql)}
        else:
            _worlds[key] = world
        return pickle.loads(world.result)

    return made


def _built(build: Callable, args: tuple, kwargs: dict) -> _World:
    statements, tables = [], set()

    def note(execute, sql, params, many, context):
        tables.update(TABLES.findall(sql))
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            statements.append((sql, params, many))
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note):
        result = build(*args, **kwargs)
    counters = {each: each._meta._counter.seq for each in _factories(BaseFactory) if each._meta._counter}
    return _World(statements, tables, pickle.dumps(result), counters)


def _written_again(world: _World) -> Any:
    with transaction.atomic(), connections["default"].cursor() as cursor:
        for sql, params, many in world.statements:
            (cursor.executemany if many else cursor.execute)(sql, params)
    cache.clear()
    writing.forget_generation()
    # What the test makes itself must not bear the numbers of what stands there already.
    for each, count in world.counters.items():
        each.reset_sequence(count, force=True)
    return pickle.loads(world.result)


def _factories(above: type) -> list[type]:
    return [one for each in above.__subclasses__() for one in (each, *_factories(each))]
