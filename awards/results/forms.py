"""Turn what the chair types into clean values."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Round
from awards.results.deliberation import AS_PLANNED, NOT_YET, Publication
from festival.text.typography import clock_time, plain_date


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


class PublicationForm(forms.Form):
    """When finalists become public: chosen, never by itself."""

    when = forms.ChoiceField(
        label=_("When do its finalists become public?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when the finalists become public.")},
    )
    moment = forms.DateTimeField(
        label=_("Day and time"),
        required=False,
        input_formats=["%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write the day and the time like 2027-04-08 11:00.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, judged: Round, now: datetime) -> None:
        """Offer the planned moment while it is still ahead."""
        super().__init__(data)
        self.now = now
        planned = judged.announced_at
        choices: list[tuple[str, object]] = [
            ("at", _("At this moment:")),
            ("now", _("At once")),
            ("later", _("Not yet: I choose afterwards")),
        ]
        if planned is not None and planned > now:
            when = {"date": plain_date(planned), "time": clock_time(planned)}
            choices.insert(0, ("planned", _("As planned, on %(date)s at %(time)s") % when))
            self.initial["when"] = "planned"
        self.fields["when"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a moment that is still ahead where one is to be set."""
        cleaned = super().clean() or self.cleaned_data
        moment = cleaned.get("moment")
        if cleaned.get("when") == "at" and "moment" not in self.errors and (moment is None or moment <= self.now):
            self.add_error("moment", _("Give a moment that is still ahead."))
        return cleaned

    @property
    def publication(self) -> Publication:
        """What was chosen."""
        chosen = {"planned": AS_PLANNED, "later": NOT_YET, "now": Publication(moment=self.now)}
        return chosen.get(self.cleaned_data["when"]) or Publication(moment=self.cleaned_data["moment"])


class FreezeForm(PublicationForm):
    """Why a result is frozen although cards are missing, and when its finalists become public."""

    reason = forms.CharField(
        label=_("Why it is frozen although scorecards are missing"),
        help_text=_("It stays with the result."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Give the reason in a sentence: it stays with the result.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, judged: Round, now: datetime, missing: int) -> None:
        """Ask for a reason while `missing` cards are owed."""
        super().__init__(data, judged=judged, now=now)
        if not missing:
            del self.fields["reason"]
