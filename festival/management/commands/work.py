"""Run background work: mails, PDFs."""

import time
from argparse import ArgumentParser
from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from festival.core import outbox
from festival.core.background import Worker

REAPING = timedelta(minutes=1)


class Command(db_worker.Command):
    """`db_worker` on our queue that also puts back, once a minute, what a killed worker left behind."""

    help = "Send mails and do other background work until stopped (or until done, with --batch)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what our one queue needs."""
        parser.add_argument("--batch", action="store_true", help="Do what is due, then end.")
        parser.add_argument(
            "--interval", type=float, default=1, help="Seconds between looks at the queue (default: 1)."
        )

    def handle(self, *, batch: bool, interval: float, verbosity: int, **options: object) -> None:  # type: ignore[override]
        """Work through the queue, again and again."""
        self.configure_logging(verbosity)
        worker = Worker(
            queue_names=["default"],
            interval=interval,
            batch=True,
            backend_name="outbox",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        reaped_at = None
        while worker.running:
            close_old_connections()
            now = timezone.now()
            if reaped_at is None or now - reaped_at >= REAPING:
                outbox.reap(now)
                reaped_at = now
            worker.run()
            if batch:
                return
            time.sleep(interval)
