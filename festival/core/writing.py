"""How a change is written: one short transaction, one writer at a time on SQLite, and the caches told about it.

SQLite lets one connection write; its busy handler retries at random, so that under load some writers starve (measured:
one commit in four seconds). A lock on a side file, taken before BEGIN, makes them queue instead (decision 0011).

The site's generation is a number in the database that grows whenever something public changes; every cache is keyed by
it, in every process alike (decision 0005).
"""

import fcntl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from django.core.signals import request_started
from django.db import connection, transaction
from django.db.models import F
from django.tasks.signals import task_started

from festival.models import SiteGeneration


@dataclass(slots=True)
class _Block:
    """An open `writing` block that is in no other one."""

    is_public: bool


_open: ContextVar[_Block | None] = ContextVar("open_writing_block", default=None)
_seen: ContextVar[int | None] = ContextVar("site_generation", default=None)


@contextmanager
def writing(*, public: bool) -> Iterator[None]:
    """Run the block in a transaction; within another one, in a savepoint of it.

    Enter it with everything prepared and leave it soon: on SQLite nobody else writes meanwhile.

    Args:
        public: Whether visitors can see what is written. If so, the site gets a new generation in the same transaction.
            It happens at the end of the outermost block, so that the generation's row, which all public changes share,
            is locked last and shortly, and two writers never wait for each other crosswise.
    """
    outer = _open.get()
    if outer is not None:
        outer.is_public |= public
        with transaction.atomic():
            _close_caches(public=public)
            yield
        return
    block = _Block(public)
    token = _open.set(block)
    try:
        with nullcontext() if connection.in_atomic_block else _turn(), transaction.atomic():
            _close_caches(public=public)
            yield
            _close_caches(public=block.is_public)
            if block.is_public:
                _start_generation()
    finally:
        _open.reset(token)


@contextmanager
def writing_statement() -> Iterator[None]:
    """Run the block's one statement, which is a transaction of its own: no BEGIN, no COMMIT; else as above.

    Only for what no visitor sees: a new generation would be a second statement.
    """
    with transaction.atomic() if connection.in_atomic_block else _turn():
        yield


def require_transaction(what: str) -> None:
    """Raise RuntimeError outside a transaction; `what` begins the sentence: "Numbers are given"."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{what} only within the transaction of the fact that they belong to.")


def forbid_transaction(what: str) -> None:
    """Raise RuntimeError within a `writing` block; `what` begins the sentence: "Stripe is called".

    Whoever waits for another machine there lets every writer wait, and cannot take back what that machine did.
    """
    if _open.get() is not None:
        raise RuntimeError(f"{what} only outside of transactions.")


def site_generation() -> str:
    """Return what keys of shared caches hold; the database is asked once a request, or once a task.

    Within a transaction that changes something public it is a new word at every call: what is read there may still be
    rolled back, so nobody else must ever find it.
    """
    if _caches_are_closed():
        return f"uncommitted-{uuid.uuid4().hex}"
    number = _seen.get()
    if number is None:
        number = SiteGeneration.objects.values_list("number", flat=True).filter(pk=1).first() or 0
        _seen.set(number)
    return str(number)


def forget_generation(**_: object) -> None:
    """Ask the database anew at the next call; runs when a request or a task starts, and after a public change."""
    _seen.set(None)


def _start_generation() -> None:
    if not SiteGeneration.objects.filter(pk=1).update(number=F("number") + 1):
        SiteGeneration.objects.create(pk=1, number=1)


def _close_caches(*, public: bool) -> None:
    """Note the change with the transaction itself: the note goes when it is committed, and when it is rolled back."""
    if public and not _caches_are_closed():
        transaction.on_commit(forget_generation)


def _caches_are_closed() -> bool:
    return any(forget_generation in hook for hook in connection.run_on_commit)


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for the only place of a writer; the lock goes with the file, even when the process is killed."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name:
        yield
        return
    with Path(f"{name}.lock").open("w") as side_file:
        fcntl.flock(side_file, fcntl.LOCK_EX)
        yield


request_started.connect(forget_generation, dispatch_uid="festival.core.writing.forget_generation")
task_started.connect(forget_generation, dispatch_uid="festival.core.writing.forget_generation")
