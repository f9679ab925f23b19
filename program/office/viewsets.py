"""Editors' screens. They change the working tables; the public sees nothing of it before the next release."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from program.office.catalogue_viewsets import (
    BookViewSet,
    ExhibitorViewSet,
    FormatViewSet,
    PartnerViewSet,
    RoomViewSet,
    TagViewSet,
    TrackViewSet,
    VenueViewSet,
)
from program.office.session_viewsets import OccurrenceViewSet, SessionViewSet, SpeakerViewSet


class ProgramViewSetGroup(SnippetViewSetGroup):
    """One menu for the programme."""

    items = (
        SessionViewSet,
        OccurrenceViewSet,
        SpeakerViewSet,
        RoomViewSet,
        VenueViewSet,
        TrackViewSet,
        FormatViewSet,
        TagViewSet,
        ExhibitorViewSet,
        PartnerViewSet,
        BookViewSet,
    )
    menu_label = _("Programme")
    menu_icon = "calendar-alt"
    menu_name = "programme"
    menu_order = 200
