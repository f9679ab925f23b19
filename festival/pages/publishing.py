"""What happens when an editor publishes: the caches of the public pages start a new generation."""

from festival.core.writing import writing


def page_changed(**_: object) -> None:
    """Answer Wagtail's page signals."""
    with writing(public=True):
        pass
