"""The form field of a text in all languages: one labelled input for each language of the installation.

The names in a POST are `<field>_<language>`: `name_fr`, `name_en`. The inputs look like those of Wagtail's editor.
How two versions of a text are compared stands in `translated_comparison`.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from festival.text.languages import installed_languages, is_right_to_left, main_language
from festival.text.texts import Text, faults, missing_main_language

# What was typed, or what is stored: language -> text.
Raw = Mapping[str, str | None]
# Side by side they stay wide enough to write in; more languages stand below each other.
MOST_SIDE_BY_SIDE = 3
# One field is one target for scripts, such as the one that fills in the slug: the input of the main language.
# These are the beginnings of the names of such attributes.
ONLY_ON_MAIN = ("required", "autofocus", "data-")


class LanguagesInput(forms.Widget):
    """One line for each language."""

    template_name = "text/languages.html"
    use_fieldset = True
    is_multiline = False
    label: Any = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str | None]:
        """Return what was typed in each language, None where nothing was sent."""
        return {code: data.get(f"{name}_{code}") for code in installed_languages()}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Return whether not one of the inputs was sent."""
        return not any(f"{name}_{code}" in data for code in installed_languages())

    def id_for_label(self, id_: str) -> str:
        """Return the id of the input of the main language."""
        return f"{id_}_{main_language()}" if id_ else ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the inputs."""
        return self.render_with_errors(name, value, attrs)

    def render_with_errors(self, name: str, value: Any, attrs: Any = None, errors: Any = None) -> SafeString:
        """Return the inputs, each with its own errors; Wagtail calls this instead of printing the errors itself."""
        found: list[ValidationError] = errors.as_data() if errors else []
        of_language: dict[str, list[str]] = {}
        for error in found:
            code = (error.params or {}).get("code", "")
            of_language.setdefault(code if code in installed_languages() else "", []).extend(error.messages)
        return render_to_string(self.template_name, self._context(name, value, attrs, of_language))

    def _context(self, name: str, value: Any, attrs: Any, errors: dict[str, list[str]]) -> dict[str, Any]:
        shared = self.build_attrs(self.attrs, attrs)
        group = shared.pop("id", "")
        texts = _raw(value)
        rows = [
            {
                "code": code,
                "language": language,
                "direction": "rtl" if is_right_to_left(code) else "ltr",
                "id": (identity := f"{group or f'id_{name}'}_{code}"),
                "name": f"{name}_{code}",
                "value": texts.get(code) or "",
                "is_required": self.is_required and code == main_language(),
                "errors": errors.get(code, []),
                "attrs": flatatt(self._attrs_of(code, shared, f"{identity}-errors" if code in errors else "")),
            }
            for code, language in installed_languages().items()
        ]
        return {
            "id": group,
            "label": self.label,
            "rows": rows,
            "is_multiline": self.is_multiline,
            "is_side_by_side": len(rows) <= MOST_SIDE_BY_SIDE,
            "errors": errors.get("", []),
        }

    def _attrs_of(self, code: str, shared: dict[str, Any], errors_id: str) -> dict[str, Any]:
        attrs = dict(shared)
        if code != main_language():
            attrs = {key: value for key, value in shared.items() if not key.startswith(ONLY_ON_MAIN)}
            if "placeholder" in attrs:
                attrs["placeholder"] = str(attrs["placeholder"]).removesuffix("*")  # the mark of what is required
        if errors_id:
            described = " ".join(filter(None, (shared.get("aria-describedby"), errors_id)))
            attrs |= {"aria-invalid": "true", "aria-describedby": described}
        if self.is_multiline:
            controllers = " ".join(filter(None, ("w-autosize", attrs.get("data-controller"))))
            attrs = {"rows": 1, "class": "w-field__autosize"} | attrs | {"data-controller": controllers}
        return attrs


class LanguagesTextarea(LanguagesInput):
    """A text area for each language; in Wagtail's editor it grows with its text, like Wagtail's own."""

    is_multiline = True


def _raw(value: Any) -> Raw:
    """Return language -> text of what a form field may hold: what was typed, a `Text`, a string."""
    return value if isinstance(value, Mapping) else Text(value).as_dict()


def _tidied(words: str | None) -> str:
    """Return the text without blanks around it, its lines ended as everywhere but in what browsers send."""
    return (words or "").replace("\r\n", "\n").strip()


class _WithoutMainLanguage(list[Any]):
    """What counts as empty where Django asks: a text without its main language, so that a draft may still lack it."""

    def __contains__(self, value: object) -> bool:
        return not (isinstance(value, Text) and value.exact(main_language()))


class TranslatedFormField(forms.Field):
    """A text in all languages of the installation; `required` asks for the main language only."""

    widget = LanguagesInput
    empty_values = _WithoutMainLanguage()

    def __init__(self, *, max_length: int | None = None, is_single_line: bool = True, **kwargs: Any) -> None:
        self.max_length = max_length
        self.is_single_line = is_single_line
        super().__init__(**kwargs)
        self.widget.label = self.label

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser stop at the greatest length."""
        return {"maxlength": self.max_length} if self.max_length else {}

    def to_python(self, value: Any) -> Text:
        """Return what was typed as a `Text`, without blanks around it."""
        return Text({code: _tidied(words) for code, words in _raw(value).items()})

    def validate(self, value: Text) -> None:
        """Raise ValidationError with one error for each thing that is wrong in a language."""
        found = list(faults(value, max_length=self.max_length, is_single_line=self.is_single_line))
        if self.required and value in self.empty_values:
            found.insert(0, missing_main_language())
        if found:
            raise ValidationError(found)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another text was typed in a language of the installation."""
        before, after = _raw(initial), _raw(data)
        changed = (_tidied(before.get(code)) != _tidied(after.get(code)) for code in installed_languages())
        return not self.disabled and any(changed)
