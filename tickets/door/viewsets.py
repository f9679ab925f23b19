"""Admin screens of the door: lists, gates, phones, and the log of scans, which is read and exported, never edited."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from festival.cms.columns import MomentColumn
from festival.cms.viewsets import PlannedIndexView, in_both
from tickets.models import Checkin, CheckinList, Device, Gate


class LogPolicy(ModelPermissionPolicy):
    """Rows that only the door writes: whoever may see them may neither add, change nor delete one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer as Django does about seeing; refuse the rest."""
        return action == "view" and bool(super().user_has_permission(user, action))


class PhonePolicy(ModelPermissionPolicy):
    """Phones come by themselves at the door and stay, because scans name them; they can be renamed and withdrawn."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer as Django does, but never allow to add or delete."""
        return action not in {"add", "delete"} and bool(super().user_has_permission(user, action))


class CheckinListViewSet(ModelViewSet):
    """What a scanner checks against."""

    model = CheckinList
    name = "checkin-lists"
    icon = "list-ul"
    menu_label = _("Check-in lists")
    list_display = ["name", "day", "edition"]
    list_filter = ["edition", "day"]
    search_fields = ["name_fr", "name_en", "slug"]
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("day"), FieldPanel("slug")]),
        in_both("name"),
        HelpPanel(
            _("A ticket is let in once on each list, if its product is ticked here and it is valid on the list’s day.")
        ),
        FieldPanel("products"),
    ]


class GateViewSet(ModelViewSet):
    """Where people are let in."""

    model = Gate
    name = "gates"
    icon = "home"
    menu_label = _("Gates")
    list_display = ["name", "slug", "edition"]
    list_filter = ["edition"]
    panels = [FieldRowPanel([FieldPanel("edition"), FieldPanel("slug")]), in_both("name")]


class DeviceViewSet(ModelViewSet):
    """The phones of the door team."""

    model = Device
    name = "door-phones"
    icon = "mobile-alt"
    menu_label = _("Door phones")
    list_display = ["name", "user", "list", "gate", MomentColumn("created_at", label=_("First used")), "revoked_at"]
    list_filter = ["gate", "list"]
    search_fields = ["name", "user__email"]
    list_per_page = 50
    panels = [
        FieldPanel("name"),
        HelpPanel(_("Lost a phone? Give the moment of its loss: its next scan is refused and it is signed out.")),
        FieldPanel("revoked_at"),
    ]


class CheckinIndexView(PlannedIndexView):
    """Scans with what they name."""

    select_related = ("position", "list", "gate", "device", "user")


class CheckinViewSet(ModelViewSet):
    """Every scan as it happened."""

    model = Checkin
    index_view_class = CheckinIndexView
    name = "scans"
    icon = "clipboard-list"
    menu_label = _("Scans")
    list_display = [MomentColumn("at", label=_("Scanned")), "verdict", "position", "list", "gate", "device", "user"]
    list_filter = ["verdict", "list", "gate", "device", "source"]
    search_fields = ["position__short_code", "position__attendee_name", "code_sha256"]
    list_export = ["id", "at", "received_at", "verdict", "position", "list", "gate", "device", "source"]
    export_filename = "scans"
    inspect_view_enabled = True
    inspect_view_fields = ["at", "received_at", "verdict", "position", "list", "gate", "device", "user", "source", "id"]
    form_fields = ["verdict"]  # asked for by the base class; the policy lets nobody reach the form
    list_per_page = 100


door_viewsets = (CheckinListViewSet, GateViewSet, DeviceViewSet, CheckinViewSet)
door_policies = {Device: PhonePolicy, Checkin: LogPolicy}
