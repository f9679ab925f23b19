"""A text in all languages of the installation: the value, and the model fields that hold it in one column.

The column is JSON, language code to text, so that a further language needs no migration. Lookups by language work on
SQLite and PostgreSQL alike: see `festival.text.translated_lookups`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from festival.text import translated_lookups
from festival.text.languages import (
    general_form,
    in_order_of_preference,
    installed_languages,
    is_language_code,
    main_language,
)

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
            texts = {code: words[code] for code in sorted(words) if _checked(code, words[code]).strip()}
        object.__setattr__(self, "_texts", texts)

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
        return next(shown, next(iter(self._texts), ""))

    def in_language(self, code: str | None = None) -> str:
        """Return what a reader of `code` (of the active language) is shown, which may be in another language."""
        return self._texts.get(self.language(code), "")

    def fallback_language(self, code: str | None = None) -> str:
        """Return the language to mark in a page of language `code` (the active one): empty unless it is another."""
        wanted = code or get_language() or main_language()
        shown = self.language(wanted)
        return "" if shown in (wanted, general_form(wanted)) else shown

    def as_dict(self) -> dict[str, str]:
        """Return language code -> text, without the languages it lacks, sorted by code; JSON can hold it."""
        return dict(self._texts)

    @property
    def by_language(self) -> dict[str, str]:
        """The text in each language of the installation, empty where it is missing, then in those it had before."""
        return {code: self.exact(code) for code in installed_languages()} | self._texts

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
        return hash(tuple(self._texts.items()))

    def __repr__(self) -> str:
        return f"Text({self._texts!r})"

    def __reduce__(self) -> tuple[type["Text"], tuple[dict[str, str]]]:
        return Text, (self._texts,)

    def deconstruct(self) -> tuple[str, tuple[dict[str, str]], dict[str, Any]]:
        """Let a migration write it down as a default."""
        return "festival.text.translated.Text", (self._texts,), {}


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


class _TextAttribute(DeferredAttribute):
    """Whatever is assigned is read as a `Text`: a mapping, a string of the main language, another `Text`."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        is_expression = hasattr(value, "resolve_expression")
        instance.__dict__[self.field.attname] = value if is_expression else Text(value)


if TYPE_CHECKING:
    _JSONField = models.JSONField[TextLike, Text]
else:
    _JSONField = models.JSONField


class TranslatedTextField(_JSONField):
    """A text of any length, with line breaks, in all languages; `blank=False` asks for the main language only."""

    _pyi_private_set_type: TextLike
    _pyi_private_get_type: Text

    descriptor_class = _TextAttribute
    empty_strings_allowed = True  # a new column of old rows begins empty
    empty_values = [*models.Field.empty_values, Text()]
    is_single_line = False

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Refuse an order by the column itself, which would be the order of the JSON."""
        found = super().check(**kwargs)
        ordering = self.model._meta.ordering or ()  # noqa: SLF001 -- Django's public API in spite of its name
        if {self.name, f"-{self.name}"}.intersection(map(str, ordering)):
            words = f"{self.model.__name__} is ordered by the JSON of “{self.name}”; order by “{self.name}__shown”."
            found.append(checks.Error(words, obj=self, id="festival.E001"))
        return found

    def _check_default(self) -> list[checks.CheckMessage]:
        # The one of JSONField warns of defaults that rows share and change; a Text never changes.
        return []

    def to_python(self, value: TextLike) -> Text:
        """Return the value as a `Text`; raises ValidationError where it is none."""
        try:
            return Text(value)
        except (TypeError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": value}) from error

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Text | None:
        """Return the `Text` of the stored JSON."""
        return None if value is None else Text(json.loads(value))

    def get_prep_value(self, value: TextLike) -> dict[str, str]:
        """Return what is stored. Raises ValueError for what `faults` names, whoever writes the row."""
        text = Text(value)
        for fault in faults(text, max_length=self.max_length, is_single_line=self.is_single_line):
            raise ValueError(f"{self.name}: {fault.messages[0]}")
        return text.as_dict()

    def validate(self, value: Text, model_instance: models.Model | None) -> None:
        """Raise ValidationError for a missing main language and for every fault of every language."""
        found = list(faults(value, max_length=self.max_length, is_single_line=self.is_single_line))
        if not self.blank and not value.exact(main_language()):
            found.insert(0, missing_main_language())
        if found:
            raise ValidationError(found)

    def value_to_string(self, obj: models.Model) -> dict[str, str]:  # type: ignore[override]
        """Return what drafts and fixtures hold."""
        return Text(self.value_from_object(obj)).as_dict()

    def save_form_data(self, instance: models.Model, data: Text) -> None:
        """Take what a form gives, and keep the languages that no form shows because they were uninstalled."""
        kept = {code: words for code, words in self._of(instance).items() if code not in installed_languages()}
        setattr(instance, self.attname, Text(kept).replaced(data.as_dict()))

    def _of(self, instance: models.Model) -> dict[str, str]:
        text: Text = self.value_from_object(instance)
        return text.as_dict()

    def get_searchable_content(self, value: Text) -> list[str]:
        """Give the search index the words of all languages."""
        return list(value.as_dict().values())

    def get_lookup(self, lookup_name: str) -> type[models.Lookup[Any]] | None:
        """Return the lookup on the whole text; those that would compare JSON as a string are not offered."""
        return translated_lookups.LOOKUPS.get(lookup_name)

    def get_transform(self, name: str) -> Any:
        """Return `shown` (what the reader gets), or the language that the lookup names: `name__fr__startswith`."""
        return translated_lookups.transform(name)

    def formfield(self, **kwargs: Any) -> forms.Field | None:  # type: ignore[override]
        """Return a form field with one input for each language of the installation."""
        from festival.text import translated_forms as ours  # noqa: PLC0415 -- needs Wagtail's admin, models do not

        defaults = {
            "form_class": ours.TranslatedFormField,
            "widget": ours.LanguagesInput if self.is_single_line else ours.LanguagesTextarea,
            "max_length": self.max_length,
            "is_single_line": self.is_single_line,
        }
        return models.Field.formfield(self, **(defaults | kwargs))


class TranslatedCharField(TranslatedTextField):
    """A text of one line and limited length in all languages; the limit holds for each language."""

    is_single_line = True

    def __init__(self, *args: Any, max_length: int, **kwargs: Any) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)
