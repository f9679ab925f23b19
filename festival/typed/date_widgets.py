"""The inputs for dates and times in the admin."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput


def leave_what_is_typed() -> None:
    """Let the calendar beside an input leave alone what it cannot read: it would put today and now in its place.

    The form then says which way of writing a date is understood (`festival.typed.moments`).
    """
    for widget in (AdminDateInput, AdminTimeInput, AdminDateTimeInput):
        widget.get_config = _without_correction(widget.get_config)


def _without_correction(config_of: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    def get_config(widget: Any) -> dict[str, Any]:
        return config_of(widget) | {"validateOnBlur": False}

    return get_config
