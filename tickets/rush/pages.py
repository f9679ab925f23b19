"""Reads the forms of a page as a browser would send them, by regular expressions: a parser would be the bottleneck."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_TAG = re.compile(r"<(/?)(form|input|select|option)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


@dataclass(slots=True)
class PageForm:
    """A form: where it is sent, what it would send untouched, and what can be chosen in it.

    `choices` has the values of radios, boxes and lists that are not disabled, by the name of the field.
    """

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def fill(self, **typed: str) -> None:
        """Type into fields."""
        for name, value in typed.items():
            self.values[name] = [value]

    def pairs(self) -> list[tuple[str, str]]:
        """Return what is sent."""
        return [(name, value) for name, values in self.values.items() for value in values]


def forms_of(html: str) -> Iterator[PageForm]:
    """Yield the forms of a page that are posted, in order."""
    form: PageForm | None = None
    chosen = ""
    for match in _TAG.finditer(html):
        closes, tag, rest = match[1], match[2].lower(), match[3]
        if closes:
            if tag == "form" and form is not None:
                yield form
                form = None
            continue
        attributes = {name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(rest)}
        if tag == "form":
            form = PageForm(attributes.get("action", "")) if attributes.get("method") == "post" else None
        elif form is not None and "disabled" not in attributes:
            chosen = _read(form, tag, attributes, chosen)


def _read(form: PageForm, tag: str, attributes: dict[str, str], chosen: str) -> str:
    """Note a field; return the name of the list whose options follow."""
    name, value = attributes.get("name", ""), attributes.get("value", "")
    if tag == "select":
        form.choices[name] = []
        return name
    if tag == "option":
        form.choices[chosen].append(value)
        if "selected" in attributes or chosen not in form.values:
            form.values[chosen] = [value]
        return chosen
    if attributes.get("type") in {"radio", "checkbox"}:
        form.choices.setdefault(name, []).append(value)
        if "checked" in attributes:
            form.values.setdefault(name, []).append(value)
    elif name and attributes.get("type") not in {"submit", "button", "file"}:
        form.values.setdefault(name, []).append(value)
    return chosen
