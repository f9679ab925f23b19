"""Screens for what happened: a list, a search, a page for each row; no form."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from wagtail.admin.views.generic import InspectView
from wagtail.permission_policies import ModelPermissionPolicy

from festival.cms.columns import PlannedViewSet


class LimitedPolicy(ModelPermissionPolicy):
    """Django's rights, less the actions that a table allows to nobody: `LimitedPolicy(Juror, refused={"delete"})`."""

    def __init__(self, model: type[Model], *, refused: Collection[str]) -> None:
        super().__init__(model)
        self.refused = frozenset(refused)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer as Django does, but refuse what nobody may, a superuser included; who may change may view."""
        rights = {"view", "change"} if action == "view" else {action} - self.refused
        return any(super(LimitedPolicy, self).user_has_permission(user, right) for right in rights)


def record_policy(model: type[Model]) -> LimitedPolicy:
    """Return the policy of what happened: whoever may view sees it, nobody adds, changes or deletes it by hand."""
    return LimitedPolicy(model, refused={"add", "change", "delete"})


class RecordInspectView(InspectView):
    """Shows one row; what it does not have is a dash, not "None"."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Return what stands beside the name of the field."""
        value = super().get_field_display_value(field_name, field)
        return "–" if value is None or value == "" else value


class RecordViewSet(PlannedViewSet):
    """A list whose first column opens the page of the row. Register its model with `record_policy`."""

    inspect_view_enabled = True
    inspect_view_class = RecordInspectView
    form_fields: list[str] = []
