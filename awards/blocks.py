"""StreamField blocks that this app offers to every page. What they show is read when the page is shown."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class AwardCallBlock(blocks.StructBlock):
    """Where the current call stands, with the days left, and the prizes."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=600)
    show_categories = blocks.BooleanBlock(label=_("Show the prizes"), required=False, default=True)
    page = blocks.PageChooserBlock(label=_("Rules, or how to apply"), required=False)
    link_text = blocks.CharBlock(label=_("Words of the link"), required=False, max_length=60)

    class Meta:
        icon = "date"
        label = _("Call for projects")
        template = "awards/blocks/award_call.html"


class FinalistsBlock(blocks.StructBlock):
    """The finalists by category, once they are announced; before that, the day of the announcement."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    category = blocks.CharBlock(
        label=_("Only this category"),
        help_text=_("The category’s short name; empty shows all."),
        required=False,
        max_length=50,
    )

    class Meta:
        icon = "group"
        label = _("Finalists")
        template = "awards/blocks/finalists.html"
