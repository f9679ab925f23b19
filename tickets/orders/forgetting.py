"""What is kept of an order for a short time only."""

from datetime import datetime, timedelta

from django.conf import settings

from festival.core.writing import writing_statement
from tickets.models import Order


def forget_networks(now: datetime) -> int:
    """Take the trace of its network off each order older than `NETWORKS_KEPT_DAYS`; return how many. Runs in `tick`."""
    before = now - timedelta(days=settings.NETWORKS_KEPT_DAYS)
    with writing_statement():
        return Order.objects.exclude(network="").filter(created_at__lte=before).update(network="")
