"""StreamField blocks that this app offers to every page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from festival.blocks import SectionBlock


class TicketBoxBlock(blocks.StructBlock):
    """What one part of the week costs and whether there is room, read live, with a link to the ticket office."""

    section = SectionBlock(required=True)
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=250)

    class Meta:
        label = _("Ticket box")
        icon = "tag"
        group = _("Tickets")
        template = "tickets/blocks/ticket_box.html"
        preview_value = {"section": "", "title": "", "text": ""}
