"""Screens for what sessions refer to, and for what surrounds them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn

from festival.cms.viewsets import in_both
from program.models import Book, Exhibitor, Format, Partner, Room, Tag, Track, Venue
from program.office.base import ProgramViewSet


class RoomViewSet(ProgramViewSet):
    """Columns of the timetable, in this order."""

    model = Room
    list_relations = ("venue",)
    icon = "table"
    menu_label = _("Rooms")
    sort_order_field = "sort_order"
    list_display = [
        "name",
        "venue",
        "capacity_seated",
        "capacity_standing",
        BooleanColumn("wheelchair", label=_("Wheelchair")),
        BooleanColumn("outdoor", label=_("Open air")),
    ]
    list_filter = ["venue", "wheelchair", "outdoor", "induction_loop"]
    search_fields = ["name_fr", "name_en"]
    panels = [
        FieldRowPanel([FieldPanel("venue"), FieldPanel("slug"), FieldPanel("colour")]),
        in_both("name"),
        in_both("description"),
        FieldRowPanel([FieldPanel("capacity_seated"), FieldPanel("capacity_standing")]),
        FieldRowPanel([FieldPanel("wheelchair"), FieldPanel("induction_loop"), FieldPanel("outdoor")]),
    ]


class VenueViewSet(ProgramViewSet):
    """Places with an address."""

    model = Venue
    icon = "site"
    menu_label = _("Venues")
    sort_order_field = "sort_order"
    list_display = ["name", "address"]
    search_fields = ["name_fr", "name_en", "address"]
    panels = [
        FieldRowPanel([FieldPanel("slug"), FieldPanel("address")]),
        in_both("name"),
        in_both("access"),
        in_both("accessibility"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("sections"),
    ]


class TrackViewSet(ProgramViewSet):
    """Themes."""

    model = Track
    icon = "tag"
    menu_label = _("Tracks")
    sort_order_field = "sort_order"
    list_display = ["name", "colour"]
    panels = [in_both("name"), FieldRowPanel([FieldPanel("slug"), FieldPanel("colour"), FieldPanel("icon")])]


class FormatViewSet(ProgramViewSet):
    """Forms of sessions."""

    model = Format
    icon = "form"
    menu_label = _("Formats")
    sort_order_field = "sort_order"
    list_display = ["name", "slug"]
    panels = [in_both("name"), FieldPanel("slug")]


class TagViewSet(ProgramViewSet):
    """Free labels."""

    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    list_display = ["name", "slug"]
    search_fields = ["name_fr", "name_en"]
    panels = [in_both("name"), FieldPanel("slug")]


class ExhibitorViewSet(ProgramViewSet):
    """Stands."""

    model = Exhibitor
    list_relations = ("track",)
    icon = "home"
    menu_label = _("Exhibitors")
    list_display = ["name", "stand", "track"]
    list_filter = ["track", "days", "edition"]
    list_export = ["stand", "name", "track", "pitch_fr", "pitch_en", "website"]
    search_fields = ["name", "stand"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("stand"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("edition"), FieldPanel("track"), FieldPanel("website")]),
        in_both("pitch"),
        FieldPanel("days"),
    ]


class PartnerViewSet(ProgramViewSet):
    """Partners, by level, in this order."""

    model = Partner
    icon = "openquote"
    menu_label = _("Partners")
    sort_order_field = "sort_order"
    list_display = ["name", "level", "website"]
    list_filter = ["level", "edition"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("edition"), FieldPanel("level"), FieldPanel("website")]),
    ]


class BookViewSet(ProgramViewSet):
    """The bookshop."""

    model = Book
    icon = "doc-full"
    menu_label = _("Bookshelf")
    sort_order_field = "sort_order"
    list_display = ["title", "author", "year", "language"]
    search_fields = ["title", "author"]
    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("author")]),
        FieldRowPanel([FieldPanel("year"), FieldPanel("language"), FieldPanel("slug")]),
        in_both("note"),
        FieldPanel("sessions"),
    ]
