"""StreamField blocks that this app offers to every page. They name models by string and ask for nothing themselves."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from festival.blocks import SectionBlock


class SessionHighlightsBlock(blocks.StructBlock):
    """A few sessions; none chosen means now and next."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    sessions = blocks.ListBlock(
        SnippetChooserBlock("program.Session"),
        label=_("Sessions"),
        default=[],
        help_text=_("Without any, what is on now or comes next."),
    )

    class Meta:
        icon = "pick"
        label = _("Session highlights")
        template = "program/blocks/session_highlights.html"


class TimetableExtractBlock(blocks.StructBlock):
    """One day of the timetable."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    day = blocks.DateBlock(label=_("Day"), required=False, help_text=_("Without one, today or the first day."))
    section = SectionBlock()

    class Meta:
        icon = "calendar"
        label = _("Timetable extract")
        template = "program/blocks/timetable_extract.html"


class PeopleBlock(blocks.StructBlock):
    """Speakers."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    people = blocks.ListBlock(SnippetChooserBlock("program.Speaker"), label=_("Speakers"), default=[])

    class Meta:
        icon = "group"
        label = _("People")
        template = "program/blocks/people.html"


class ExhibitorsBlock(blocks.StructBlock):
    """The stands of the Village."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    day = blocks.DateBlock(label=_("Day"), required=False, help_text=_("Without one, all stands."))

    class Meta:
        icon = "home"
        label = _("Exhibitors")
        template = "program/blocks/exhibitors.html"


class BookshelfBlock(blocks.StructBlock):
    """The books of the bookshop."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Bookshelf")
        template = "program/blocks/bookshelf.html"
