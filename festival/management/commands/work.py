"""Run background work: mails, PDFs."""

import time
from argparse import ArgumentParser

from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from festival.core import background


class Command(db_worker.Command):
    """`db_worker` on our queue that also puts back, once a minute, what a killed worker left behind."""

    help = "Send mails and do other background work until stopped (or until done, with --batch)."
    rounds_between_reaping = 60

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the arguments of `db_worker`, on the backend that stores our work."""
        super().add_arguments(parser)
        parser.set_defaults(backend_name="outbox", reload=False, startup_delay=False)

    def handle(self, *, batch: bool, interval: float, **options: object) -> None:  # type: ignore[override]
        """Work through the queue, again and again."""
        rounds = 0
        while True:
            if rounds % self.rounds_between_reaping == 0:
                background.reap(now=timezone.now())
            super().handle(batch=True, interval=interval, **options)  # type: ignore[arg-type]
            if batch:
                return
            rounds += 1
            time.sleep(interval)
