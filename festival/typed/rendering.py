"""Writes the plain fields of forms at once: the same HTML as Django's templates, which take one for each option.

A list of eleven numbers is 23 templates there, and such lists were a third of what the ticket office cost.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

_FOLDER = "django/forms/widgets/"
_INPUTS = frozenset(f"{_FOLDER}{name}.html" for name in ("input", "text", "email", "hidden", "number", "tel", "url"))
_SELECT, _OPTION = f"{_FOLDER}select.html", f"{_FOLDER}select_option.html"


class Renderer(DjangoTemplates):
    """Django's own renderer, but for inputs and lists that look as Django makes them (`FORM_RENDERER`)."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Return the HTML of a field."""
        if template_name in _INPUTS:
            return mark_safe(_input(context["widget"]))  # noqa: S308 -- every part is escaped
        if template_name == _SELECT and _is_plain(context["widget"]):
            return mark_safe(_select(context["widget"]))  # noqa: S308 -- every part is escaped
        return super().render(template_name, context, request)


def _is_plain(widget: Mapping[str, Any]) -> bool:
    return all(option["template_name"] == _OPTION for _, options, _ in widget["optgroups"] for option in options)


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"{value}{_attributes(widget)}>'


def _select(widget: Mapping[str, Any]) -> str:
    pieces = [f'<select name="{escape(widget["name"])}"{_attributes(widget)}>']
    for group, options, _ in widget["optgroups"]:
        pieces += [f'\n  <optgroup label="{escape(group)}">'] if group else []
        pieces += [f"\n  {_option(option)}\n" for option in options]
        pieces += ["\n  </optgroup>"] if group else []
    return "".join([*pieces, "\n</select>"])


def _option(option: Mapping[str, Any]) -> str:
    label = option["label"]
    shown = conditional_escape(label if isinstance(label, str) else str(localize(label)))
    return f'<option value="{_text(option["value"])}"{_attributes(option)}>{shown}</option>'


def _attributes(widget: Mapping[str, Any]) -> str:
    attributes = widget["attrs"].items()
    return "".join(
        f" {escape(name)}" + ("" if value is True else f'="{_text(value)}"')
        for name, value in attributes
        if value is not False
    )


def _text(value: object) -> str:
    """Return what the filter `stringformat:'s'` gives, escaped."""
    return conditional_escape(value if isinstance(value, SafeString) else str(value))
