"""Admin screens of the door: lists and gates; phones and scans have files of their own."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn

from festival.cms.columns import DayColumn
from festival.cms.editions import EditionCreateMixin, EditionForm
from festival.cms.panels import NamePanel
from festival.cms.recorded import EditionIndexView, RecordedCreateView, RecordedEditView, actor_of
from festival.cms.records import LimitedPolicy, record_policy
from festival.cms.viewsets import PublicModelViewSet
from festival.time import clock
from tickets.door import practice
from tickets.models import Checkin, CheckinList, Device, Gate, Zone
from tickets.office.forms import CheckinListForm
from tickets.office.phone_viewsets import DeviceViewSet
from tickets.office.scan_viewsets import CheckinViewSet


class EditionRecordedCreateView(EditionCreateMixin, RecordedCreateView):
    """Adds a row to the edition that is worked on, and records it."""


class _EditionViewSet(PublicModelViewSet):
    """Rows of one edition at a time; what is in use stays."""

    index_view_class = EditionIndexView
    add_view_class = EditionRecordedCreateView


class CheckinListEditView(RecordedEditView):
    """Changes a list; a practice list has a button that clears it."""

    template_name = "tickets/office/checkin_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many scans a practice list has, and where the button posts to."""
        stored = CheckinList.objects.get(pk=self.object.pk)
        context = super().get_context_data(**kwargs)
        if stored.is_practice:
            context["practice_scans"] = stored.checkins.count()
            context["clear_address"] = reverse("checkin-lists:clear", args=[stored.pk])
        return context


@require_POST
@permission_required("tickets.change_checkinlist", raise_exception=True)
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the scans of a practice list."""
    checkin_list = get_object_or_404(CheckinList, pk=pk, is_practice=True)
    count = practice.clear(list_id=checkin_list.pk, actor=actor_of(request), now=clock.now())
    sentence = ngettext("%(count)s practice scan was deleted.", "%(count)s practice scans were deleted.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("checkin-lists:edit", checkin_list.pk)


class CheckinListViewSet(_EditionViewSet):
    """What a scanner checks against."""

    model = CheckinList
    edit_view_class = CheckinListEditView
    name = "checkin-lists"
    icon = "list-ul"
    menu_label = _("Check-in lists")
    list_display = [
        "name",
        DayColumn("day", label=_("Day"), sort_key="day"),
        "reentry",
        BooleanColumn("is_practice", label=pgettext_lazy("door", "Practice")),
    ]
    list_select_related = ("day", "edition")
    list_filter = ["edition", "day"]
    search_fields = ["name", "slug"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("edition"), FieldPanel("day"), FieldPanel("slug")]),
            NamePanel("name"),
            HelpPanel(
                _(
                    "A ticket is let in once on each list, if its product is ticked here or opens the zone, and if it "
                    "is valid on the day of the scan."
                )
            ),
            FieldPanel("zone"),
            FieldPanel("products", widget=CheckboxSelectMultiple),
            FieldPanel("occurrence", widget=Select),
            FieldPanel("reentry"),
            FieldPanel("finds_by_name"),
            FieldPanel("is_practice"),
        ],
        base_form_class=CheckinListForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the address of the button."""
        return [*super().get_urlpatterns(), path("clear/<int:pk>/", clear, name="clear")]


class GateViewSet(_EditionViewSet):
    """Where people are let in."""

    model = Gate
    name = "gates"
    icon = "home"
    menu_label = _("Gates")
    list_display = ["name", "slug"]
    list_select_related = ("edition",)
    list_filter = ["edition"]
    edit_handler = ObjectList(
        [FieldRowPanel([FieldPanel("edition"), FieldPanel("slug")]), NamePanel("name")], base_form_class=EditionForm
    )


class ZoneViewSet(_EditionViewSet):
    """Parts of the site with a door of their own, and what opens them."""

    model = Zone
    name = "zones"
    icon = "key"
    menu_label = _("Zones")
    list_display = ["name", "slug"]
    list_select_related = ("edition",)
    list_filter = ["edition"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("edition"), FieldPanel("slug")]),
            NamePanel("name"),
            HelpPanel(_("The ticket office and the tickets say which zones they open. Give the zone a check-in list.")),
            FieldPanel("products", widget=CheckboxSelectMultiple),
        ],
        base_form_class=EditionForm,
    )


door_viewsets = (CheckinListViewSet, ZoneViewSet, GateViewSet, DeviceViewSet, CheckinViewSet)
door_policies = {
    # Phones come by themselves at the door and stay, because scans name them; they can be renamed and withdrawn.
    Device: LimitedPolicy(Device, refused={"add", "delete"}),
    Checkin: record_policy(Checkin),
}
