from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from festival.core import background

pytestmark = pytest.mark.django_db
RUNS = []


@task(backend="outbox")
def succeed(number):
    RUNS.append(number)


@task(backend="outbox")
def fail():
    raise ConnectionError("the mail server is down")


@pytest.fixture(autouse=True)
def no_runs():
    RUNS.clear()


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (20, 3600)])
def test_pause_after_doubles_up_to_an_hour(attempt, seconds):
    assert background.pause_after(attempt) == timedelta(seconds=seconds)


@pytest.mark.django_db(transaction=True)
def test_work_runs_a_task_once():
    succeed.enqueue(7)

    call_command("work", batch=True, interval=0, verbosity=0)
    call_command("work", batch=True, interval=0, verbosity=0)

    assert RUNS == [7]


def test_failed_task_is_put_back_for_later(run_outbox):
    result = fail.enqueue()

    run_outbox()

    row = DBTaskResult.objects.get(pk=result.id)
    assert row.status == TaskResultStatus.READY
    assert timedelta(seconds=20) < row.run_after - row.enqueued_at < timedelta(seconds=60)


def test_failed_task_gives_up_after_its_attempts(run_outbox):
    result = fail.enqueue()

    for _ in range(background.ATTEMPTS):
        DBTaskResult.objects.filter(pk=result.id).update(run_after=datetime(2020, 1, 1, tzinfo=UTC))
        run_outbox()

    row = DBTaskResult.objects.get(pk=result.id)
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.FAILED, background.ATTEMPTS)


@pytest.mark.parametrize(("minutes", "status"), [(9, TaskResultStatus.RUNNING), (11, TaskResultStatus.READY)])
def test_reap_takes_back_what_a_killed_worker_held(minutes, status):
    result = succeed.enqueue(1)
    now = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)
    rows = DBTaskResult.objects.filter(pk=result.id)
    rows.update(status=TaskResultStatus.RUNNING, started_at=now - timedelta(minutes=minutes))

    background.reap(now=now)

    assert rows.get().status == status
