"""What a holder types: another name on a ticket, and to whom it goes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.typed.forms import AddressField, NameField
from tickets.questions.forms import AskingForm, Sheet


class RenameForm(forms.Form):
    """The name that a ticket is to carry."""

    name = NameField(
        label=_("First name and surname"),
        error_messages={"required": _("The name is missing: it stands on the ticket.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)

    def focus_first_error(self) -> None:
        """Let the browser put the cursor into the first field that needs mending."""
        for name, field in self.fields.items():
            if name in self.errors:
                field.widget.attrs["autofocus"] = True
                return


class GuestForm(AskingForm):
    """Who somebody of a group is, and what they are asked."""

    name = NameField(
        label=_("First name and surname"),
        error_messages={"required": _("The name is missing: it stands on the ticket.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("To send you the ticket, for nothing else."),
        error_messages={"required": _("The address is missing: the ticket goes there.")},
    )

    def __init__(self, sheets: Sequence[Sheet], data: Any = None, files: Any = None, *, key: str) -> None:
        super().__init__(data, files, label_suffix="", initial={})
        self.ask(sheets, key=key)

    def clean(self) -> dict[str, Any]:
        """Check the answers."""
        self.check_sheets()
        return self.cleaned_data


class PassOnForm(RenameForm):
    """Who gets a ticket, and where the mail with the way to it goes."""

    email = AddressField(
        label=_("E-mail address"),
        help_text=_("Letter by letter: the ticket goes there and cannot be called back."),
        error_messages={"required": _("The address is missing: the ticket goes there.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
