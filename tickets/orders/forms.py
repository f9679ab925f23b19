"""The registration form of the ticket office."""

import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.text import typography
from festival.typed.forms import AddressField, NameField
from tickets.catalogue.queries import Offer


class AddressForm(forms.Form):
    """The address of an order that waits for its confirmation, to be mended."""

    email = AddressField(
        label=_("E-mail address"),
        error_messages={"required": _("Your address is missing: the ticket is sent there.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)


class VisitorForm(forms.Form):
    """What every form of a visitor asks for: a name, an address. Sent twice, it is one form, by its `form_token`."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    name = NameField(
        label=_("First name and surname"),
        error_messages={"required": _("Your name is missing: it stands on the ticket.")},
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("To send you the ticket, for nothing else."),
        error_messages={"required": _("Your address is missing: the ticket is sent there.")},
    )

    def clean(self) -> dict[str, Any]:
        """Renew a damaged token, which nobody sees and nobody could mend, and ask for the form once more."""
        if "form_token" in self.errors:
            self.data = self.data.dict() | {"form_token": str(uuid.uuid4())}  # type: ignore[attr-defined]  # a QueryDict
            self.add_error(None, _("The form was damaged on its way; it is whole again. Please send it once more."))
        return self.cleaned_data

    def focus_first_error(self) -> None:
        """Let the browser put the cursor into the first field that needs mending."""
        broken = [name for name, field in self.fields.items() if name in self.errors and not field.widget.is_hidden]
        if broken:
            self.fields[broken[0]].widget.attrs["autofocus"] = True


class RegistrationForm(VisitorForm):
    """Registers for one free product: day, number of places, name, address. One post, no account."""

    field_order = ("product", "form_token", "day", "name", "email", "places")

    product = forms.SlugField(widget=forms.HiddenInput)
    day = forms.ChoiceField(
        label=_("Day"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your day."), "invalid_choice": _("This day is not on offer.")},
    )
    places = forms.TypedChoiceField(
        label=_("Number of places"),
        coerce=int,
        initial=1,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a number from the list.")),
    )

    def __init__(self, offer: Offer, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{offer.product.slug}-%s")
        kwargs.setdefault("initial", {"product": offer.product.slug, "form_token": uuid.uuid4()})
        super().__init__(label_suffix="", **kwargs)
        self.offer = offer
        places, day = (cast("forms.ChoiceField", self.fields[name]) for name in ("places", "day"))
        places.choices = [(number, number) for number in range(1, offer.product.max_per_order + 1)]
        if offer.product.is_named:
            places.help_text = _(
                "The ticket carries the name above. Whoever comes along registers with a form of theirs."
            )
        if offer.product.one_day:
            day.choices = [(cell.day.date.isoformat(), typography.plain_date(cell.day.date)) for cell in offer.days]
            if first := next((cell for cell in offer.days if cell.is_open), None):
                self.initial["day"] = first.day.date.isoformat()
        else:
            del self.fields["day"]

    def chosen_day_id(self) -> int | None:
        """Return the primary key of the chosen day, None for a product without a choice."""
        chosen = self.cleaned_data.get("day")
        return next((cell.day.pk for cell in self.offer.days if cell.day.date.isoformat() == chosen), None)
