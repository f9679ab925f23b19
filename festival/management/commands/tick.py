"""Do what waits for its time."""

import signal
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from festival.core import tick
from festival.time import clock


class Command(BaseCommand):
    """Runs the jobs of `TICK_JOBS` once, or again and again. Safe to run twice at once."""

    help = (
        "Do what waits for its time: publish what is scheduled, let unpaid orders expire, take back lost mails, "
        "seal the audit log, clean."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the pause of the loop."""
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="Run again after so many seconds, until stopped."
        )

    def handle(self, *, every: float | None, verbosity: int, **options: Any) -> None:
        """Run, report a line a job, and end with 1 when one failed; the loop goes on whatever fails."""
        if every is None:
            if self._run(verbosity):
                raise SystemExit(1)
            return
        # So that a job which is stopped half way gives its claim back.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        while True:
            self._run(verbosity)
            close_old_connections()
            time.sleep(every)

    def _run(self, verbosity: int) -> bool:
        reports = tick.run(now=clock.now())
        if verbosity:
            for report in reports:
                count = "" if report.count is None else f" ({report.count})"
                self.stdout.write(f"{report.job}: {report.outcome}{count}")
        return any(report.outcome is tick.Outcome.FAILED for report in reports)
