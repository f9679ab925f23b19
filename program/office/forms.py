"""What editors type, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.cms.editions import EditionForm
from program.models import Occurrence
from program.release.publishing import is_version_name
from program.timetable.numbering import next_number


class OccurrenceForm(EditionForm):
    """Gives a new occurrence the next number of its edition."""

    class Meta:
        model = Occurrence
        exclude: list[str] = []

    def save(self, commit: bool = True) -> Occurrence:
        """Number a new occurrence; an existing one keeps its number for ever."""
        occurrence: Occurrence = self.instance
        if occurrence.number is None:
            occurrence.number = next_number(occurrence.edition)
        saved: Occurrence = super().save(commit)
        return saved


class ReleaseForm(forms.Form):
    """Name and note of a release."""

    note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For everyone who follows the programme; may be empty."),
    )
    version = forms.CharField(
        label=_("Version"),
        required=False,
        max_length=40,
        help_text=_("Empty means the next number."),
    )

    def clean_version(self) -> str:
        """Allow what can stand in an address."""
        version: str = self.cleaned_data["version"].strip()
        if version and not is_version_name(version):
            raise forms.ValidationError(_("Use letters, digits, dots and hyphens; begin with a letter or a digit."))
        return version
