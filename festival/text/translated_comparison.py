"""How Wagtail compares two versions of a text in several languages."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin import compare

from festival.text.languages import installed_languages
from festival.text.texts import Text


class TranslatedComparison(compare.FieldComparison):
    """Two versions of a text, language by language."""

    val_a: Text
    val_b: Text

    def htmldiff(self) -> SafeString:
        """Return what changed in each language that did; all languages where nothing did, as in a row just added."""
        return format_html("<dl>{}</dl>", format_html_join("", '<dt>{}</dt><dd lang="{}">{}</dd>', self._by_language()))

    def _by_language(self) -> Iterable[tuple[str, str, SafeString]]:
        for code in self.val_a.by_language | self.val_b.by_language:
            before, after = self.val_a.exact(code), self.val_b.exact(code)
            if before != after or (before and not self.has_changed()):
                diff: SafeString = compare.diff_text(before, after).to_html()
                yield installed_languages().get(code, code), code, diff
