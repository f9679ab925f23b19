"""The body of every page: the festival's own blocks, and those that the other apps offer by name."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField

from festival.blocks.information import (
    FaqBlock,
    LegalNoticeBlock,
    NewsTeaserBlock,
    OpeningHoursBlock,
    PartnersBlock,
    PracticalBlock,
    VenuesBlock,
)
from festival.blocks.links import INLINE
from festival.blocks.media import KeyFigureBlock, PictureBlock, QuoteBlock, VideoBlock
from festival.blocks.opening import CallToActionBlock, DayBuntingBlock, HeroBlock, SectionTilesBlock


class BodyBlock(blocks.StreamBlock):
    """Everything a page can be made of: the blocks above, and those that the other apps offer by name."""

    hero = HeroBlock()
    day_bunting = DayBuntingBlock()
    section_tiles = SectionTilesBlock()
    call_to_action = CallToActionBlock()
    text = blocks.RichTextBlock(
        label=_("Text"),
        group=_("Text and media"),
        features=["h2", "h3", *INLINE, "ol", "ul"],
        template="festival/blocks/text.html",
    )
    picture = PictureBlock()
    quote = QuoteBlock()
    key_figure = KeyFigureBlock()
    video = VideoBlock()
    faq = FaqBlock()
    practical = PracticalBlock()
    venues = VenuesBlock()
    opening_hours = OpeningHoursBlock()
    news_teaser = NewsTeaserBlock()
    partners = PartnersBlock()
    legal_notice = LegalNoticeBlock()

    def __init__(self, **options: Any) -> None:
        offered = [(name, import_string(path)()) for name, path in settings.PAGE_BODY_BLOCKS.items()]
        super().__init__(offered, **options)

    class Meta:
        block_counts = {"hero": {"max_num": 1}}


class BodyField(StreamField):
    """A StreamField whose migrations do not repeat its blocks.

    Some blocks belong to apps that this one does not know; freezing them here would make every change of theirs a
    migration of ours. Migrations of stored values (`wagtail.blocks.migrations`) work on raw data and need none.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Leave the block definitions out."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
