"""Background work that survives failures: retries with growing pauses, a lease when a worker dies.

`django-tasks-db` stores a task in the transaction of the fact, but never retries and leaves what a killed worker held
running for ever. Both gaps are closed here (decision 0006).
"""

from datetime import datetime, timedelta
from typing import Any

from django.tasks import TaskResult, TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

ATTEMPTS = 8
LEASE = timedelta(minutes=10)


def pause_after(attempt: int) -> timedelta:
    """Return how long to wait after failed attempt number `attempt` (from 1): 30 s, doubling, at most an hour."""
    return min(timedelta(seconds=30 * 2 ** (attempt - 1)), timedelta(hours=1))


def retry_failed(*, task_result: TaskResult[..., Any], **_: object) -> None:
    """Put a failed task back, until it has had its attempts. Answers Django's `task_finished` signal."""
    if task_result.status != TaskResultStatus.FAILED:
        return
    attempt = len(task_result.worker_ids)
    if attempt < ATTEMPTS:
        DBTaskResult.objects.filter(pk=task_result.id).update(
            status=TaskResultStatus.READY, run_after=timezone.now() + pause_after(attempt)
        )


def reap(*, now: datetime) -> int:
    """Put back tasks that have been running for longer than their lease; return how many."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - LEASE).update(
        status=TaskResultStatus.READY
    )
