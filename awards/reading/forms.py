"""Turn what jurors type beside the marks into clean values."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FlagForm(forms.Form):
    """What the chair should look at; empty takes the flag back."""

    flag = forms.CharField(
        label=_("What should the chair look at?"),
        help_text=_("For instance: a file that does not open, a project in the wrong category."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AbstainForm(forms.Form):
    """Why a juror does not judge a project."""

    reason = forms.CharField(
        label=_("Your reason"),
        help_text=_("For instance: it is outside what I know. The chair reads it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words why you abstain.")},
    )
