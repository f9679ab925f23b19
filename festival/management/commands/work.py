"""Run background work: mails, PDFs."""

import time

from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from festival import outbox


class Command(db_worker.Command):
    """`db_worker` on our queue that also puts back, once a minute, what a killed worker left behind."""

    help = "Send mails and do other background work until stopped (or until done, with --batch)."
    rounds_between_reaping = 60

    def handle(self, *, batch: bool, interval: float, **options: object) -> None:  # type: ignore[override]
        """Work through the queue, again and again."""
        options |= {"backend_name": "outbox", "reload": False, "startup_delay": False, "interval": interval}
        rounds = 0
        while True:
            if rounds % self.rounds_between_reaping == 0:
                outbox.reap(now=timezone.now())
            super().handle(batch=True, **options)  # type: ignore[arg-type]
            if batch:
                return
            rounds += 1
            time.sleep(interval)
