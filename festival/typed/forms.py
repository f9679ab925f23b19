"""Every form field of the site cleans what is typed, whoever made the field.

Fields come from many makers: our forms, Wagtail's editors, its blocks and media library, the account pages. What they
have in common is Django's `CharField`; so the rule of `festival.typed.cleaning` stands there, once, and no field can
forget it. A field whose `strip` is off (a password) takes what is typed as it is.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.forms.widgets import DateTimeBaseInput
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from festival.typed import cleaning, mail_addresses, moments, names
from festival.typed.keys import is_address
from festival.typed.mail_addresses import AddressFault, InvalidAddress
from festival.typed.names import NameFault

_SENTENCES = {
    AddressFault.SPACE: _("There is a space in the address: take it out."),
    AddressFault.NO_AT: _("The “@” is missing from the address, as in name@example.org."),
    AddressFault.TWO_AT: _("There are two “@” in the address: take one out."),
    AddressFault.NO_LOCAL: _("The beginning of the address is missing, before the “@”."),
    AddressFault.NO_ENDING: _("The end of the address is missing, “.fr” for example."),
    AddressFault.LETTERS: _("This address cannot exist: check it letter by letter."),
    AddressFault.TOO_LONG: _("This address is too long to exist: 64 characters before the “@”, 254 in all."),
}
_NAME_WITH_ADDRESS = _("A name holds no web or mail address. If this is your name, put a space after the dot.")

# What is said instead of Django's "Enter a valid date." where a field says nothing of its own.
_DATE = _("Write the date as year, month and day, like 2027-06-12, or with the month’s name.")
_TIME = _("Write the time of day like 18:30.")
_MOMENT = _("Write the day and the time like 2027-06-12 18:30, or with the month’s name.")

_YEAR = _("The year lies between %(first)s and %(last)s.")

# What an input shows that has no format of its own: Django would write 12/06/2027 on French pages.
_SHOWN = {
    "DATE_INPUT_FORMATS": "%Y-%m-%d",
    "TIME_INPUT_FORMATS": "%H:%M:%S",
    "DATETIME_INPUT_FORMATS": "%Y-%m-%d %H:%M:%S",
}

_as_django_reads = forms.CharField.to_python
_json_as_django_reads = forms.JSONField.to_python
_json_as_django_shows = forms.JSONField.bound_data


def clean_every_field() -> None:
    """Let every field of every form clean what is typed: texts, mail addresses, dates, times."""
    forms.CharField.to_python = _cleaned  # type: ignore[method-assign, assignment]
    forms.EmailField.to_python = _canonical  # type: ignore[method-assign, assignment]
    forms.JSONField.to_python = _readable  # type: ignore[method-assign, assignment]
    forms.JSONField.bound_data = _shown_again  # type: ignore[method-assign, assignment]
    DateTimeBaseInput.format_value = _shown_without_doubt  # type: ignore[method-assign, assignment]
    for field, read, sentence in (
        (forms.DateField, moments.iso_date, _DATE),
        (forms.TimeField, moments.iso_time, _TIME),
        (forms.DateTimeField, moments.iso_moment, _MOMENT),
    ):
        field.to_python = _without_doubt(field, read, sentence)  # type: ignore[method-assign, assignment]


def refuse_unreadable(address: str) -> None:
    """Raise ValidationError for an address that cannot be taken apart."""
    if not is_address(address):
        raise ValidationError(_("This address cannot be read. Look at its brackets."))


def _cleaned(field: forms.CharField, value: Any) -> str | None:
    """Return what Django would, cleaned: one line or many, as the field is drawn."""
    if field.strip and value not in field.empty_values:
        value = _rule_of(field)(str(value))
    return _as_django_reads(field, value)


def _rule_of(field: forms.CharField) -> Any:
    if isinstance(field.widget, forms.Textarea):
        return cleaning.paragraphs
    # What nobody types (tokens, rich text) is for others to cut into lines.
    return cleaning.legible if field.widget.is_hidden else cleaning.line


def _canonical(field: forms.EmailField, value: Any) -> str | None:
    """Return the address as it is stored. Raises ValidationError with a sentence for the person who typed it."""
    typed = _cleaned(field, value)
    if typed in field.empty_values:
        return typed
    try:
        return mail_addresses.canonical(str(typed))
    except InvalidAddress as error:
        raise ValidationError(_SENTENCES[error.fault], code="invalid") from error


def _readable(field: forms.JSONField, value: Any) -> Any:
    """Return what Django reads, which fails at numbers of thousands of digits and brackets without end."""
    try:
        return _json_as_django_reads(field, value)
    except (ValueError, RecursionError) as error:
        raise ValidationError(field.error_messages["invalid"], "invalid", {"value": value}) from error


def _without_doubt(
    kind: type[forms.Field], read: Callable[[str], str | None], sentence: Any
) -> Callable[[forms.Field, Any], Any]:
    """Return the `to_python` of a kind of field that takes what can be read in one way only, in every language."""
    as_django_reads = kind.to_python
    djangos_own = kind.default_error_messages["invalid"]  # type: ignore[attr-defined]

    def to_python(field: forms.Field, value: Any) -> Any:
        own = field.error_messages["invalid"]
        refused = ValidationError(sentence if own is djangos_own else own, code="invalid")
        if isinstance(value, str) and value.strip():
            value = read(value)
            if value is None:
                raise refused
        try:
            found = as_django_reads(field, value)
        except ValidationError as error:
            if error.code != "invalid":  # an hour that a clock shows twice or never
                raise
            raise refused from error
        if isinstance(found, date) and not moments.FIRST_YEAR <= found.year <= moments.LAST_YEAR:
            years = {"first": moments.FIRST_YEAR, "last": moments.LAST_YEAR}
            raise ValidationError(_YEAR, code="invalid", params=years)
        return found

    return to_python


def _shown_without_doubt(widget: DateTimeBaseInput, value: Any) -> str | None:
    return formats.localize_input(value, widget.format or _SHOWN[widget.format_key])


def _shown_again(field: forms.JSONField, data: Any, initial: Any) -> Any:
    """Return what stands in a form that comes back; what cannot be read, as it was sent."""
    try:
        return _json_as_django_shows(field, data, initial)
    except (ValueError, RecursionError):
        return InvalidJSONInput(data)


class AddressField(forms.EmailField):
    """A mail address that a visitor types."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}))
        super().__init__(max_length=mail_addresses.LONGEST, **kwargs)


class NameField(forms.CharField):
    """The name of a person that anybody may type: one line, no address in it."""

    def __init__(self, *, longest: int = names.LONGEST, **kwargs: Any) -> None:
        self.longest = longest
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name"}))
        super().__init__(max_length=longest, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the name as one line with ordinary spaces."""
        return names.cleaned(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """Raise ValidationError for a missing name, and for one that holds an address."""
        super().validate(value)
        if names.fault_of(value, longest=self.longest) is NameFault.ADDRESS:
            raise ValidationError(
                _NAME_WITH_ADDRESS,
                code="address",
            )


def changed(data: Any, **values: str) -> Any:
    """Return what was posted, a QueryDict, with other values; of what can be ticked several times all stays."""
    copy = data.copy()
    for name, value in values.items():
        copy[name] = value
    return copy
