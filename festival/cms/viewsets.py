"""What the admin screens of every app share, and the list of news.

`PublicModelViewSet` is for every app: rows that public pages show must start a new generation when they change.
"""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from festival.cms.in_use import GuardedDeleteView
from festival.core.writing import writing
from festival.models import NewsPage
from festival.text.spreadsheets import CELLS


class _SaveMixin:
    """The public sees at once what is saved."""

    def save_instance(self) -> Any:
        """Save and start a new generation."""
        with writing(public=True):
            return super().save_instance()  # type: ignore[misc]


class PublicCreateView(_SaveMixin, generic.CreateView):
    """Adds a row that the public sees at once."""


class PublicEditView(_SaveMixin, generic.EditView):
    """Changes a row that the public sees at once."""


class PublicCopyView(_SaveMixin, generic.CopyView):
    """Copies a row that the public sees at once."""


class PublicDeleteView(GuardedDeleteView):
    """Deletes a row that the public no longer sees at once; one that is in use says what uses it."""

    def delete_action(self) -> None:
        """Delete and start a new generation."""
        with writing(public=True):
            super().delete_action()


class PublicReorderView(generic.ReorderView):
    """Moves a row; the public sees the new order at once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move and start a new generation."""
        with writing(public=True):
            response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class PlannedIndexView(generic.IndexView):
    """A list that fetches the related rows it shows in one go, exported without formulas."""

    custom_value_preprocess = generic.IndexView.custom_value_preprocess | CELLS
    select_related: ClassVar[tuple[str, ...]] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return the rows with what `list_select_related` names."""
        return super().get_base_queryset().select_related(*self.select_related)


class PublicModelViewSet(ModelViewSet):
    """Screens for a model that public pages read: whatever is saved here is seen at once."""

    list_select_related: tuple[str, ...] = ()
    index_view_class = PlannedIndexView
    add_view_class = PublicCreateView
    edit_view_class = PublicEditView
    copy_view_class = PublicCopyView
    delete_view_class = PublicDeleteView
    reorder_view_class = PublicReorderView
    copy_view_enabled = False
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Hand the plan of the list to its view."""
        return super().get_index_view_kwargs(select_related=self.list_select_related, **kwargs)


def _out_at(page: NewsPage) -> str:
    return date_format(timezone.localtime(page.published_at), "SHORT_DATETIME_FORMAT")


class NewsViewSet(PageListingViewSet):
    """All news of both languages, newest first, drafts included."""

    model = NewsPage
    name = "news"
    icon = "doc-full-inverse"
    menu_label = _("News")
    menu_order = 150
    add_to_admin_menu = True
    ordering = "-published_at"
    columns = [
        *PageListingViewSet.index_view_class.base_columns[:2],
        Column("published_at", label=_("Date"), accessor=_out_at, sort_key="published_at", width="18%"),
        Column("author", label=_("Author"), sort_key="author", width="18%"),
        *[column for column in PageListingViewSet.index_view_class.base_columns if column.name == "status"],
    ]
