"""A text in all languages of the installation: the value, and the model fields that hold it in one column.

The column is JSON, language code to text, so that a further language needs no migration. Lookups by language work on
SQLite and PostgreSQL alike: see `festival.text.translated_lookups`.
"""

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from festival.text import translated_lookups
from festival.text.languages import (
    installed_languages,
    main_language,
)
from festival.text.texts import Text, TextLike, faults, missing_main_language


class _TextAttribute(DeferredAttribute):
    """Whatever is assigned is read as a `Text`: a mapping, a string of the main language, another `Text`."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        is_ready = isinstance(value, Text) or hasattr(value, "resolve_expression")
        instance.__dict__[self.field.attname] = value if is_ready else Text(value)


class _Legible(json.JSONEncoder):
    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"ensure_ascii": False}))


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
        ordering = self.model._meta.ordering or ()
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
        return None if value is None else Text.stored(json.loads(value))

    def get_prep_value(self, value: TextLike) -> dict[str, str]:
        """Return what is stored. Raises ValueError for what `faults` names, whoever writes the row."""
        text = Text(value)
        for fault in faults(text, max_length=self.max_length, is_single_line=self.is_single_line):
            raise ValueError(f"{self.name}: {fault.messages[0]}")
        return text.as_dict()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return the JSON with its accents as they are: a third of the bytes of French, and legible in the table."""
        return connection.ops.adapt_json_value(value if prepared else self.get_prep_value(value), _Legible)

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
