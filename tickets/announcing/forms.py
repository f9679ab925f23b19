"""The form that asks to be told when a sale opens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.typed.forms import AddressField


class AlertForm(forms.Form):
    """One field: where to write to, once."""

    email = AddressField(
        label=_("E-mail address"),
        help_text=_("For one mail on the day when it opens, for nothing else; then it is deleted."),
        error_messages={"required": _("Your address is missing: the news is sent there.")},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
