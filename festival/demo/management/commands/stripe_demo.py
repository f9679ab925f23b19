"""Run the stand-in for Stripe beside the demonstration."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from festival.demo.stripe_server.serving import serving


class Command(BaseCommand):
    """Serves until it is stopped; `serve.sh` starts it in the demonstration."""

    help = "Serve the page on which visitors of the demonstration try to pay. No money moves."

    def handle(self, **options: Any) -> None:
        """Serve where `STRIPE_API_BASE` says."""
        place = settings.STRIPE.stand_in
        if place is None:
            raise CommandError("stripe_demo is only for the demonstration, and only while no other Stripe is set.")
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        try:
            with serving(
                key=settings.STRIPE_SECRET_KEY,
                secret=settings.STRIPE_WEBHOOK_SECRET,
                events_url=f"{settings.BASE_URL}{reverse('tickets-stripe-events')}",
                host=place[0],
                port=place[1],
                file=settings.VAR_DIR / "stripe-demo.json",
            ):
                stopped.wait()
        except OSError as error:
            raise CommandError(f"{settings.STRIPE_API_BASE}: {error}. Nobody can try to pay by card.") from error
