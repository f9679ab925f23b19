"""The admin screen of the waiting room: on and off, how many at once, and how many wait."""

from typing import Any

from django.utils.translation import gettext as _t, gettext_lazy as _, ngettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column

from festival.cms.columns import MomentColumn
from festival.cms.editions import EditionCreateMixin
from festival.cms.recorded import EditionIndexView, RecordedCreateView, RecordedEditView
from festival.cms.viewsets import PublicModelViewSet
from festival.core.writing import writing
from festival.time import clock
from tickets.models import WaitingRoom
from tickets.waitingroom import entering, queries, rules


class WaitingRoomCreateView(EditionCreateMixin, RecordedCreateView):
    """Sets up the waiting room of an edition."""


class WaitingRoomEditView(RecordedEditView):
    """Changes it; who waits gets their turn anew, should the opening hour have been moved."""

    def save_instance(self) -> Any:
        """Save, and give everybody their turn in the same transaction."""
        with writing(public=True):
            saved = super().save_instance()
            entering.order_anew(saved)
        return saved


class CrowdColumn(Column):
    """How many are in, and how many wait, at this moment."""

    def get_value(self, instance: WaitingRoom) -> str:
        """Return it in words."""
        crowd = queries.crowd(instance, clock.now())
        inside = ngettext("%(count)s is in", "%(count)s are in", crowd.inside) % {"count": crowd.inside}
        waiting = ngettext("%(count)s waits", "%(count)s wait", crowd.waiting) % {"count": crowd.waiting}
        return f"{inside}, {waiting}"


class DrawColumn(Column):
    """What the draw is made with: until the opening only its fingerprint, which was fixed before anybody came."""

    def get_value(self, instance: WaitingRoom) -> str:
        """Return it in words."""
        if instance.opens_at is None:
            return ""
        if clock.now() < instance.opens_at:
            return _t("fingerprint %(digits)s") % {"digits": rules.commitment(instance.seed)[:16]}
        return _t("seed %(digits)s") % {"digits": instance.seed}


class WaitingRoomViewSet(PublicModelViewSet):
    """How a rush is let into the ticket office."""

    model = WaitingRoom
    name = "waiting-room"
    icon = "group"
    menu_label = _("Waiting room")
    index_view_class = EditionIndexView
    add_view_class = WaitingRoomCreateView
    edit_view_class = WaitingRoomEditView
    list_select_related = ("edition",)
    list_display = [
        "edition",
        BooleanColumn("is_on", label=pgettext_lazy("waiting room", "On"), sort_key="is_on"),
        CrowdColumn("crowd", label=_("At this moment")),
        "most_inside",
        MomentColumn("opens_at", label=_("Opening hour"), sort_key="opens_at"),
        DrawColumn("draw", label=_("Draw")),
    ]
    list_filter = ["edition"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "Nobody notices the waiting room until more people want into the ticket office than it lets in at "
                    "once. With an opening hour, people gather before it, and their order is drawn by lot."
                )
            ),
            FieldPanel("is_on"),
            FieldPanel("most_inside"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("gather_minutes")])], _("An opening hour")
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("pass_minutes"), FieldPanel("grace_minutes")])], _("How long it takes")
            ),
            FieldPanel("edition"),
        ]
    )
