"""Turn what the chair types into clean values."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CastingVoteForm(forms.Form):
    """The chair's order of tied entries: one place each."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Give the reason in a sentence: it stays with the result.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, entries: Sequence[tuple[str, str]]) -> None:
        """Take the tied entries as pairs of uuid and title."""
        super().__init__(data)
        self.entries = entries
        self.fields["first"] = forms.ChoiceField(
            label=_("Which project goes first?"),
            choices=entries,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose a project.")},
        )
        self.order_fields(["first", "reason"])
