"""Forms of the review of bank statements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import StatementLine
from tickets.statements.bank_csv import Columns
from tickets.statements.entries import LARGEST


class UploadForm(forms.Form):
    """A file of the bank; the headings of a CSV file that are not recognised can be named."""

    file = forms.FileField(
        label=_("File of the bank"),
        help_text=_(
            "CAMT.053 (XML), MT940, or CSV. What is in it is only read; it may hold days that you imported before."
        ),
        error_messages={
            "required": _("Choose the file that you downloaded from your bank."),
            "empty": _("This file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".xml,.sta,.mt940,.940,.txt,.csv,.tsv"}),
    )
    date_heading = forms.CharField(label=_("Heading of the date"), max_length=60, required=False)
    amount_heading = forms.CharField(label=_("Heading of the amount"), max_length=60, required=False)
    text_heading = forms.CharField(label=_("Heading of the text"), max_length=60, required=False)
    leave_out = forms.BooleanField(
        label=_("Leave out the lines that cannot be read"),
        required=False,
        help_text=_("For example a line with a total. They are listed; assign what is in them by hand."),
    )

    def columns(self) -> Columns:
        """Return the headings that were named."""
        data = self.cleaned_data
        return Columns(date=data["date_heading"], amount=data["amount_heading"], text=data["text_heading"])

    def content(self) -> bytes:
        """Return the file; of one that is too large, as much as shows that it is."""
        return bytes(self.cleaned_data["file"].read(LARGEST + 1))

    @property
    def names_headings(self) -> bool:
        """Whether the fields of the headings are to be shown open."""
        return self.is_bound


class AsideForm(forms.Form):
    """Why a line pays no order."""

    reason = forms.CharField(
        label=_("Why it pays no order"),
        max_length=StatementLine._meta.get_field("reason").max_length,
        help_text=_("For example: a subsidy, a donation, sent back by the bank."),
        error_messages={"required": _("Say why: whoever checks the accounts reads it.")},
    )


class CreditForm(forms.Form):
    """Which orders lines pay, as they were shown: `line:code:due`, as often as there are boxes."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.choices: list[tuple[int, str, int]] = []
        for value in data.getlist("credit"):
            pk, _colon, rest = value.partition(":")
            code, _colon, due = rest.partition(":")
            if pk.isascii() and pk.isdigit() and due.isascii() and due.isdigit() and len(pk) < 19 and len(due) < 12:
                self.choices.append((int(pk), code[:8], int(due)))
