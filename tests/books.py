"""`fsck` after every test that writes: the checks of the books that its writing can have made unsound."""

import re
from contextlib import contextmanager
from importlib import import_module

from django.conf import settings
from django.db import connections

WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
READS = re.compile(r'(?:FROM|JOIN) "(\w+)"')

# The tables that a check has read so far. An app checks what it writes itself; books that start sound stay so while
# none of these is written: what a check reads of a further table hangs on the rows that it found in these.
_read: dict[str, set[str]] = {}


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
        name
        for name in settings.FSCK_CHECKS
        if everything or (name.split(".")[0] in apps and (name not in _read or written & _read[name]))
    ]
    assert [line for name in due for line in _check(name)] == []


def _check(dotted: str) -> list[str]:
    module, function = dotted.rsplit(".", 1)
    read = _read.setdefault(dotted, set())

    def note(execute, sql, params, many, context):
        read.update(READS.findall(sql))
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note):
        return getattr(import_module(module), function)()
