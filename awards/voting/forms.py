"""The ballot: a grade, or none, for each finalist, and the address that its link is sent to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from awards.models import Entry
from awards.voting.wording import NO_OPINION, WORDS
from festival.typed.forms import AddressField


class BallotForm(forms.Form):
    """One radio group a finalist, in the order that they are given; no answer is no opinion."""

    email = AddressField(
        label=_("E-mail address"),
        help_text=_("We send a link there that counts your ballot. One ballot a person; nobody else sees the address."),
        error_messages={"required": _("Your address is missing: the link that counts your ballot is sent there.")},
    )

    def __init__(self, entries: Sequence[Entry], data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.entries = entries
        choices = [("", NO_OPINION), *enumerate(WORDS)]
        for entry in entries:
            self.fields[_name(entry)] = forms.TypedChoiceField(
                label=str(entry.title),
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial="",
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


def _name(entry: Entry) -> str:
    return f"grade-{entry.uuid.hex}"
