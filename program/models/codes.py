"""A short list of codes in one column, typed with commas between."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

_CODE = re.compile(r"[\w:.-]+")


class CodeListFormField(forms.CharField):
    """Shows `fr, en` and gives back `["fr", "en"]`."""

    def prepare_value(self, value: Any) -> Any:
        """Return what stands in the input; what was typed stays as it was typed."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list in place of a text
        """Return the codes. Raises ValidationError naming what is none."""
        codes = [code.strip() for code in (super().to_python(value) or "").split(",") if code.strip()]
        if wrong := [code for code in codes if not _CODE.fullmatch(code)]:
            raise ValidationError(
                _("“%(wrong)s” is no code: write codes with commas between, such as fr, en."),
                params={"wrong": wrong[0]},
            )
        return list(dict.fromkeys(codes))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether other codes were typed."""
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True


class CodeListField(models.JSONField):
    """A list of short codes, such as languages."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return a line of text in place of JSON."""
        options: dict[str, Any] = {
            "label": capfirst(self.verbose_name),
            "help_text": self.help_text,
            "required": not self.blank,
        }
        options |= {name: kwargs[name] for name in options if name in kwargs}
        return CodeListFormField(**options)
