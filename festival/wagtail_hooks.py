"""Registration only: screens, icons, the order of the menu."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from festival.cms.edition_viewsets import EditionViewSetGroup
from festival.cms.viewsets import NewsViewSet

MENU_ORDER = {"images": 800, "documents": 810}
ICONS = ["half-disc.svg", "pennant.svg", "eight-star.svg"]


@hooks.register("register_admin_viewset")
def festival_screens() -> list[Any]:
    """Show the edition and the list of news in the admin menu."""
    return [EditionViewSetGroup(), NewsViewSet()]


@hooks.register("register_icons")
def festival_icons(icons: list[str]) -> list[str]:
    """Offer the cut-outs of the look to the admin."""
    return icons + [f"festival/icons/{name}" for name in ICONS]


@hooks.register("construct_main_menu")
def order_main_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Put the work of every day first, the media libraries after it."""
    for item in menu_items:
        item.order = MENU_ORDER.get(item.name, item.order)
