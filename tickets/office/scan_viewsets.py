"""Admin screens of the scans, which are read and exported, never edited; what was scanned by mistake is taken back."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import TitleColumn

from festival.cms.recorded import EditionIndexView
from festival.cms.records import RecordInspectView, RecordViewSet
from festival.models import User
from festival.text.typography import moment
from festival.time import clock
from tickets.door import access, undoing
from tickets.exceptions import DoorError
from tickets.models import Checkin

UNDO = "tickets.undo_scan"


class CheckinIndexView(EditionIndexView):
    """Scans of the edition that is worked on; those for practice are none."""

    def get_base_queryset(self) -> QuerySet[Checkin]:
        """Keep the real scans."""
        return super().get_base_queryset().filter(list__is_practice=False)


class CheckinInspectView(RecordInspectView):
    """Shows one scan, and the button that takes it back."""

    template_name = "tickets/office/scan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address that the button posts to, for those who may and where something can be taken back."""
        holds = self.object.verdict in {"admitted", "left"} and not hasattr(self.object, "undone_by")
        may = self.request.user.has_perm(UNDO) and holds
        return super().get_context_data(
            undo_address=reverse("scans:undo", args=[self.object.pk]) if may else "", **kwargs
        )


@require_POST
@permission_required(UNDO, raise_exception=True)
def undo(request: HttpRequest, pk: str) -> HttpResponse:
    """Take back a scan and show the row that does it, or say why not."""
    assert isinstance(request.user, User)  # noqa: S101 -- who has a right is signed in
    scan = get_object_or_404(Checkin.objects.select_related("list__edition", "ticket", "undone_by"), pk=pk)
    try:
        row = undoing.undo_in_office(scan=scan, user=request.user, now=clock.now())
    except DoorError as error:
        messages.error(request, access.sentence_for(error))
        return redirect("scans:inspect", scan.pk)
    messages.success(request, _("The scan is taken back. The counts are as they were before it."))
    return redirect("scans:inspect", row.pk)


class CheckinViewSet(RecordViewSet):
    """Every scan as it happened."""

    model = Checkin
    index_view_class = CheckinIndexView
    list_select_related = ("ticket", "list", "gate")
    inspect_view_class = CheckinInspectView
    name = "scans"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Scans")
    list_display = [
        TitleColumn("at", label=gettext_lazy("When"), accessor=lambda scan: moment(scan.at), url_name="scans:inspect"),
        "direction",
        "verdict",
        "ticket",
        "list",
        "gate",
        "device_name",
        "scanned_by",
    ]
    list_filter = ["list__edition", "verdict", "direction", "list", "gate", "source"]
    search_fields = ["ticket__short_code", "ticket__holder", "device_name", "code_sha256"]
    list_export = [
        "id",
        "at",
        "device_at",
        "received_at",
        "direction",
        "shown",
        "verdict",
        "counts",
        "inside",
        "undoes_id",
        "ticket",
        "list",
        "gate",
        "device_name",
        "source",
    ]
    export_filename = "scans"
    inspect_view_fields = [
        "at",
        "device_at",
        "received_at",
        "direction",
        "shown",
        "verdict",
        "step",
        "counts",
        "inside",
        "undoes",
        "ticket",
        "list",
        "gate",
        "device_name",
        "scanned_by",
        "source",
        "id",
    ]
    list_per_page = 100

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the address of the button."""
        return [*super().get_urlpatterns(), path("undo/<uuid:pk>/", undo, name="undo")]
