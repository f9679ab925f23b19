"""Registration only: screens, icons, the order of the menu."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.compare import register_comparison_class
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.permissions import register_permission_policy

from festival.cms.audit_viewsets import AuditViewSet
from festival.cms.edition_viewsets import EditionViewSetGroup
from festival.cms.in_use import keep_accounts
from festival.cms.outbox_viewsets import OutgoingMailViewSet
from festival.cms.records import RecordPolicy
from festival.cms.upkeep import UpkeepPanel
from festival.cms.viewsets import NewsViewSet
from festival.models import AuditEntry, OutgoingMail, User
from festival.text.translated import TranslatedTextField
from festival.text.translated_comparison import TranslatedComparison

MENU_ORDER = {"images": 800, "documents": 810}
ICONS = ["half-disc.svg", "pennant.svg", "eight-star.svg"]


for model in (AuditEntry, OutgoingMail):
    register_permission_policy(model, RecordPolicy(model))

register_comparison_class(TranslatedTextField, comparison_class=TranslatedComparison)


@hooks.register("register_admin_viewset")
def festival_screens() -> list[Any]:
    """Show the edition, the list of news, the mails and the audit log in the admin menu."""
    return [EditionViewSetGroup(), NewsViewSet(), OutgoingMailViewSet(), AuditViewSet()]


@hooks.register("register_icons")
def festival_icons(icons: list[str]) -> list[str]:
    """Offer the cut-outs of the look to the admin."""
    return icons + [f"festival/icons/{name}" for name in ICONS]


@hooks.register("before_delete_user")
def keep_account(request: HttpRequest, user: User) -> HttpResponse | None:
    """Keep an account that did what is kept."""
    return keep_accounts(request, [user])


@hooks.register("before_bulk_action")
def keep_accounts_of(request: HttpRequest, action: str, rows: list[Any], view: Any) -> HttpResponse | None:
    """Keep them when many are deleted at once, too."""
    accounts = [row for row in rows if isinstance(row, User)]
    return keep_accounts(request, accounts) if action == "delete" and request.method == "POST" else None


@hooks.register("construct_homepage_panels")
def upkeep_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Say on the first screen what needs a hand."""
    panels.append(UpkeepPanel())


@hooks.register("construct_main_menu")
def order_main_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Put the work of every day first, the media libraries after it."""
    for item in menu_items:
        item.order = MENU_ORDER.get(item.name, item.order)
