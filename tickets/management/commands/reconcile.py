"""Ask payment services for everything that is on its way."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from festival.time import clock
from tickets.stripe import reconciling


class Command(BaseCommand):
    """Safe to run at any time, and twice at once: what is known already changes nothing."""

    help = (
        "Ask for every payment and refund on its way at a service, and for refunds made there by hand, as if all "
        "events had been lost."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how far back it looks."""
        parser.add_argument("--days", type=int, default=30, help="how far back refunds made by hand are looked for")

    def handle(self, *, days: int, **options: Any) -> None:
        """Ask, and say how many were settled."""
        within = timedelta(days=days)
        settled = reconciling.reconcile(clock.now(), rests=timedelta(), most=None, made_within=within)
        self.stdout.write(self.style.SUCCESS(f"Settled: {settled}."))
