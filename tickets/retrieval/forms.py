"""The form that finds tickets again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.typed.forms import AddressField


class FindForm(forms.Form):
    """One field: the address that the tickets went to."""

    email = AddressField(
        label=_("E-mail address"),
        help_text=_("The one that you gave when you registered."),
        error_messages={"required": _("Your address is missing: the mail with your tickets is sent there.")},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
