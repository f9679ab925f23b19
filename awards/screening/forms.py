"""What a screener chooses: projects, and what becomes of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Screening

UNDO = "undone"
_ACTS = [(value, label) for value, label in Screening.Verdict.choices if value != UNDO]


class ScreeningForm(forms.Form):
    """One decision for one project or many."""

    entries = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _("Choose the projects."), "invalid_choice": _("Choose the projects.")}
    )
    verdict = forms.ChoiceField(label=_("What you decide"), choices=[*_ACTS, (UNDO, _("take the decision back"))])
    reason = forms.CharField(
        label=_("Why, or what to change"),
        help_text=_("The applicant reads it. Not needed for an eligible project, nor to take a decision back."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateTimeField(
        label=_("Until when changes are taken"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, data: Any = None, *, entries: list[int]) -> None:
        super().__init__(data, label_suffix="")
        self.fields["entries"].choices = [(pk, pk) for pk in entries]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where one is needed, and for an end of changes; forget an end of anything else."""
        cleaned: dict[str, Any] = super().clean() or {}
        verdict = cleaned.get("verdict")
        if verdict not in {None, UNDO, Screening.Verdict.ELIGIBLE} and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", _("Give the reason: the applicant reads it."))
        if verdict != Screening.Verdict.CHANGES:
            cleaned["until"] = None
        elif cleaned.get("until") is None and "until" not in self.errors:
            self.add_error("until", _("Say until when the changes can be sent in."))
        return cleaned
