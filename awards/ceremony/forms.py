"""Turn what is typed about a step of the evening into clean values."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from awards.ceremony.placing import Details
from awards.models import CeremonyStep


class StepForm(forms.Form):
    """What a step says; the title of a prize is its name, and only a prize has finalists."""

    title = forms.CharField(
        label=gettext_lazy("What it is"),
        help_text=gettext_lazy("A welcome, a film, music. It stands on the screen."),
        max_length=160,
        error_messages={"required": gettext_lazy("Say in a few words what comes here.")},
    )
    presenter = forms.CharField(
        label=gettext_lazy("Who is on stage"),
        help_text=gettext_lazy("Who speaks, or hands the prize over. It stands on the screen."),
        max_length=160,
        required=False,
    )
    names_finalists = forms.BooleanField(label=gettext_lazy("Name the finalists before the winner"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note for the host"),
        help_text=gettext_lazy("It is printed in the running order, and never on the screen."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, step: CeremonyStep | None = None) -> None:
        """Take the step that is changed; none for a new one."""
        names = ("title", "presenter", "note", "names_finalists")
        super().__init__(data, initial={name: getattr(step, name) for name in names} if step else None)
        del self.fields["title" if step and step.prize_id else "names_finalists"]

    @property
    def details(self) -> Details:
        """What was typed."""
        return Details(**self.cleaned_data)
