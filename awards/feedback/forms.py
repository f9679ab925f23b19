"""Turn what the chair types about the feedback into clean values."""

from django import forms
from django.utils.translation import gettext_lazy

from awards.feedback.releasing import Shown


class CommentForm(forms.Form):
    """A comment as the applicant will read it."""

    card = forms.IntegerField(min_value=1, max_value=2**53, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("What the applicant reads"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what the applicant reads, or hold the comment back.")},
    )


class ReleaseForm(forms.Form):
    """What a release shows beside the profile."""

    shows_place = forms.BooleanField(
        label=gettext_lazy("Say roughly where the project stood"),
        help_text=gettext_lazy("Between which places, or in which third; never the exact rank."),
        required=False,
    )
    shows_comments = forms.BooleanField(label=gettext_lazy("Show the comments that are let through"), required=False)

    @property
    def shown(self) -> Shown:
        """What was chosen."""
        return Shown(self.cleaned_data["shows_place"], self.cleaned_data["shows_comments"])
