"""Screens for sessions, their times and rooms, and the people on stage."""

from django.conf import settings
from django.forms import Select
from django.utils.text import format_lazy
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
from festival.cms.panels import NamePanel
from festival.text.translated_listing import language_columns
from program.models import Occurrence, Session, Speaker
from program.office.base import OfEditionViewSet, ProgramViewSet, SaidColumn, chooser_of_edition
from program.office.forms import OccurrenceForm

TIMES = format_lazy(
    _("Times are those of {zone}. A party at 1 a.m. belongs to the day before."), zone=settings.TIME_ZONE
)


class SessionViewSet(OfEditionViewSet):
    """Sessions: drafts, preview, locks and history are Wagtail's."""

    model = Session
    list_relations = ("edition", "section", "track", "format")
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
    list_filter = ["edition", "section", "track", "format", "visibility", "registration", "live"]
    list_export = [
        "edition",
        "slug",
        *language_columns("title"),
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
                    MultiFieldPanel([NamePanel("title"), FieldPanel("abstract")], _("What it is")),
                    FieldRowPanel([FieldPanel("edition"), FieldPanel("section")]),
                    FieldRowPanel([FieldPanel("format", widget=Select), FieldPanel("track", widget=Select)]),
                    FieldPanel("tags"),
                    InlinePanel(
                        "session_speakers",
                        [FieldRowPanel([FieldPanel("speaker"), FieldPanel("role")])],
                        heading=_("On stage"),
                        label=_("speaker"),
                    ),
                    FieldPanel("note"),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("languages"), FieldPanel("interpretation")]),
                    FieldRowPanel([FieldPanel("audience"), FieldPanel("sensory"), FieldPanel("allergens")]),
                    FieldPanel("what_to_bring"),
                    FieldPanel("accessibility_note"),
                ],
                heading=_("For whom"),
            ),
            ObjectList(
                [FieldRowPanel([FieldPanel("registration"), FieldPanel("waitlist"), FieldPanel("capacity")])],
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


class OccurrenceViewSet(OfEditionViewSet):
    """Time and room, in the festival's time zone."""

    model = Occurrence
    base_form_class = OccurrenceForm
    list_relations = ("edition", "session", "room")
    icon = "calendar-alt"
    menu_label = _("Timetable")
    list_display = [
        "session",
        Column("room", label=_("Room"), sort_key="room__sort_order"),
        MomentColumn("starts_at", label=_("Starts"), sort_key="starts_at"),
        MomentColumn("ends_at", label=_("Ends")),
        Column("number", label=_("Number"), sort_key="number"),
    ]
    list_filter = {
        "edition": ["exact"],
        "room": ["exact"],
        "starts_at": ["date"],
        "kind": ["exact"],
        "session__section": ["exact"],
        "session__track": ["exact"],
    }
    list_export = [
        "edition",
        "number",
        "uuid",
        "session",
        "room",
        "starts_at",
        "ends_at",
        "kind",
        "sequence",
    ]
    search_fields = ["session__title", "room__name"]
    ordering = ["starts_at"]
    edit_handler = ObjectList(
        [
            FieldPanel("edition"),
            FieldPanel("session", widget=chooser_of_edition(Session)),
            HelpPanel(TIMES),
            FieldRowPanel([FieldPanel("room", widget=Select), FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("room_note"),
            FieldRowPanel(
                [FieldPanel("blocks_room"), FieldPanel("fallback_room", widget=Select), FieldPanel("capacity_mode")]
            ),
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
                        [
                            FieldPanel("moved_at"),
                            FieldPanel("moved_from_room", widget=Select),
                            FieldPanel("moved_from_starts_at"),
                        ]
                    ),
                ],
                _("Changes after publication"),
            ),
        ]
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
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("organisation"), FieldPanel("city"), FieldPanel("country")]),
        FieldPanel("bio"),
        FieldRowPanel([FieldPanel("languages"), FieldPanel("website"), FieldPanel("photo")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("is_cancelled")]),
        FieldPanel("internal_note"),
    ]
