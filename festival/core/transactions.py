"""How a change is written: one short transaction, and on SQLite one writer at a time.

SQLite lets one connection write; its busy handler retries at random, so that under load some writers starve (measured:
one commit in four seconds). A lock on a side file, taken before BEGIN, makes them queue instead (decision 0011).
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def write_transaction(using: str = "default") -> Iterator[None]:
    """Run the block in a transaction; within another one, in a savepoint of it.

    Enter it with everything prepared and leave it soon: on SQLite nobody else writes meanwhile.
    """
    connection = connections[using]
    with nullcontext() if connection.in_atomic_block else _turn(connection), transaction.atomic(using=using):
        yield


@contextmanager
def write_statement(using: str = "default") -> Iterator[None]:
    """Run the block's one statement, which is a transaction of its own: no BEGIN, no COMMIT; else as above."""
    connection = connections[using]
    with transaction.atomic(using=using) if connection.in_atomic_block else _turn(connection):
        yield


@contextmanager
def _turn(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Wait for the only place of a writer; the lock goes with the file, even when the process is killed."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name:
        yield
        return
    with Path(f"{name}.lock").open("w") as side_file:
        fcntl.flock(side_file, fcntl.LOCK_EX)
        yield
