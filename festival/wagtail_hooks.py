"""Registration only."""

from typing import Any

from wagtail import hooks

from festival.viewsets import EditionViewSetGroup, NewsViewSet


@hooks.register("register_admin_viewset")
def festival_screens() -> list[Any]:
    """Show the edition and the list of news in the admin menu."""
    return [EditionViewSetGroup(), NewsViewSet()]
