"""What needs a hand in the engine room, on the first screen of the admin: late periodic jobs, mails given up."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from festival.core import tick
from festival.models import OutgoingMail, User


class UpkeepPanel(Component):
    """Prints nothing when all is well, or to those who may not see mails."""

    name = "upkeep"
    template_name = "festival/cms/upkeep.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Count for those who can do something about it."""
        user: User = (parent_context or {})["request"].user
        if not user.has_perm("festival.view_outgoingmail"):
            return {}
        return {
            "late_jobs": tick.late_jobs(timezone.now()),
            "given_up": OutgoingMail.objects.filter(state=OutgoingMail.State.FAILED, sent_again=None).count(),
        }
