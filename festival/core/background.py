"""Background work that survives failures: retries with growing pauses, and a lease that a living worker prolongs.

`django-tasks-db` stores a task in the transaction of the fact, but never retries and leaves what a killed worker held
running for ever. Both gaps are closed here (decision 0023). All moments are real time, as that package stamps them.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, close_old_connections, connections
from django.tasks import TaskResult, TaskResultStatus
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from festival.core.writing import writing_statement

LONGEST_PAUSE = timedelta(hours=1)
GIVES_UP_AFTER = timedelta(days=3)  # a weekend without mail server; RFC 5321, 4.5.4.1, asks for days, not for hours
LEASE = timedelta(minutes=2)
HEARTBEAT = timedelta(seconds=30)


def pause_after(attempt: int) -> timedelta:
    """Return how long to wait after failed attempt number `attempt` (from 1): 30 s, doubling, at most an hour."""
    return min(timedelta(seconds=30 * 2 ** min(attempt - 1, 10)), LONGEST_PAUSE)


def attempts_within(span: timedelta) -> int:
    """Return how many attempts there are until the pauses between them are as long as `span` together."""
    attempt, waited = 1, timedelta()
    while waited < span:
        waited += pause_after(attempt)
        attempt += 1
    return attempt


ATTEMPTS = attempts_within(GIVES_UP_AFTER)


def retry_failed(*, task_result: TaskResult[..., Any], **_: object) -> None:
    """Put a failed task back, until it has had its attempts. Answers Django's `task_finished` signal."""
    if task_result.status != TaskResultStatus.FAILED:
        return
    attempt = len(task_result.worker_ids)
    if attempt < ATTEMPTS:
        with writing_statement():
            DBTaskResult.objects.filter(pk=task_result.id).update(
                status=TaskResultStatus.READY, run_after=timezone.now() + pause_after(attempt)
            )


def take_back(now: datetime) -> int:
    """Put back tasks whose worker has not been heard of for a lease, and return how many.

    One that was tried for an hour waits as after a failure, and one that has had its attempts fails: it may be what
    kills the workers.
    """
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - LEASE)
    count = 0
    for pk, workers in lost.values_list("pk", "worker_ids"):
        gives_up, pause = len(workers) >= ATTEMPTS, pause_after(len(workers))
        with writing_statement():
            count += lost.filter(pk=pk).update(
                status=TaskResultStatus.FAILED if gives_up else TaskResultStatus.READY,
                finished_at=now if gives_up else None,
                run_after=now + (pause if pause == LONGEST_PAUSE else timedelta()),
            )
    return count


class Worker(db_worker.Worker):
    """A worker that says now and then that it lives, while it is at a task."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Run the task as the package does, with its lease prolonged meanwhile."""
        with heartbeat(db_task_result.pk):
            super().run_task(db_task_result)


@contextmanager
def heartbeat(task_id: UUID, every: timedelta = HEARTBEAT) -> Iterator[None]:
    """Prolong the lease of a running task while the block runs, from a thread that dies with the process."""
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(task_id, every, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(task_id: UUID, every: timedelta, done: threading.Event) -> None:
    try:
        while not done.wait(every.total_seconds()):
            close_old_connections()
            with suppress(DatabaseError), writing_statement():  # the next beat tries again
                running = DBTaskResult.objects.filter(pk=task_id, status=TaskResultStatus.RUNNING)
                running.update(started_at=timezone.now())
    finally:
        connections.close_all()
