"""The periodic run: every job that waits for its time, one after the other (decision 0023 names the first of them).

Jobs are idempotent and own their transactions. Two runs at once share the jobs: each job is claimed for a while in a
row of its own, which also says when it was done last. Those rows hold real time, whatever the festival's clock shows.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from festival.core.writing import forget_generation, writing, writing_statement
from festival.models import TickJob

CLAIM = timedelta(minutes=5)  # how long a killed run keeps others from its job
LATE = timedelta(minutes=10)

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """How a job ended."""

    DONE = "done"
    FAILED = "failed"
    BUSY = "busy"  # another run is at it


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one job; `count` is what it says that it did."""

    job: str
    outcome: Outcome
    count: int | None = None


def run(*, now: datetime, real_time: Callable[[], datetime] = timezone.now) -> list[Report]:
    """Run `TICK_JOBS` in order and return a report of each. One that fails is logged and stops no other.

    Args:
        now: The festival's moment, which the jobs are given.
        real_time: Reads the real time, for the notes about the jobs.
    """
    return [_run(job, now, real_time) for job in settings.TICK_JOBS]


def late_jobs(real_now: datetime) -> list[str]:
    """Return the jobs that were not done for ten minutes of real time, or never."""
    on_time = TickJob.objects.filter(last_finished__gt=real_now - LATE).values_list("name", flat=True)
    return [job for job in settings.TICK_JOBS if job not in set(on_time)]


def _run(job: str, now: datetime, real_time: Callable[[], datetime]) -> Report:
    forget_generation()
    started = real_time()
    try:
        if not _claim(job, started):
            return Report(job, Outcome.BUSY)
        try:
            count = import_string(job)(now)
        except BaseException as error:
            _release(job, started, last_error=type(error).__name__)
            raise
        _release(job, started, last_finished=real_time(), last_error="")
    except Exception:
        logger.exception("The periodic job %s failed.", job)
        return Report(job, Outcome.FAILED)
    return Report(job, Outcome.DONE, count)


def _claim(job: str, at: datetime) -> bool:
    with writing(public=False):
        TickJob.objects.bulk_create([TickJob(name=job)], ignore_conflicts=True)
        free = TickJob.objects.filter(Q(claimed_until=None) | Q(claimed_until__lte=at), name=job)
        return bool(free.update(claimed_until=at + CLAIM, last_started=at))


def _release(job: str, started: datetime, **notes: object) -> None:
    """Let others have the job, unless the claim ran out and somebody else has it already."""
    with writing_statement():
        ours = TickJob.objects.filter(name=job, claimed_until=started + CLAIM)
        ours.update(claimed_until=None, **notes)
