"""Admin screens of the door: lists, gates, phones, and the log of scans, which is read and exported, never edited."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.views import generic

from festival.cms.columns import MomentColumn, PlannedViewSet
from festival.cms.editions import EditionCreateMixin, EditionFilterSet, EditionForm
from festival.cms.panels import NamePanel
from festival.cms.recorded import EditionIndexView, RecordedCreateView, actor_of
from festival.cms.records import LimitedPolicy, RecordViewSet, record_policy
from festival.cms.viewsets import PublicModelViewSet
from festival.models import Edition
from festival.time import clock
from tickets.door import devices
from tickets.models import Checkin, CheckinList, Device, Gate


class EditionRecordedCreateView(EditionCreateMixin, RecordedCreateView):
    """Adds a row to the edition that is worked on, and records it."""


class _EditionViewSet(PublicModelViewSet):
    """Rows of one edition at a time; what is in use stays."""

    index_view_class = EditionIndexView
    add_view_class = EditionRecordedCreateView


class CheckinListViewSet(_EditionViewSet):
    """What a scanner checks against."""

    model = CheckinList
    name = "checkin-lists"
    icon = "list-ul"
    menu_label = _("Check-in lists")
    list_display = ["name", "day", "reentry", "edition"]
    list_select_related = ("day", "edition")
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
    list_select_related = ("edition",)
    list_filter = ["edition"]
    edit_handler = ObjectList(
        [FieldRowPanel([FieldPanel("edition"), FieldPanel("slug")]), NamePanel("name")], base_form_class=EditionForm
    )


class DeviceEditView(generic.EditView):
    """Renames or withdraws a phone."""

    def save_instance(self) -> Device:
        """Save by the action."""
        device: Device = self.form.save(commit=False)
        devices.change_device(device=device, actor=actor_of(self.request), now=clock.now())
        return device


class DeviceFilterSet(EditionFilterSet):
    """The phones that check lists of the edition that is worked on, and those that check none yet."""

    list__edition = ModelChoiceFilter(queryset=Edition.objects.all(), method="of_edition")

    def of_edition(self, phones: QuerySet[Device], _name: str, edition: Edition) -> QuerySet[Device]:
        """Return those phones."""
        return phones.filter(Q(list__edition=edition) | Q(list=None))


class DeviceIndexView(EditionIndexView):
    """Phones with what they check."""

    base_filterset_class = DeviceFilterSet


class DeviceViewSet(PlannedViewSet):
    """The phones of the door team, by the edition whose list they check."""

    model = Device
    index_view_class = DeviceIndexView
    list_select_related = ("user", "list", "gate")
    edit_view_class = DeviceEditView
    name = "door-phones"
    icon = "mobile-alt"
    menu_label = _("Door phones")
    list_display = ["name", "user", "list", "gate", MomentColumn("created_at", label=_("First used")), "revoked_at"]
    list_filter = ["list__edition", "gate", "list"]
    search_fields = ["name", "user__email"]
    panels = [
        FieldPanel("name"),
        HelpPanel(_("Lost a phone? Give the moment of its loss: its next scan is refused and it is signed out.")),
        FieldPanel("revoked_at"),
    ]


class CheckinViewSet(RecordViewSet):
    """Every scan as it happened."""

    model = Checkin
    index_view_class = EditionIndexView
    list_select_related = ("ticket", "list", "gate")
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
    list_per_page = 100


door_viewsets = (CheckinListViewSet, GateViewSet, DeviceViewSet, CheckinViewSet)
door_policies = {
    # Phones come by themselves at the door and stay, because scans name them; they can be renamed and withdrawn.
    Device: LimitedPolicy(Device, refused={"add", "delete"}),
    Checkin: record_policy(Checkin),
}
