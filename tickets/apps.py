"""The tickets app."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """See `docs/explanation/layers.md` for its rooms."""

    name = "tickets"

    def ready(self) -> None:
        """Register the system checks."""
        from tickets.orders import checks  # noqa: F401, PLC0415 -- app registry
