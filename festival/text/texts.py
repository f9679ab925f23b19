"""A text in several languages, and what no text may have. The value of `festival.text.translated`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from festival.text.languages import in_order_of_preference, installed_languages, is_language_code, main_language
from festival.text.preference import language_to_mark

# PostgreSQL stores neither NUL nor half a surrogate pair; the others have no place in what people write.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

_LINE_BREAK = re.compile(r"[\r\n\u2028\u2029]")


class Text:
    """The same text in several languages; never changes. Blank texts are left out, so an empty `Text` is false.

    `str(text)` is what a reader of the active language gets: that language, else the main one, else any.
    """

    __slots__ = ("_texts",)
    _texts: dict[str, str]

    def __init__(self, words: "TextLike" = None) -> None:
        """Take a mapping of language code to text, or a string in the main language.

        Raises TypeError for anything else, ValueError for a key that is not a language code.
        """
        if isinstance(words, Text):
            texts = words._texts  # noqa: SLF001 -- of its own class
        elif words is None or isinstance(words, str):
            texts = {main_language(): words} if words and words.strip() else {}
        else:
            texts = {code: words[code] for code in words if _checked(code, words[code]).strip()}
        object.__setattr__(self, "_texts", texts)

    @classmethod
    def stored(cls, texts: dict[str, str]) -> "Text":
        """Return the text of a row without checking again what was checked when it was written."""
        text = object.__new__(cls)
        object.__setattr__(text, "_texts", texts)
        return text

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("A Text never changes; make another one")

    def exact(self, code: str) -> str:
        """Return the text in this very language, or an empty string."""
        return self._texts.get(code, "")

    def language(self, code: str | None = None) -> str:
        """Return the language that a reader of `code` (of the active language) is shown; empty without any text."""
        wanted = code or get_language() or main_language()
        if wanted in self._texts:
            return wanted
        shown = (other for other in in_order_of_preference(wanted) if other in self._texts)
        return next(shown, min(self._texts, default=""))

    def in_language(self, code: str | None = None) -> str:
        """Return what a reader of `code` (of the active language) is shown, which may be in another language."""
        return self._texts.get(self.language(code), "")

    def fallback_language(self, code: str | None = None) -> str:
        """Return the language to mark in a page of language `code` (the active one): empty unless it is another."""
        wanted = code or get_language() or main_language()
        return language_to_mark(self.language(wanted), wanted)

    def as_dict(self) -> dict[str, str]:
        """Return language code -> text, without the languages it lacks, sorted by code; JSON can hold it."""
        return dict(sorted(self._texts.items()))

    @property
    def by_language(self) -> dict[str, str]:
        """The text in each language of the installation, empty where it is missing, then in those it had before."""
        return {code: self.exact(code) for code in installed_languages()} | self.as_dict()

    def replaced(self, words: Mapping[str, str]) -> "Text":
        """Return a copy with other words in the languages of `words`; an empty string takes a language away."""
        return Text(self._texts | dict(words))

    def __str__(self) -> str:
        return self.in_language()

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __add__(self, other: object) -> str:
        return str(self) + str(other)

    def __radd__(self, other: object) -> str:
        return str(other) + str(self)

    def __bool__(self) -> bool:
        return bool(self._texts)

    def __eq__(self, other: object) -> bool:
        return self._texts == other._texts if isinstance(other, Text) else NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._texts.items()))

    def __repr__(self) -> str:
        return f"Text({self.as_dict()!r})"

    def __reduce__(self) -> tuple[type["Text"], tuple[dict[str, str]]]:
        return Text, (self._texts,)

    def deconstruct(self) -> tuple[str, tuple[dict[str, str]], dict[str, Any]]:
        """Let a migration write it down as a default."""
        return "festival.text.texts.Text", (self.as_dict(),), {}


TextLike = Text | Mapping[str, str] | str | None


def _checked(code: object, words: object) -> str:
    if not is_language_code(code):
        raise ValueError(f"{code!r} is not the code of a language")
    if not isinstance(words, str):
        raise TypeError(f"The text in “{code}” must be a string, not {words!r}")
    return words


def faults(text: Text, *, max_length: int | None, is_single_line: bool) -> Iterator[ValidationError]:
    """Yield what no text may have: too many characters, unprintable ones, line breaks where there is one line.

    The parameters of each error name the language: `language` for people, `code` for programs.
    """
    for code, words in text.as_dict().items():
        named = {"language": installed_languages().get(code, code), "code": code}
        if max_length and len(words) > max_length:
            sizes = {"limit": max_length, "length": len(words)}
            yield ValidationError(
                _("%(language)s: %(limit)d characters at most; there are %(length)d."), "too_long", named | sizes
            )
        if _UNPRINTABLE.search(words):
            yield ValidationError(_("%(language)s: there are characters that cannot be printed."), "unprintable", named)
        if is_single_line and _LINE_BREAK.search(words):
            yield ValidationError(_("%(language)s: one line only, please."), "line_break", named)


def missing_main_language() -> ValidationError:
    """Return the error of a text without the language that every text must have."""
    code = main_language()
    named = {"language": installed_languages().get(code, code), "code": code}
    return ValidationError(_("%(language)s: this text is required."), "main_language_required", named)
