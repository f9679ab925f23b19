"""What happens when an editor publishes: the caches of the public pages start a new generation."""

from festival.core import generation


def page_changed(**_: object) -> None:
    """Answer Wagtail's page signals."""
    generation.bump()
