"""Turn a ballot that was sent into values by project."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from awards.models import Entry, Round

PREFIX = "entry-"


class BallotForm(forms.Form):
    """A choice per project, as the round asks: buttons for grades and checks, a list for ranks, a box for approvals."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        judged: Round,
        entries: Sequence[Entry],
        choices: Sequence[tuple[int, str]],
        values: Mapping[int, int],
        version: int,
    ) -> None:
        initial = {PREFIX + entry.slug: values.get(entry.pk) for entry in entries} | {"version": version}
        super().__init__(data, initial=initial)
        self.entries, self.mode = entries, judged.mode
        for entry in entries:
            self.fields[PREFIX + entry.slug] = self._field(str(entry.title), choices)

    def rows(self) -> Iterable[tuple[Entry, forms.BoundField]]:
        """Yield each project with its field."""
        return ((entry, self[PREFIX + entry.slug]) for entry in self.entries)

    @property
    def values(self) -> dict[int, int]:
        """What was chosen, by project; an approval that was not given is a no."""
        chosen = {entry.pk: self.cleaned_data.get(PREFIX + entry.slug) for entry in self.entries}
        if self.mode == Round.Mode.APPROVE:
            return {pk: int(bool(value)) for pk, value in chosen.items()}
        return {pk: value for pk, value in chosen.items() if value is not None}

    @property
    def wants_submit(self) -> bool:
        """Whether the ballot is to be handed in, not kept as a draft."""
        return "submit" in self.data

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing, each beside its project."""
        cleaned = super().clean() or self.cleaned_data
        if self.wants_submit and self.mode in {Round.Mode.GRADE, Round.Mode.CHECK}:
            for entry in self.entries:
                if cleaned.get(PREFIX + entry.slug) is None and PREFIX + entry.slug not in self.errors:
                    self.add_error(PREFIX + entry.slug, _("Choose one."))
        return cleaned

    def _field(self, label: str, choices: Sequence[tuple[int, str]]) -> forms.Field:
        if self.mode == Round.Mode.APPROVE:
            return forms.BooleanField(label=label, required=False)
        wrong = {"invalid_choice": _("This is not one of the choices.")}
        known: dict[str, Any] = {
            "label": label,
            "coerce": int,
            "empty_value": None,
            "required": False,
            "error_messages": wrong,
        }
        if self.mode == Round.Mode.RANK:
            return forms.TypedChoiceField(choices=[("", "–"), *choices], **known)
        return forms.TypedChoiceField(choices=choices, widget=forms.RadioSelect, **known)
