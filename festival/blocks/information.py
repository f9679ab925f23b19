"""What one needs to know before coming. Facts are read from their tables by the templates' tags."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from festival.blocks.links import INLINE, HeadingBlock, SectionBlock


class QuestionBlock(blocks.StructBlock):
    """One question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=[*INLINE, "ol", "ul"])


class FaqBlock(blocks.StructBlock):
    """Questions that open at a click."""

    heading = HeadingBlock(required=True)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        label = _("Questions and answers")
        icon = "help"
        group = _("Information")
        template = "festival/blocks/faq.html"


class PracticalItemBlock(blocks.StructBlock):
    """One thing to know before coming."""

    icon = blocks.ChoiceBlock(
        label=_("Sign"),
        choices=[
            ("place", _("Place")),
            ("clock", _("Opening hours")),
            ("ticket", _("Tickets")),
            ("wheelchair", _("Accessibility")),
            ("hand", _("Sign language")),
            ("ear", _("Hearing")),
            ("people", _("Families")),
            ("mail", _("Contact")),
            ("sun", _("Weather")),
            ("globe", _("Languages")),
        ],
    )
    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE)


class PracticalBlock(blocks.StructBlock):
    """What to know before coming, in short cells."""

    heading = HeadingBlock(required=True)
    cells = blocks.ListBlock(PracticalItemBlock(), label=_("Cells"), min_num=1)

    class Meta:
        label = _("Practical information")
        icon = "info-circle"
        group = _("Information")
        template = "festival/blocks/practical.html"


class VenuesBlock(blocks.StructBlock):
    """Addresses, ways there and accessibility; the data stands in the venues."""

    heading = HeadingBlock(required=True)
    section = SectionBlock()

    class Meta:
        label = _("Venues")
        icon = "site"
        group = _("Information")
        template = "festival/blocks/venues.html"


class OpeningHoursBlock(blocks.StructBlock):
    """When the doors open; the data stands in the days of the edition."""

    heading = HeadingBlock(required=True)
    section = SectionBlock()

    class Meta:
        label = _("Opening hours")
        icon = "time"
        group = _("Information")
        template = "festival/blocks/opening_hours.html"


class NewsTeaserBlock(blocks.StructBlock):
    """The latest news."""

    heading = HeadingBlock(required=True)
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=6)

    class Meta:
        label = _("Latest news")
        icon = "doc-full-inverse"
        group = _("Information")
        template = "festival/blocks/news_teaser.html"


class PartnersBlock(blocks.StructBlock):
    """Who supports the festival, by level; the data stands in the partners."""

    heading = HeadingBlock(required=True)

    class Meta:
        label = _("Partners by level")
        icon = "group"
        group = _("Information")
        template = "festival/blocks/partners.html"


class LegalNoticeBlock(blocks.StaticBlock):
    """The notice that the law asks for, written from the organiser's facts in the edition."""

    class Meta:
        label = _("Legal notice")
        icon = "doc-full"
        group = _("Information")
        template = "festival/blocks/legal_notice.html"
        admin_text = _("Publisher, publication director and host, as they stand in the edition.")
