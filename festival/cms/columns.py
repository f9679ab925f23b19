"""What the lists of the admin share: columns, and the related rows fetched in one go."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from festival.text import typography
from festival.text.spreadsheets import CELLS


class MomentColumn(Column):
    """Prints the day and the time; Wagtail's own column says "just now" of everything to come."""

    def get_value(self, instance: Any) -> str:
        """Return both in the festival's time zone."""
        value = super().get_value(instance)
        return typography.moment(value) if value else ""


class PlannedIndexView(generic.IndexView):
    """A list that fetches the related rows it shows in one go, exported without formulas."""

    custom_value_preprocess = generic.IndexView.custom_value_preprocess | CELLS
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
