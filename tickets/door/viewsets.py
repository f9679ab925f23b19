"""Admin screens of the door: lists, gates, phones, and the log of scans, which is read and exported, never edited."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from festival.cms.columns import MomentColumn
from festival.cms.editions import EditionCreateMixin, EditionForm, chosen_edition, limit_choices
from festival.cms.lists import PlannedIndexView
from festival.cms.panels import NamePanel
from festival.cms.recorded import EditionIndexView, RecordedCreateView, RecordedDeleteView, RecordedEditView, actor_of
from festival.cms.records import LimitedPolicy, record_policy
from festival.time import clock
from tickets.door import devices
from tickets.models import Checkin, CheckinList, Device, Gate


class EditionRecordedCreateView(EditionCreateMixin, RecordedCreateView):
    """Adds a row to the edition that is worked on, and records it."""


class _EditionViewSet(ModelViewSet):
    """Rows of one edition at a time; what changes is recorded, what is in use stays."""

    index_view_class = EditionIndexView
    add_view_class = EditionRecordedCreateView
    edit_view_class = RecordedEditView
    delete_view_class = RecordedDeleteView
    copy_view_enabled = False
    list_per_page = 50


class CheckinListViewSet(_EditionViewSet):
    """What a scanner checks against."""

    model = CheckinList
    name = "checkin-lists"
    icon = "list-ul"
    menu_label = _("Check-in lists")
    list_display = ["name", "day", "reentry", "edition"]
    list_filter = ["edition", "day"]
    search_fields = ["name", "slug"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("edition"), FieldPanel("day"), FieldPanel("slug")]),
            NamePanel("name"),
            HelpPanel(
                _(
                    "A ticket is let in once on each list, if its product is ticked here and it is valid on the list’s "
                    "day."
                )
            ),
            FieldPanel("products"),
            FieldPanel("reentry"),
        ],
        base_form_class=EditionForm,
    )


class GateViewSet(_EditionViewSet):
    """Where people are let in."""

    model = Gate
    name = "gates"
    icon = "home"
    menu_label = _("Gates")
    list_display = ["name", "slug", "edition"]
    list_filter = ["edition"]
    edit_handler = ObjectList(
        [FieldRowPanel([FieldPanel("edition"), FieldPanel("slug")]), NamePanel("name")], base_form_class=EditionForm
    )


class DeviceIndexView(PlannedIndexView):
    """Phones with what they check."""

    select_related = ("user", "list", "gate")


class DeviceEditView(generic.EditView):
    """Renames or withdraws a phone."""

    def save_instance(self) -> Device:
        """Save by the action."""
        device: Device = self.form.save(commit=False)
        devices.change_device(device=device, actor=actor_of(self.request), now=clock.now())
        return device


class DeviceViewSet(ModelViewSet):
    """The phones of the door team."""

    model = Device
    index_view_class = DeviceIndexView
    edit_view_class = DeviceEditView
    copy_view_enabled = False
    name = "door-phones"
    icon = "mobile-alt"
    menu_label = _("Door phones")
    list_display = ["name", "user", "list", "gate", MomentColumn("created_at", label=_("First used")), "revoked_at"]
    list_filter = ["list__edition", "gate", "list"]
    search_fields = ["name", "user__email"]
    list_per_page = 50
    panels = [
        FieldPanel("name"),
        HelpPanel(_("Lost a phone? Give the moment of its loss: its next scan is refused and it is signed out.")),
        FieldPanel("revoked_at"),
    ]


class CheckinIndexView(PlannedIndexView):
    """Scans of the edition that is worked on, with what they name."""

    select_related = ("ticket", "list", "gate")

    def get_base_queryset(self) -> QuerySet[Checkin]:
        """Keep the scans on lists of that edition."""
        return super().get_base_queryset().filter(list__edition=chosen_edition(self.request))

    @cached_property
    def filters(self) -> Any:
        """The filters, which offer lists and gates of that edition."""
        filters = super().filters
        if filters is not None:
            edition = chosen_edition(self.request)
            limit_choices(filters.form.fields.values(), edition.pk if edition else None)
        return filters


class CheckinViewSet(ModelViewSet):
    """Every scan as it happened."""

    model = Checkin
    index_view_class = CheckinIndexView
    name = "scans"
    icon = "clipboard-list"
    menu_label = _("Scans")
    list_display = [
        MomentColumn("at", label=_("Scanned")),
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
        "received_at",
        "direction",
        "shown",
        "verdict",
        "counts",
        "ticket",
        "list",
        "gate",
        "device_name",
        "source",
    ]
    export_filename = "scans"
    inspect_view_enabled = True
    inspect_view_fields = [
        "at",
        "received_at",
        "direction",
        "shown",
        "verdict",
        "passage",
        "counts",
        "ticket",
        "list",
        "gate",
        "device_name",
        "scanned_by",
        "source",
        "id",
    ]
    form_fields = ["verdict"]  # asked for by the base class; the policy lets nobody reach the form
    list_per_page = 100


door_viewsets = (CheckinListViewSet, GateViewSet, DeviceViewSet, CheckinViewSet)
door_policies = {
    # Phones come by themselves at the door and stay, because scans name them; they can be renamed and withdrawn.
    Device: LimitedPolicy(Device, refused={"add", "delete"}),
    Checkin: record_policy(Checkin),
}
