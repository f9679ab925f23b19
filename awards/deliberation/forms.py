"""Turn what the chair and the jurors type in the room into clean values."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.deliberation.deciding import Choice
from awards.models import Decision, Entry, TallyRow

WHY = {"required": _("Say why in a sentence: it stays with what was decided.")}


class DecisionForm(forms.Form):
    """Who gets a prize, and why where the result says otherwise."""

    kind = forms.ChoiceField(
        label=_("What is decided?"),
        choices=[
            (Decision.Kind.WINNER, _("A project wins it")),
            (Decision.Kind.MENTION, _("A project is mentioned")),
            (Decision.Kind.NOT_AWARDED, _("Nobody gets it")),
        ],
        widget=forms.RadioSelect,
        initial=Decision.Kind.WINNER,
        error_messages={"required": _("Choose what is decided.")},
    )
    entry = forms.ChoiceField(label=_("Project"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "Needed where it departs from the frozen result, for a prize across categories, and for nobody. It stands "
            "on the page of the winners."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        candidates: Sequence[tuple[Entry, TallyRow | None]],
        **kwargs: Any,
    ) -> None:
        """Take the projects that can win, with their rows of the result."""
        super().__init__(data, **kwargs)
        named = [(str(entry.pk), _name(entry, row)) for entry, row in candidates]
        self.fields["entry"].choices = [("", "–"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a project where one is named."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") != Decision.Kind.NOT_AWARDED and not cleaned.get("entry") and "entry" not in self.errors:
            self.add_error("entry", _("Choose a project."))
        return cleaned

    @property
    def choice(self) -> Choice:
        """What was chosen."""
        given = self.cleaned_data
        is_named = given["kind"] != Decision.Kind.NOT_AWARDED
        entry = int(given["entry"]) if is_named and given["entry"] else None
        return Choice(given["kind"], entry, given["reason"], given.get("replaces"))


class TakeBackForm(forms.Form):
    """Which decision falls, and why."""

    decision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it is taken back"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=WHY,
    )


def _name(entry: Entry, row: TallyRow | None) -> str:
    if row is None or row.rank is None:
        return str(entry.title)
    return f"{row.rank}. {entry.title} ({entry.category.name})"
