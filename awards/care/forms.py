"""What an organiser confirms before something goes for good."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

APPLICATIONS, APPLICANT, JUROR = "applications", "applicant", "juror"


class ErasingForm(forms.Form):
    """Which erasing is asked for, of whom, and that it is meant. Nothing is chosen before."""

    what = forms.ChoiceField(choices=[(one, one) for one in (APPLICATIONS, APPLICANT, JUROR)])
    who = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    is_sure = forms.BooleanField(
        error_messages={"required": _("Tick that you mean it: what is erased does not come back.")}
    )

    def clean(self) -> dict[str, Any]:
        """Ask for whom, where it is about a person."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("what") in {APPLICANT, JUROR} and not given.get("who"):
            self.add_error("who", _("Choose a person."))
        return given
