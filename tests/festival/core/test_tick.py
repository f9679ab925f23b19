from datetime import UTC, datetime, timedelta

import pytest

from festival.core import tick
from festival.core.tick import CLAIM, LATE, Outcome, Report
from festival.core.writing import site_generation, writing
from festival.models import Series, SiteGeneration, TickJob
from tests.racing import at_once

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)
REAL = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
ONE, TWO, BROKEN, INNER = (f"{__name__}.{name}" for name in ("one", "two", "broken", "inner"))
CALLS = []


def one(now):
    CALLS.append(("one", now))
    return 3


def two(now):
    CALLS.append(("two", now))


def broken(now):
    with writing(public=False):
        Series.objects.create(kind="lost")
        raise LookupError("lina@example.org")


def stopped(now):
    raise SystemExit


def inner(now):
    """What another run does meanwhile."""
    CALLS.extend(tick.run(now=now, real_time=lambda: REAL + CLAIM - timedelta(seconds=1)))


@pytest.fixture(autouse=True)
def no_calls():
    CALLS.clear()


@pytest.fixture
def jobs(settings):
    def are(*names):
        settings.TICK_JOBS = list(names)

    return are


def run(real=REAL):
    return tick.run(now=NOW, real_time=lambda: real)


def test_jobs_run_in_order_and_are_told_the_festivals_time(jobs):
    jobs(ONE, TWO)

    assert run() == [Report(ONE, Outcome.DONE, 3), Report(TWO, Outcome.DONE, None)]
    assert CALLS == [("one", NOW), ("two", NOW)]
    job = TickJob.objects.get(name=ONE)
    assert (job.last_started, job.last_finished, job.claimed_until, job.last_error) == (REAL, REAL, None, "")
    assert str(job) == ONE


def test_a_job_that_fails_stops_no_other(jobs, caplog):
    jobs(BROKEN, ONE)

    assert [report.outcome for report in run()] == [Outcome.FAILED, Outcome.DONE]
    assert not Series.objects.exists()
    job = TickJob.objects.get(name=BROKEN)
    assert (job.last_error, job.last_finished, job.claimed_until) == ("LookupError", None, None)
    assert f"The periodic job {BROKEN} failed." in caplog.text


def test_a_job_that_works_again_forgets_its_error(jobs):
    TickJob.objects.create(name=ONE, last_error="LookupError")
    jobs(ONE)

    run()

    assert TickJob.objects.get().last_error == ""


def test_a_name_that_leads_nowhere_is_a_failure(jobs, caplog):
    jobs("festival.core.chores.nothing", ONE)

    assert [report.outcome for report in run()] == [Outcome.FAILED, Outcome.DONE]


def test_a_second_run_leaves_alone_what_the_first_is_at(jobs):
    jobs(INNER, ONE)

    run()

    inner_one, *inner_reports, outer_one = CALLS
    assert inner_reports == [Report(INNER, Outcome.BUSY), Report(ONE, Outcome.DONE, 3)]
    assert inner_one == outer_one == ("one", NOW)


def test_the_job_of_a_killed_run_is_free_again_after_a_while(jobs):
    jobs(ONE)
    TickJob.objects.create(name=ONE, claimed_until=REAL + CLAIM)

    assert run()[0].outcome == Outcome.BUSY
    assert run(REAL + CLAIM)[0].outcome == Outcome.DONE


def test_a_run_that_is_stopped_gives_its_job_back(jobs):
    jobs(f"{__name__}.stopped")

    with pytest.raises(SystemExit):
        run()

    job = TickJob.objects.get()
    assert (job.claimed_until, job.last_error) == (None, "SystemExit")


def test_a_run_whose_claim_ran_out_leaves_the_next_one_its_own(jobs):
    """The slow one ends while another has the job: that one's claim stays."""
    jobs(f"{__name__}.slow")
    run()

    job = TickJob.objects.get()
    assert (job.claimed_until, job.last_finished) == (REAL + 3 * CLAIM, None)


def slow(now):
    TickJob.objects.update(claimed_until=REAL + 3 * CLAIM)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_do_each_job_once_at_a_time(jobs):
    jobs(f"{__name__}.counts")

    outcomes = at_once(4, lambda number: run()[0].outcome)

    assert set(outcomes) <= {Outcome.DONE, Outcome.BUSY}
    assert outcomes.count(Outcome.DONE) == len(CALLS) >= 1


def counts(now):
    CALLS.append("counted")


def test_each_job_sees_what_other_processes_published(jobs):
    SiteGeneration.objects.create(pk=1, number=4)
    jobs(f"{__name__}.reads", f"{__name__}.publishes_elsewhere", f"{__name__}.reads")

    run()

    assert CALLS == ["4", "9"]


def reads(now):
    CALLS.append(site_generation())


def publishes_elsewhere(now):
    SiteGeneration.objects.update(number=9)


def test_late_jobs_are_named(jobs):
    jobs(ONE, TWO, BROKEN)
    TickJob.objects.create(name=ONE, last_finished=REAL - LATE + timedelta(seconds=1))
    TickJob.objects.create(name=TWO, last_finished=REAL - LATE)

    assert tick.late_jobs(REAL) == [TWO, BROKEN]
