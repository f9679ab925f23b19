"""The tickets app."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """See `docs/explanation/layers.md` for its rooms."""

    name = "tickets"
