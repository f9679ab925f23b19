"""Turn what the chair types about an announcement into clean values."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy

from awards.announcing.publishing import Plan

MOMENT = {
    "required": gettext_lazy("Give the day and the time."),
    "invalid": gettext_lazy("Write the day and the time like 2027-04-08 11:00."),
}


def _moment(label: Any, help_text: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages=MOMENT,
    )


class InEachLanguage(forms.Form):
    """A form with one text in each language of the site, all optional."""

    text = "text"

    def in_each_language(self, label: str, initial: Mapping[str, str]) -> None:
        """Add the fields `text_CODE`."""
        for code, name in settings.LANGUAGES:
            self.fields[f"{self.text}_{code}"] = forms.CharField(
                label=f"{label} ({_(name)})",
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
                initial=initial.get(code, ""),
            )

    @property
    def texts(self) -> dict[str, str]:
        """The texts that were typed, by language."""
        typed = {code: self.cleaned_data[f"{self.text}_{code}"].strip() for code, _name in settings.LANGUAGES}
        return {code: text for code, text in typed.items() if text}


class PlanForm(InEachLanguage):
    """When applicants and then everybody are told."""

    tell_at = _moment(gettext_lazy("Applicants are told"), gettext_lazy("Each by mail, of their own project only."))
    publish_at = _moment(gettext_lazy("Everybody is told"), gettext_lazy("The page of the winners opens then."))
    at_last_reveal = forms.BooleanField(
        label=gettext_lazy("Earlier, with the last reveal of the ceremony"),
        help_text=gettext_lazy("The page opens as soon as the stage screen has shown the last prize."),
        required=False,
    )
    names_jury = forms.BooleanField(label=gettext_lazy("Name the jury on the page"), required=False, initial=True)

    certifies_finalists = forms.BooleanField(
        label=gettext_lazy("Finalists get a certificate too"),
        help_text=gettext_lazy("Winners and special mentions always do."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, word: Mapping[str, str], **kwargs: Any) -> None:
        """Take the word of the jury as it is, by language."""
        super().__init__(data, **kwargs)
        self.in_each_language(_("Word of the jury"), word)

    @property
    def plan(self) -> Plan:
        """What was chosen."""
        given = self.cleaned_data
        choices = {name: given[name] for name in ("names_jury", "at_last_reveal", "certifies_finalists")}
        return Plan(given["tell_at"], given["publish_at"], word=self.texts, **choices)


class WithdrawForm(InEachLanguage):
    """What stands on the page in the place of an announcement."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Begin empty."""
        super().__init__(data)
        self.in_each_language(_("What is corrected, for everybody to read"), {})
