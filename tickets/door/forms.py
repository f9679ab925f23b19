"""What the door team fills in."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.models import Edition
from tickets.delivery import reading
from tickets.door import checkin, queries
from tickets.door.verdicts import Direction
from tickets.models import Checkin, CheckinList, Device, Gate


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
        self, data: Any = None, *, edition: Edition, phone: Device | None, fitting: CheckinList | None
    ) -> None:
        """Choose the list that fits now, if there is one. A phone that has its name is not asked for it again."""
        initial = {"checkin_list": fitting.pk if fitting else None, "gate": phone and phone.gate_id}
        super().__init__(data, initial=initial)
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
    source = forms.ChoiceField(
        choices=[each for each in Checkin.Source.choices if each[0] != Checkin.Source.OFFICE], widget=forms.HiddenInput
    )
    direction = forms.ChoiceField(choices=Checkin.Direction.choices, required=False, widget=forms.HiddenInput)
    device_at = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    kept = forms.IntegerField(required=False, widget=forms.HiddenInput)
    gate = forms.IntegerField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(
        max_length=reading.LONGEST,
        label=_("Code under the square"),
        error_messages={
            "required": _("Type the code that stands under the square, such as 7K3F-9Q2M."),
            "max_length": _("This is longer than any ticket code."),
        },
    )

    def clean_device_at(self) -> datetime | None:
        """Return the moment by the phone's clock (ISO 8601); one that cannot be read is as good as none."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["device_at"])
        except ValueError:
            return None
        return moment.astimezone(UTC) if moment.tzinfo and 2000 < moment.year < 2200 else None

    def scan(self) -> checkin.Scan:
        """Return what was sent, once it is valid."""
        sent = self.cleaned_data
        return checkin.Scan(
            id=sent["id"],
            code=sent["code"],
            source=Checkin.Source(sent["source"]),
            direction=Direction(sent["direction"] or Direction.IN),
            device_at=sent["device_at"],
            is_kept=bool(sent["kept"]),
            gate_id=sent["gate"],
        )


class FindForm(forms.Form):
    """What is searched for, on which list, which way."""

    list = forms.IntegerField(widget=forms.HiddenInput)
    direction = forms.ChoiceField(choices=Checkin.Direction.choices, required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        max_length=120,
        label=_("Name, e-mail address, order code or ticket number"),
        error_messages={
            "required": _("Type at least two letters of the name."),
            "max_length": _("This is longer than any name."),
        },
    )


class UndoForm(forms.Form):
    """Which scan is taken back; `id` is made by the phone, so that the same tap twice is one act."""

    id = forms.UUIDField()
    scan = forms.UUIDField()
    list = forms.IntegerField()
