"""The awards app."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """See `docs/explanation/layers.md` for its rooms."""

    name = "awards"
