"""Pictures, quotes, figures and films. Each says where it comes from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from festival.blocks.links import INLINE, SectionBlock


class PictureBlock(blocks.StructBlock):
    """A picture; its credit comes from the media library, what it shows is said here, in the page's language."""

    image = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        label=_("Description"),
        max_length=250,
        help_text=_("What one would miss without seeing it; for screen readers."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        label = _("Picture")
        icon = "image"
        group = _("Text and media")
        template = "festival/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Quote"), max_length=600, help_text=_("Without quotation marks."))
    author = blocks.CharBlock(label=_("Who said it"), max_length=120)
    role = blocks.CharBlock(label=_("As what"), required=False, max_length=120)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        group = _("Text and media")
        template = "festival/blocks/quote.html"


class KeyFigureBlock(blocks.StructBlock):
    """A number that can be checked."""

    section = SectionBlock()
    figure = blocks.CharBlock(label=_("Figure"), max_length=24, help_text=_("Such as “12 minutes”."))
    label = blocks.CharBlock(label=_("What it counts"), max_length=200)
    source = blocks.CharBlock(label=_("Source"), max_length=160, help_text=_("Who counted, and when."))
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        label = _("Key figure")
        icon = "order-up"
        group = _("Text and media")
        template = "festival/blocks/key_figure.html"


class VideoBlock(blocks.StructBlock):
    """A film that stays where it is: nothing is asked of the other site before the visitor goes there."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    url = blocks.URLBlock(label=_("Address of the film"))
    poster = ImageChooserBlock(label=_("Poster"), required=False)
    duration = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=600)
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=INLINE, required=False)

    class Meta:
        label = _("Film")
        icon = "media"
        group = _("Text and media")
        template = "festival/blocks/video.html"
