"""Turn what the chair types about a plan into clean values."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReleaseForm(forms.Form):
    """Why a plan is released although a check has failed."""

    reason = forms.CharField(
        label=_("Why is it released all the same?"),
        help_text=_("Kept with the plan and in the log."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
