"""One time zone on every screen: the festival's, wherever its people sit."""

from collections.abc import MutableMapping
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField
from django.utils.html import escape
from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.fields import register_display_class
from wagtail.users.models import UserProfile

from festival.text.typography import clock_time, plain_date


class MomentDisplay(Component):
    """A moment on the screen of one row; Wagtail's own prints it in UTC, and "None" where there is none."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def render_html(self, parent_context: MutableMapping[str, Any] | None = None) -> SafeString:
        """Return day and time in the festival's zone, or a dash."""
        return escape(f"{plain_date(self.value)}, {clock_time(self.value)}" if self.value else "–")


def show_the_festivals_time() -> None:
    """Let Wagtail show and read times in the festival's zone, whatever zone a profile names.

    Nobody can choose another one (`WAGTAIL_USER_TIME_ZONES`), but a profile may hold one: from another installation, or
    from before the festival's zone was changed. A time would then be typed in one zone and listed in another.
    """
    register_display_class(DateTimeField, display_class=MomentDisplay)
    UserProfile.get_current_time_zone = _festivals_zone


def _festivals_zone(profile: UserProfile) -> str:
    return str(settings.TIME_ZONE)
