"""What the lists and screens of the admin share: columns, related rows fetched in one go, the festival's time zone."""

from collections.abc import MutableMapping
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import DateTimeField, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.fields import register_display_class
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.models import UserProfile

from festival.text import typography


class MomentColumn(Column):
    """Prints the day and the time; Wagtail's own column says "just now" of everything to come."""

    def get_value(self, instance: Any) -> str:
        """Return both in the festival's time zone."""
        value = super().get_value(instance)
        return typography.moment(value) if value else ""


class DayColumn(Column):
    """Prints a date, or the date of one of an edition's days, as people write it."""

    def get_value(self, instance: Any) -> str:
        """Return the date with its weekday; nothing where there is none."""
        value = super().get_value(instance)
        day = getattr(value, "date", value)
        return typography.plain_date(day) if day else ""


class PlannedIndexView(generic.IndexView):
    """A list that fetches the related rows it shows in one go."""

    select_related: ClassVar[tuple[str, ...]] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return the rows with what `list_select_related` names."""
        return super().get_base_queryset().select_related(*self.select_related)


class PlannedViewSet(ModelViewSet):
    """Lists of fifty rows that read those named in `list_select_related` along."""

    list_select_related: tuple[str, ...] = ()
    index_view_class = PlannedIndexView
    copy_view_enabled = False
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Hand the plan of the list to its view."""
        return super().get_index_view_kwargs(select_related=self.list_select_related, **kwargs)


class MomentDisplay(Component):
    """A moment on the screen of one row; Wagtail's own prints it in UTC, and "None" where there is none."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def render_html(self, parent_context: MutableMapping[str, Any] | None = None) -> SafeString:
        """Return day and time in the festival's zone, or a dash."""
        return escape(typography.moment(self.value) if self.value else "–")


def show_the_festivals_time() -> None:
    """Let Wagtail show and read times in the festival's zone, whatever zone a profile names.

    Nobody can choose another one (`WAGTAIL_USER_TIME_ZONES`), but a profile may hold one: from another installation, or
    from before the festival's zone was changed. A time would then be typed in one zone and listed in another.
    """
    register_display_class(DateTimeField, display_class=MomentDisplay)
    UserProfile.get_current_time_zone = _festivals_zone


def _festivals_zone(profile: UserProfile) -> str:
    return str(settings.TIME_ZONE)
