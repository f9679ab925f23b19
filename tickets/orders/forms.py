"""The registration form of the ticket office."""

import uuid
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from festival.text import typography
from tickets.catalogue.queries import Offer

_is_address = EmailValidator()


# Drawn as nothing, but Persian spelling and family emoji need them.
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"


def say_what_is_missing(address: str) -> None:
    """Check a mail address and say how to mend it.

    Raises:
        ValidationError: With a sentence for the person who typed it.
    """
    if any(character.isspace() for character in address):
        raise ValidationError(_("There is a space in the address: take it out."))
    name, at, host = address.rpartition("@")
    if not at:
        raise ValidationError(_("The “@” is missing from the address, as in name@example.org."))
    if "@" in name:
        raise ValidationError(_("There are two “@” in the address: take one out."))
    if not name:
        raise ValidationError(_("The beginning of the address is missing, before the “@”."))
    if "." not in host.strip("."):
        raise ValidationError(_("The end of the address is missing, “.org” for example."))
    try:
        _is_address(address)
    except ValidationError as error:
        raise ValidationError(_("This address cannot exist: check it letter by letter.")) from error


class AddressField(forms.CharField):
    """A mail address, checked in words that help."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)
        self.validators.append(say_what_is_missing)


class RegistrationForm(forms.Form):
    """Registers for one free product: day, number of places, name, address. One post, no account."""

    product = forms.SlugField(widget=forms.HiddenInput)
    form_token = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.ChoiceField(
        label=_("Day"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your day."), "invalid_choice": _("This day is not on offer.")},
    )
    name = forms.CharField(
        label=_("First name and surname"),
        max_length=120,
        error_messages={"required": _("Your name is missing: it stands on the ticket.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("To send you the ticket, for nothing else."),
        error_messages={"required": _("Your address is missing: the ticket is sent there.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
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
        if offer.product.one_day:
            day.choices = [(cell.day.date.isoformat(), typography.plain_date(cell.day.date)) for cell in offer.days]
            if first := next((cell for cell in offer.days if cell.is_open), None):
                self.initial["day"] = first.day.date.isoformat()
        else:
            del self.fields["day"]

    def clean_name(self) -> str:
        """Return the name with single spaces; characters that draw nothing are taken out."""
        typed = self.cleaned_data["name"]
        name = " ".join("".join(c for c in typed if c.isprintable() or c.isspace() or c in JOINERS).split())
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"])
        return name

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

    def chosen_day_id(self) -> int | None:
        """Return the primary key of the chosen day, None for a product without a choice."""
        chosen = self.cleaned_data.get("day")
        return next((cell.day.pk for cell in self.offer.days if cell.day.date.isoformat() == chosen), None)
