"""Background work: finding out what an event means."""

from django.tasks import task

from festival.time import clock
from tickets.stripe import handling


@task(backend="outbox")
def handle_event(event_pk: int) -> None:
    """Handle one event; one that was handled is left alone, so a repeated task does nothing."""
    handling.handle(event_pk, now=clock.now())
