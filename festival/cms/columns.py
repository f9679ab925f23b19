"""Columns that the lists of the admin share."""

from typing import Any

from wagtail.admin.ui.tables import Column

from festival.text import typography


class MomentColumn(Column):
    """Prints the day and the time; Wagtail's own column says "just now" of everything to come."""

    def get_value(self, instance: Any) -> str:
        """Return both in the festival's time zone."""
        value = super().get_value(instance)
        return typography.moment(value) if value else ""
