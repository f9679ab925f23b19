"""The ballot: a grade, or none, for each finalist, and what proves who votes: a ticket, or an address."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from awards.models import Entry
from awards.voting.queries import MAIL, TICKET
from awards.voting.wording import NO_OPINION, WORDS
from festival.typed.forms import AddressField


class GradesForm(forms.Form):
    """One radio group a finalist, in the order that they are given; no answer is no opinion."""

    def __init__(
        self, entries: Sequence[Entry], data: Any = None, *, grades: Mapping[str, int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, label_suffix="", **kwargs)
        self.entries = entries
        choices = [("", NO_OPINION), *enumerate(WORDS)]
        for entry in entries:
            self.fields[_name(entry)] = forms.TypedChoiceField(
                label=str(entry.title),
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=(grades or {}).get(str(entry.uuid), ""),
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of these grades.")},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a ballot that grades nothing."""
        data = super().clean() or {}
        names = [_name(entry) for entry in self.entries]
        if not any(name in self.errors for name in names) and all(data.get(name) is None for name in names):
            self.add_error(None, _("Grade at least one project."))
        return data

    @property
    def rows(self) -> Iterator[tuple[Entry, BoundField]]:
        """Each finalist with its field."""
        return ((entry, self[_name(entry)]) for entry in self.entries)

    @property
    def grades(self) -> Mapping[str, int]:
        """The grades of a valid form by the uuid of the finalist."""
        given = ((entry, self.cleaned_data[_name(entry)]) for entry in self.entries)
        return {str(entry.uuid): grade for entry, grade in given if grade is not None}


class BallotForm(GradesForm):
    """A ballot with one of the ways to prove who votes: the one that was filled in, or whose button was pressed."""

    ticket = forms.CharField(
        label=_("Code of your ticket"),
        help_text=_("The eight signs below its square code, or the address of your order’s page."),
        required=False,
        max_length=4000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("We send a link there that counts your ballot; nobody else sees the address."),
        required=False,
    )

    def __init__(self, entries: Sequence[Entry], data: Any = None, *, ways: Sequence[str], **kwargs: Any) -> None:
        super().__init__(entries, data, **kwargs)
        self.ways = ways
        for way, name in ((TICKET, "ticket"), (MAIL, "email")):
            if way not in ways:
                del self.fields[name]

    @property
    def way(self) -> str:
        """By what the voter proves who they are: the pressed button, unless only the other field is filled in."""
        by = str(self.data.get("by", ""))
        pressed = by if by in self.ways else self.ways[0]
        filled = [way for way in self.ways if str(self.data.get(_FIELDS[way], "")).strip()]
        return pressed if pressed in filled or not filled else filled[0]

    def clean(self) -> dict[str, Any]:
        """Ask for what the way needs, and for nothing of the other."""
        data = super().clean()
        needed = _FIELDS[self.way]
        for name in set(_FIELDS.values()) - {needed}:
            self.errors.pop(name, None)
        if not data.get(needed) and needed not in self.errors:
            self.add_error(needed, _MISSING[self.way])
        return data


_FIELDS = {TICKET: "ticket", MAIL: "email"}
_MISSING = {
    TICKET: _("The code is missing: it stands on your ticket, below the square code."),
    MAIL: _("Your address is missing: the link that counts your ballot is sent there."),
}


def _name(entry: Entry) -> str:
    return f"grade-{entry.uuid.hex}"
