"""Screens for what happened: a list, a search, a page for each row; no form."""

from typing import Any

from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from festival.cms.viewsets import PlannedIndexView


class RecordPolicy(ModelPermissionPolicy):
    """What happened is not rewritten: whoever may view sees, nobody adds, changes or deletes by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Allow viewing to those who may view or change by Django's rights."""
        rights = {"view", "change"} if action == "view" else set()
        return any(super(RecordPolicy, self).user_has_permission(user, right) for right in rights)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Allow any of `actions` that is allowed alone."""
        return any(self.user_has_permission(user, action) for action in actions)


class RecordViewSet(ModelViewSet):
    """A list whose first column opens the page of the row. Register its model with `RecordPolicy`."""

    index_view_class = PlannedIndexView
    list_select_related: tuple[str, ...] = ()
    inspect_view_enabled = True
    copy_view_enabled = False
    form_fields: list[str] = []
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Hand the plan of the list to its view."""
        return super().get_index_view_kwargs(select_related=self.list_select_related, **kwargs)
