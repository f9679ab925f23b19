"""The program app."""

from django.apps import AppConfig


class ProgramConfig(AppConfig):
    """See `docs/explanation/layers.md` for its rooms."""

    name = "program"
