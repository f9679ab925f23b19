"""Texts in several languages in a page of one: what is shown in another language is marked with it.

A screen reader then pronounces it right, and WCAG 3.1.2 (Language of Parts) is met.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from festival.text.catalogues import interface_language
from festival.text.languages import is_right_to_left, main_language
from festival.text.texts import Text

register = template.Library()


def language_attributes(code: str) -> SafeString:
    """Return ` lang="…"` (and `dir`, where it differs from the page's); nothing for an empty code."""
    if not code:
        return mark_safe("")
    is_reversed = is_right_to_left(code) != get_language_bidi()
    direction = "rtl" if is_right_to_left(code) else "ltr"
    return format_html(' lang="{}" dir="{}"', code, direction) if is_reversed else format_html(' lang="{}"', code)


@register.simple_tag
def marked(text: Text | str) -> SafeString:
    """Return the text, in a `span` with its language if that is not the page's."""
    return in_its_language(str(text), text.fallback_language() if isinstance(text, Text) else "")


def in_its_language(words: str, code: str) -> SafeString:
    """Return the words, in a `span` with their language where `code` says which; empty for that of the page."""
    attributes = language_attributes(code)
    return format_html("<span{}>{}</span>", attributes, words) if attributes else format_html("{}", words)


@register.simple_tag
def our_words() -> SafeString:
    """Return ` lang="en" dir="ltr"` for a tag around words of ours on a page in a language that we have none in.

    Nothing on a page whose language has a catalogue.
    """
    language = get_language() or main_language()
    spoken = interface_language(language)
    return mark_safe("") if spoken == language else format_html(' lang="{}" dir="ltr"', spoken)
