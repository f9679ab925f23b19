"""What the door team fills in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.models import Edition
from tickets.door import queries
from tickets.models import Checkin, CheckinList, Device, Gate

LONGEST_CODE = 4296  # the most a QR code holds


class SetupForm(forms.Form):
    """Which list, which gate, which phone."""

    checkin_list = forms.ModelChoiceField(
        CheckinList.objects.none(),
        label=_("Which list?"),
        error_messages={
            "required": _("Choose the list that you check."),
            "invalid_choice": _("This list is gone. Choose another one."),
        },
    )
    gate = forms.ModelChoiceField(
        Gate.objects.none(),
        label=_("Which gate?"),
        error_messages={
            "required": _("Choose the gate where you stand."),
            "invalid_choice": _("This gate is gone. Choose another one."),
        },
    )
    device_name = forms.CharField(
        max_length=80,
        label=_("Name of this phone"),
        help_text=_("So that your team knows which phone scanned. Asked only once."),
        error_messages={"required": _("Give this phone a name, such as “Anna’s phone”.")},
    )

    def __init__(
        self, data: Any = None, *, edition: Edition, phone: Device | None, lists: Sequence[CheckinList]
    ) -> None:
        """Offer `lists` in their order. A phone that has its name is not asked for it again."""
        first = lists[0] if lists else None
        same_day = {row.pk for row in lists if first and row.day_id == first.day_id}
        kept = phone.list_id if phone and phone.list_id in same_day else first and first.pk
        super().__init__(data, initial={"checkin_list": kept, "gate": phone and phone.gate_id})
        self.phone = phone
        chosen, gates = self.fields["checkin_list"], self.fields["gate"]
        chosen.queryset = CheckinList.objects.filter(edition=edition)  # type: ignore[attr-defined]
        gates.queryset = queries.gates(edition)  # type: ignore[attr-defined]
        gates.required = gates.queryset.exists()  # type: ignore[attr-defined]
        self.fields["device_name"].required = phone is None

    def clean_device_name(self) -> str:
        """Return the name given, or the one that the phone has."""
        name: str = self.cleaned_data["device_name"]
        return name or (self.phone.name if self.phone else "")


class ScanForm(forms.Form):
    """One scan, from the page's own form or from the scanner's JSON."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    list = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.ChoiceField(choices=Checkin.Source.choices, widget=forms.HiddenInput)
    code = forms.CharField(
        max_length=LONGEST_CODE,
        label=_("Code under the square"),
        error_messages={
            "required": _("Type the code that stands under the square, such as 7K3F-9Q2M."),
            "max_length": _("This is longer than any ticket code."),
        },
    )
