"""Screens for sessions, their times and rooms, and the people on stage."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column

from festival.cms.columns import MomentColumn
from festival.cms.viewsets import in_both
from program.models import Occurrence, Session, Speaker
from program.office.base import ProgramViewSet, SaidColumn
from program.office.forms import OccurrenceForm


class SessionViewSet(ProgramViewSet):
    """Sessions: drafts, preview, locks and history are Wagtail's."""

    model = Session
    list_relations = ("section", "track", "format")
    icon = "pick"
    menu_label = _("Sessions")
    copy_view_enabled = True
    list_display = [
        "title",
        "section",
        "track",
        "visibility",
        "registration",
        SaidColumn("is_draft", label=_("Status"), word=_("draft")),
        SaidColumn("is_cancelled", label=_("Cancelled"), word=_("cancelled")),
    ]
    list_filter = ["section", "track", "format", "visibility", "registration", "live"]
    list_export = [
        "slug",
        "title_fr",
        "title_en",
        "section",
        "track",
        "format",
        "languages",
        "interpretation",
        "capacity",
        "registration",
        "visibility",
        "live",
    ]
    ordering = ["section__start_date", "slug"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel([in_both("title"), in_both("abstract")], _("What it is")),
                    FieldRowPanel([FieldPanel("section"), FieldPanel("format"), FieldPanel("track")]),
                    FieldPanel("tags"),
                    InlinePanel(
                        "session_speakers",
                        [FieldRowPanel([FieldPanel("speaker"), FieldPanel("role")])],
                        heading=_("On stage"),
                        label=_("speaker"),
                    ),
                    in_both("note"),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("languages"), FieldPanel("interpretation")]),
                    FieldRowPanel([FieldPanel("audience"), FieldPanel("sensory"), FieldPanel("allergens")]),
                    in_both("what_to_bring"),
                    in_both("accessibility_note"),
                ],
                heading=_("For whom"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("registration"), FieldPanel("waitlist"), FieldPanel("capacity")]),
                    FieldPanel("products"),
                    FieldPanel("projects"),
                ],
                heading=_("Places"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("recording_url"), FieldPanel("recording_licence")]),
                    FieldRowPanel(
                        [
                            FieldPanel("recording_captions"),
                            FieldPanel("recording_has_transcript"),
                            FieldPanel("recording_is_live"),
                        ]
                    ),
                ],
                heading=_("Recording"),
            ),
            ObjectList(
                [
                    HelpPanel(_("Publishing approves the session; the public sees it with the next release.")),
                    FieldRowPanel([FieldPanel("visibility"), FieldPanel("cancelled_at"), FieldPanel("slug")]),
                    FieldPanel("internal_note"),
                ],
                heading=_("Publication"),
            ),
        ]
    )


class OccurrenceViewSet(ProgramViewSet):
    """Time and room. Times are Paris time."""

    model = Occurrence
    list_relations = ("session", "room")
    icon = "calendar-alt"
    menu_label = _("Timetable")
    list_display = [
        Column("session", label=_("Session"), sort_key="session__title_fr"),
        Column("room", label=_("Room"), sort_key="room__sort_order"),
        MomentColumn("starts_at", label=_("Starts"), sort_key="starts_at"),
        MomentColumn("ends_at", label=_("Ends")),
        Column("registered", label=_("Registered")),
        Column("number", label=_("Number"), sort_key="number"),
    ]
    list_filter = {
        "room": ["exact"],
        "starts_at": ["date"],
        "kind": ["exact"],
        "session__section": ["exact"],
        "session__track": ["exact"],
    }
    list_export = [
        "number",
        "uuid",
        "session",
        "room",
        "starts_at",
        "ends_at",
        "kind",
        "registered",
        "waitlisted",
        "sequence",
    ]
    search_fields = ["session__title_fr", "session__title_en", "room__name_fr"]
    ordering = ["starts_at"]
    edit_handler = ObjectList(
        [
            FieldPanel("session"),
            HelpPanel(_("Times are Paris time. A party at 1 a.m. belongs to the day before.")),
            FieldRowPanel([FieldPanel("room"), FieldPanel("starts_at"), FieldPanel("ends_at")]),
            in_both("room_note"),
            FieldRowPanel([FieldPanel("blocks_room"), FieldPanel("fallback_room"), FieldPanel("capacity_mode")]),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("kind"), FieldPanel("daily_from"), FieldPanel("daily_to")])],
                _("Open every day"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("slot_minutes"), FieldPanel("slots_in_parallel")])], _("Appointments")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("cancelled_at"),
                    FieldRowPanel(
                        [FieldPanel("moved_at"), FieldPanel("moved_from_room"), FieldPanel("moved_from_starts_at")]
                    ),
                ],
                _("Changes after publication"),
            ),
            FieldRowPanel([FieldPanel("registered"), FieldPanel("waitlisted")]),
        ],
        base_form_class=OccurrenceForm,
    )


class SpeakerViewSet(ProgramViewSet):
    """Who is on stage."""

    model = Speaker
    icon = "group"
    menu_label = _("Speakers")
    list_display = [
        "name",
        "sort_name",
        "organisation",
        "city",
        "kind",
        SaidColumn("is_cancelled", label=_("Cannot come"), word=_("cannot come")),
    ]
    list_filter = ["kind", "is_cancelled", "country"]
    list_export = ["name", "sort_name", "kind", "organisation", "city", "country", "languages", "website"]
    ordering = ["sort_name"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("sort_name"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("native_name"), FieldPanel("native_language")]),
        in_both("role"),
        FieldRowPanel([FieldPanel("organisation"), FieldPanel("city"), FieldPanel("country")]),
        in_both("bio"),
        FieldRowPanel([FieldPanel("languages"), FieldPanel("website"), FieldPanel("photo")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("is_cancelled")]),
        FieldPanel("internal_note"),
    ]
