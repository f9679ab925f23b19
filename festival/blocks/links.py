"""Links, headings and section marks: the small parts that other blocks are made of."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

INLINE = ["bold", "italic", "link", "document-link"]


def _places() -> list[tuple[str, Any]]:
    """Return where a button can lead without anybody typing an address: what `SITE_PLACES` names, with its label."""
    return [(name, label) for name, (label, _url_name) in settings.SITE_PLACES.items()]


class LinkValue(blocks.StructValue):
    """A link that knows where it leads in the language of the page."""

    @property
    def href(self) -> str:
        """Return the address, or an empty string when its target is gone or unpublished."""
        if page := self.get("page"):
            twin = page.localized
            return twin.url if twin.live else ""
        if place := self.get("place"):
            try:
                return reverse(settings.SITE_PLACES[place][1])
            except (KeyError, NoReverseMatch):
                return ""
        return str(self.get("url") or "")


class LinkBlock(blocks.StructBlock):
    """A text and exactly one target."""

    text = blocks.CharBlock(label=_("Text"), max_length=60, help_text=_("Say what happens, such as “I’m coming”."))
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    place = blocks.ChoiceBlock(
        label=_("or a place of the site"),
        required=False,
        choices=_places,
    )
    url = blocks.URLBlock(label=_("or an outside address"), required=False)

    class Meta:
        label = _("Link")
        icon = "link"
        value_class = LinkValue
        form_layout = ["text", "page", "place", "url"]

    def clean(self, value: Any) -> Any:
        """Refuse a link with no target or with several."""
        cleaned = super().clean(value)
        if sum(bool(cleaned.get(name)) for name in ("page", "place", "url")) != 1:
            message = _("Choose one target: a page, a place of the site or an outside address.")
            raise StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return cleaned


def section_choices() -> list[tuple[str, str]]:
    """Return the parts of the week of the edition that the site shows: short name and name."""
    sections = apps.get_model("festival", "Section")._default_manager.filter(edition__is_current=True)
    return [(section.slug, str(section)) for section in sections]


class SectionBlock(blocks.ChoiceBlock):
    """One part of the week; it gives its colour and its shape. Its short name is stored."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Part of the week"))
        super().__init__(**({"choices": section_choices, "required": False} | options))


class HeadingBlock(blocks.CharBlock):
    """The title over a block."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"label": _("Heading"), "required": False, "max_length": 90} | options))
