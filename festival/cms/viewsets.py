"""What the admin screens of every app share, and the list of news.

`PublicModelViewSet` is for every app: rows that public pages show start a new generation when they change, and each
change stands in the audit log.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from festival.cms.columns import MomentColumn, PlannedViewSet
from festival.cms.recorded import RecordedCreateView, RecordedDeleteView, RecordedEditView, RecordedReorderView
from festival.models import NewsPage


class PublicModelViewSet(PlannedViewSet):
    """Screens for a model that public pages read: whatever is saved here is seen at once, and recorded."""

    add_view_class = RecordedCreateView
    edit_view_class = RecordedEditView
    delete_view_class = RecordedDeleteView
    reorder_view_class = RecordedReorderView


class NewsViewSet(PageListingViewSet):
    """All news in every language, newest first, drafts included."""

    model = NewsPage
    name = "news"
    icon = "doc-full-inverse"
    menu_label = _("News")
    menu_order = 150
    add_to_admin_menu = True
    ordering = "-published_at"
    columns = [
        *PageListingViewSet.index_view_class.base_columns[:2],
        MomentColumn("published_at", label=_("Date"), sort_key="published_at", width="18%"),
        Column("author", label=_("Author"), sort_key="author", width="18%"),
        *[column for column in PageListingViewSet.index_view_class.base_columns if column.name == "status"],
    ]
