"""What needs a hand, on the first screen of the admin: late jobs, mails given up, translations left behind."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from festival.core import tick
from festival.models import OutgoingMail, User
from festival.pages import translations


class UpkeepPanel(Component):
    """Prints nothing when all is well, or to those who can do nothing about it."""

    name = "upkeep"
    template_name = "festival/cms/upkeep.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Count for those who can do something about it."""
        user: User = (parent_context or {})["request"].user
        facts: dict[str, Any] = {}
        if page_permission_policy.user_has_any_permission(user, {"change", "publish"}):
            facts["left_behind"] = translations.left_behind()
        if not user.has_perm("festival.view_outgoingmail"):
            return facts
        return facts | {
            "late_jobs": tick.late_jobs(timezone.now()),
            "given_up": OutgoingMail.objects.given_up().count(),
            "held_up": OutgoingMail.objects.held_up().aggregate(mails=Count("pk"), error=Max("last_error")),
        }
