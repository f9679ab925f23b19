"""Registration only: screens, icons, the order of the menu."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.permissions import register_permission_policy

from festival.cms.audit_viewsets import AuditViewSet
from festival.cms.outbox_viewsets import OutgoingMailViewSet
from festival.cms.records import RecordPolicy
from festival.cms.upkeep import UpkeepPanel
from festival.cms.viewsets import EditionViewSetGroup, NewsViewSet
from festival.models import AuditEntry, OutgoingMail

MENU_ORDER = {"images": 800, "documents": 810}
ICONS = ["village.svg", "fest.svg", "prix.svg"]


for model in (AuditEntry, OutgoingMail):
    register_permission_policy(model, RecordPolicy(model))


@hooks.register("register_admin_viewset")
def festival_screens() -> list[Any]:
    """Show the edition, the list of news, the mails and the audit log in the admin menu."""
    return [EditionViewSetGroup(), NewsViewSet(), OutgoingMailViewSet(), AuditViewSet()]


@hooks.register("register_icons")
def festival_icons(icons: list[str]) -> list[str]:
    """Offer the marks of the three parts of the week to the admin."""
    return icons + [f"festival/icons/{name}" for name in ICONS]


@hooks.register("construct_homepage_panels")
def upkeep_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Say on the first screen what needs a hand."""
    panels.append(UpkeepPanel())


@hooks.register("construct_main_menu")
def order_main_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Put the work of every day first, the media libraries after it."""
    for item in menu_items:
        item.order = MENU_ORDER.get(item.name, item.order)
