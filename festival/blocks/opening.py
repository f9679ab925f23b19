"""Blocks that open a page or ask for one thing to be done."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from festival.blocks.links import HeadingBlock, LinkBlock, SectionBlock


class HeroBlock(blocks.StructBlock):
    """The poster at the top: theme, dates and place. Dates come from the edition."""

    title = HeadingBlock(label=_("Title"), help_text=_("Left empty: the theme of the edition."))
    place = blocks.CharBlock(label=_("Place"), max_length=80, help_text=_("Such as “Paris, La Villette”."))
    text = blocks.CharBlock(
        label=_("One sentence"), required=False, max_length=200, help_text=_("Left empty: the edition’s tagline.")
    )
    bunting = blocks.BooleanBlock(label=_("With the string of days"), required=False, default=True)

    class Meta:
        label = _("Poster with dates and place")
        icon = "pick"
        group = _("Opening")
        template = "festival/blocks/hero.html"


class DayBuntingBlock(blocks.StructBlock):
    """The days of the week as pennants on a string, each leading to its programme."""

    heading = HeadingBlock()

    class Meta:
        label = _("String of days")
        icon = "calendar"
        group = _("Opening")
        template = "festival/blocks/day_bunting.html"


class SectionLinkBlock(blocks.StructBlock):
    """What the link to the page of one part of the week says."""

    section = SectionBlock(required=True)
    text = blocks.CharBlock(label=_("Link text"), max_length=60)


class SectionTilesBlock(blocks.StructBlock):
    """The parts of the week side by side; name and summary come from the edition."""

    heading = HeadingBlock()
    links = blocks.ListBlock(SectionLinkBlock(), label=_("Link texts"), default=[])

    class Meta:
        label = _("The parts of the week")
        icon = "half-disc"
        group = _("Opening")
        template = "festival/blocks/section_tiles.html"


class CallToActionBlock(blocks.StructBlock):
    """One thing to do now."""

    section = SectionBlock()
    heading = HeadingBlock(required=True)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=300)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=2)

    class Meta:
        label = _("Call to action")
        icon = "order"
        group = _("Opening")
        template = "festival/blocks/call_to_action.html"
