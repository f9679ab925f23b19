"""Registration only: screens, icons, the order of the menu."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.compare import register_comparison_class
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.permissions import register_permission_policy

from festival.cms.audit_viewsets import AuditViewSet
from festival.cms.edition_viewsets import EditionViewSetGroup
from festival.cms.in_use import keep_what_is_in_use
from festival.cms.outbox_viewsets import OutgoingMailViewSet
from festival.cms.records import record_policy
from festival.cms.upkeep import UpkeepPanel
from festival.cms.viewsets import NewsViewSet
from festival.models import AuditEntry, OutgoingMail, User
from festival.text.translated import TranslatedTextField
from festival.text.translated_comparison import TranslatedComparison
from festival.typed.forms import refuse_unreadable
from festival.uploads.forms import PictureField
from festival.web import accounts

MENU_ORDER = {"images": 800, "documents": 810}
ICONS = ["half-disc.svg", "pennant.svg", "eight-star.svg"]


for model in (AuditEntry, OutgoingMail):
    register_permission_policy(model, record_policy(model))

# The portraits of accounts are uploads like any other.
AvatarPreferencesForm.base_fields["avatar"] = PictureField(label=gettext_lazy("Portrait"), required=False)

# Wagtail takes these apart before any validator of the model has seen them.
for name in ("old_path", "redirect_link"):
    RedirectForm.base_fields[name].validators.append(refuse_unreadable)

register_comparison_class(TranslatedTextField, comparison_class=TranslatedComparison)


hooks.register("before_edit_user", accounts.note_before_edit)
hooks.register("after_edit_user", accounts.tell_of_edit)


@hooks.register("register_admin_viewset")
def festival_screens() -> list[Any]:
    """Show the edition, the list of news, the mails and the audit log in the admin menu."""
    return [EditionViewSetGroup(), NewsViewSet(), OutgoingMailViewSet(), AuditViewSet()]


@hooks.register("insert_global_admin_css")
def festival_style() -> SafeString:
    """Mend what Wagtail's own style sheet does not do for phones."""
    return format_html('<link rel="stylesheet" href="{}">', static("dist/admin.css"))


@hooks.register("register_icons")
def festival_icons(icons: list[str]) -> list[str]:
    """Offer the cut-outs of the look to the admin."""
    return icons + [f"festival/icons/{name}" for name in ICONS]


@hooks.register("before_delete_snippet")
def keep_snippets_in_use(request: HttpRequest, rows: list[Model]) -> HttpResponse | None:
    """Say what uses a row of the programme instead of failing."""
    if not rows:  # of the bulk action, when none of those that were ticked may be deleted by this person
        return None
    table = rows[0]._meta
    screen = reverse(f"wagtailsnippets_{table.app_label}_{table.model_name}:list")
    return keep_what_is_in_use(request, rows, back_to=get_valid_next_url_from_request(request) or screen)


@hooks.register("before_delete_user")
def keep_account(request: HttpRequest, user: User) -> HttpResponse | None:
    """Keep an account that did what is kept."""
    return keep_what_is_in_use(request, [user], back_to=reverse("wagtailusers_users:index"))


@hooks.register("before_bulk_action")
def keep_many_in_use(request: HttpRequest, kind: str, rows: list[Model], action: BulkAction) -> HttpResponse | None:
    """Say what uses a row of those that were ticked; then none of them goes."""
    back_to = get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
    return keep_what_is_in_use(request, rows, back_to=back_to) if kind == "delete" else None


@hooks.register("construct_homepage_panels")
def upkeep_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Say on the first screen what needs a hand."""
    panels.append(UpkeepPanel())


@hooks.register("construct_main_menu")
def order_main_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Put the work of every day first, the media libraries after it."""
    for item in menu_items:
        item.order = MENU_ORDER.get(item.name, item.order)
