"""Ask payment services for everything that is on its way."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from festival.time import clock
from tickets.stripe import reconciling


class Command(BaseCommand):
    """Safe to run at any time, and twice at once: what is known already changes nothing."""

    help = "Ask for every payment and refund on its way at a service, as if all its events had been lost."

    def handle(self, **options: Any) -> None:
        """Ask, and say how many were settled."""
        settled = reconciling.reconcile(clock.now(), rests=timedelta())
        self.stdout.write(self.style.SUCCESS(f"Settled: {settled}."))
