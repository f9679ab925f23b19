import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from festival.core import background
from festival.core.background import ATTEMPTS, LEASE, attempts_within, heartbeat, pause_after, take_back

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)
RUNS = []


@task(backend="outbox")
def succeed(number):
    RUNS.append(number)


@task(backend="outbox")
def fail():
    raise ConnectionError("the mail server is down")


@task(backend="outbox")
def wait_to_be_killed(flag):
    """Do what a task does that a killed worker was at."""
    Path(flag).touch()
    time.sleep(60)


@pytest.fixture(autouse=True)
def no_runs():
    RUNS.clear()


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (20, 3600)])
def test_pause_after_doubles_up_to_an_hour(attempt, seconds):
    assert pause_after(attempt) == timedelta(seconds=seconds)


def test_tries_go_on_for_three_days():
    waited = sum((pause_after(attempt) for attempt in range(1, ATTEMPTS)), timedelta())

    assert timedelta(days=3) <= waited <= timedelta(days=3, hours=1)
    assert attempts_within(timedelta()) == 1
    assert attempts_within(timedelta(minutes=2)) == 4


@pytest.mark.django_db(transaction=True)
def test_work_runs_a_task_once():
    succeed.enqueue(7)

    call_command("work", batch=True, interval=0, verbosity=0)
    call_command("work", batch=True, interval=0, verbosity=0)

    assert RUNS == [7]


def test_a_failed_task_is_put_back_for_later(run_outbox):
    result = fail.enqueue()

    run_outbox()

    row = DBTaskResult.objects.get(pk=result.id)
    assert row.status == TaskResultStatus.READY
    assert timedelta(seconds=20) < row.run_after - row.enqueued_at < timedelta(seconds=60)


def test_a_failed_task_gives_up_after_its_attempts(run_outbox):
    result = fail.enqueue()
    DBTaskResult.objects.filter(pk=result.id).update(worker_ids=["a"] * (ATTEMPTS - 3))

    for _ in range(3):
        DBTaskResult.objects.filter(pk=result.id).update(run_after=datetime(2020, 1, 1, tzinfo=UTC))
        run_outbox()

    row = DBTaskResult.objects.get(pk=result.id)
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.FAILED, ATTEMPTS)


def running(**changes):
    rows = DBTaskResult.objects.filter(pk=succeed.enqueue(1).id)
    rows.update(**{"status": TaskResultStatus.RUNNING, "started_at": NOW - LEASE, "worker_ids": ["a"]} | changes)
    return rows


def test_a_worker_that_was_heard_of_keeps_its_task():
    rows = running()

    assert take_back(NOW) == 0
    assert rows.get().status == TaskResultStatus.RUNNING


def test_the_task_of_a_worker_that_is_silent_is_taken_back():
    rows = running(started_at=NOW - LEASE - timedelta(seconds=1))

    assert take_back(NOW) == 1
    row = rows.get()
    assert (row.status, row.finished_at) == (TaskResultStatus.READY, None)
    assert take_back(NOW) == 0


@pytest.mark.parametrize(("workers", "pause"), [(1, timedelta()), (7, timedelta()), (8, timedelta(hours=1))])
def test_what_lost_many_workers_waits_before_it_has_another(workers, pause):
    rows = running(started_at=NOW - 2 * LEASE, worker_ids=["a"] * workers)

    assert take_back(NOW) == 1
    assert rows.get().run_after == NOW + pause


def test_a_task_that_outlived_its_attempts_fails():
    """It may be what kills the workers."""
    rows = running(started_at=NOW - 2 * LEASE, worker_ids=["a"] * ATTEMPTS)

    assert take_back(NOW) == 1
    row = rows.get()
    assert (row.status, row.finished_at) == (TaskResultStatus.FAILED, NOW)


@pytest.mark.django_db(transaction=True)
def test_a_heartbeat_prolongs_the_lease():
    rows = running()

    with heartbeat(rows.get().pk, every=timedelta(milliseconds=10)):
        deadline = time.monotonic() + 10
        while rows.get().started_at == NOW - LEASE and time.monotonic() < deadline:
            time.sleep(0.01)

    assert abs(timezone.now() - rows.get().started_at) < timedelta(seconds=30)


@pytest.mark.django_db(transaction=True)
def test_a_heartbeat_revives_nothing():
    rows = running(status=TaskResultStatus.SUCCESSFUL)

    with heartbeat(rows.get().pk, every=timedelta(milliseconds=5)):
        time.sleep(0.1)

    assert rows.get().started_at == NOW - LEASE


def test_the_worker_beats_while_it_works(run_outbox, monkeypatch):
    """Without the beat, a mail that takes longer than the lease is sent twice."""
    beats = []
    monkeypatch.setattr(background, "heartbeat", lambda pk: beats.append(pk) or heartbeat(pk))
    result = succeed.enqueue(3)

    row = DBTaskResult.objects.get(pk=result.id)
    row.claim("me")
    background.Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="outbox",
        startup_delay=False,
        max_tasks=None,
        worker_id="me",
        excluded_queue_names=[],
    ).run_task(row)

    assert RUNS == [3]
    assert beats == [row.pk]


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing(tmp_path):
    """Kill it in the middle of a task, really; the task is there again after the lease."""
    flag = tmp_path / "at-work"
    result = wait_to_be_killed.enqueue(str(flag))
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "VAR_DIR": str(tmp_path),
    }
    worker = subprocess.Popen([sys.executable, "manage.py", "work", "--verbosity", "0"], env=environment)
    try:
        deadline = time.monotonic() + 60
        while not flag.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait(timeout=10)

    row = DBTaskResult.objects.get(pk=result.id)
    assert row.status == TaskResultStatus.RUNNING
    assert take_back(timezone.now()) == 0
    assert take_back(timezone.now() + LEASE) == 1
