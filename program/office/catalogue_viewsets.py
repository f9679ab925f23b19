"""Screens for what sessions refer to, and for what surrounds them."""

from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn

from festival.cms.panels import NamePanel
from festival.text.translated_listing import language_columns
from program.models import Book, Exhibitor, Format, Partner, Room, Tag, Track, Venue
from program.office.base import OfEditionViewSet


class RoomViewSet(OfEditionViewSet):
    """Columns of the timetable, in this order."""

    model = Room
    list_relations = ("edition", "venue")
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
    list_filter = ["edition", "venue", "wheelchair", "outdoor", "induction_loop"]
    list_export = [
        "edition",
        "slug",
        *language_columns("name"),
        "venue",
        "capacity_seated",
        "capacity_standing",
        "wheelchair",
        "induction_loop",
        "outdoor",
    ]
    search_fields = ["name"]
    panels = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("venue", widget=Select)]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("colour")]),
        NamePanel("name"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("capacity_seated"), FieldPanel("capacity_standing")]),
        FieldRowPanel([FieldPanel("wheelchair"), FieldPanel("induction_loop"), FieldPanel("outdoor")]),
    ]


class VenueViewSet(OfEditionViewSet):
    """Places with an address."""

    model = Venue
    icon = "site"
    menu_label = _("Venues")
    sort_order_field = "sort_order"
    list_relations = ("edition",)
    list_display = ["name", "address"]
    list_filter = ["edition"]
    list_export = ["edition", "slug", *language_columns("name"), "address", "latitude", "longitude"]
    search_fields = ["name", "address"]
    panels = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("slug"), FieldPanel("address")]),
        NamePanel("name"),
        FieldPanel("access"),
        FieldPanel("accessibility"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("sections"),
    ]


class TrackViewSet(OfEditionViewSet):
    """Themes."""

    model = Track
    icon = "tag"
    menu_label = _("Tracks")
    sort_order_field = "sort_order"
    list_relations = ("edition",)
    list_display = ["name", "colour"]
    list_filter = ["edition"]
    list_export = ["edition", "slug", *language_columns("name"), "colour"]
    panels = [
        FieldPanel("edition"),
        NamePanel("name"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("colour"), FieldPanel("icon")]),
    ]


class FormatViewSet(OfEditionViewSet):
    """Forms of sessions."""

    model = Format
    icon = "form"
    menu_label = _("Formats")
    sort_order_field = "sort_order"
    list_relations = ("edition",)
    list_display = ["name", "slug"]
    list_filter = ["edition"]
    list_export = ["edition", "slug", *language_columns("name")]
    panels = [FieldPanel("edition"), NamePanel("name"), FieldPanel("slug")]


class TagViewSet(OfEditionViewSet):
    """Free labels."""

    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    list_relations = ("edition",)
    list_display = ["name", "slug"]
    list_filter = ["edition"]
    list_export = ["edition", "slug", *language_columns("name")]
    search_fields = ["name"]
    panels = [FieldPanel("edition"), NamePanel("name"), FieldPanel("slug")]


class ExhibitorViewSet(OfEditionViewSet):
    """Stands."""

    model = Exhibitor
    list_relations = ("edition", "track")
    icon = "home"
    menu_label = _("Exhibitors")
    list_display = ["name", "stand", "track"]
    list_filter = ["edition", "track", "days"]
    list_export = ["edition", "slug", "stand", "name", "track", *language_columns("pitch"), "website"]
    search_fields = ["name", "stand"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("stand"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("edition"), FieldPanel("track", widget=Select), FieldPanel("website")]),
        FieldPanel("pitch"),
        FieldPanel("days"),
    ]


class PartnerViewSet(OfEditionViewSet):
    """Partners, by level, in this order."""

    model = Partner
    icon = "openquote"
    menu_label = _("Partners")
    sort_order_field = "sort_order"
    list_relations = ("edition",)
    list_display = ["name", "level", "website"]
    list_filter = ["edition", "level"]
    list_export = ["edition", "slug", "name", "level", "website"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("edition"), FieldPanel("level"), FieldPanel("website")]),
    ]


class BookViewSet(OfEditionViewSet):
    """The bookshop."""

    model = Book
    icon = "doc-full"
    menu_label = _("Bookshelf")
    sort_order_field = "sort_order"
    list_relations = ("edition",)
    list_display = ["title", "author", "year", "language"]
    list_filter = ["edition"]
    list_export = ["edition", "slug", "title", "author", "year", "language"]
    search_fields = ["title", "author"]
    panels = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("title"), FieldPanel("author")]),
        FieldRowPanel([FieldPanel("year"), FieldPanel("language"), FieldPanel("slug")]),
        FieldPanel("note"),
        FieldPanel("sessions"),
    ]
