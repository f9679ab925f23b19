"""The admin screen of the waiting lists, which is read and exported, never edited."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy
from wagtail.admin.ui.tables import Column

from festival.cms.columns import MomentColumn
from festival.cms.recorded import EditionIndexView
from festival.cms.records import RecordViewSet, record_policy
from tickets.models import WaitingEntry


class WaitingIndexView(EditionIndexView):
    """Who waits, in order of arrival within each session."""

    default_ordering = "pk"


class WaitingViewSet(RecordViewSet):
    """Who waits for a place in which session, and what became of it."""

    model = WaitingEntry
    name = "waiting-list"
    icon = "time"
    menu_label = _("Waiting list")
    index_view_class = WaitingIndexView
    list_select_related = ("occurrence__session", "order", "edition")
    list_display = [
        "name",
        Column("occurrence.session", label=pgettext_lazy("programme", "Session")),
        MomentColumn("occurrence.starts_at", label=_("Starts")),
        "state",
        Column("order", label=_("Order")),
        MomentColumn("created_at", label=_("on the list since"), sort_key="created_at"),
    ]
    list_filter = ["edition", "state"]
    search_fields = ["name", "email"]
    list_export = ["name", "email", "occurrence.session", "occurrence.starts_at", "state", "created_at"]
    inspect_view_fields = [
        "name",
        "email",
        "edition",
        "occurrence",
        "product",
        "ticket",
        "state",
        "order",
        "created_at",
    ]
    ordering = "pk"


waiting_policies = {WaitingEntry: record_policy(WaitingEntry)}
