"""Parts of forms that every app's screens use."""

from typing import Any

from wagtail.admin.panels import TitleFieldPanel


class NamePanel(TitleFieldPanel):
    """The name of a row. While it is typed into a new one, it fills in the short name.

    The short name of a row that was saved, or published where there are drafts, stands in addresses: it stays.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"placeholder": False, "classname": ""} | kwargs))

    class BoundPanel(TitleFieldPanel.BoundPanel):  # type: ignore[misc]
        """The panel with its form."""

        def get_should_apply(self) -> bool:
            """Return whether the short name follows the name."""
            return bool(super().get_should_apply()) and (hasattr(self.instance, "live") or not self.instance.pk)
