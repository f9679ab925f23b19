"""Background work of the ground floor."""

from django.tasks import task

from festival.core import delivery
from festival.time import clock


@task(backend="outbox")
def send_mail(mail_pk: int) -> None:
    """Send one mail of the outbox; one that is sent already is left alone, so a repeated task does nothing."""
    delivery.deliver(mail_pk, now=clock.now())
